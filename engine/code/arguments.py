"""From a layer type's settings to the arguments of its Keras class, and back: by declaration, not by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.code.keras_signatures import Signature, signatures
from engine.code.writing import as_keras, identifier, literal
from engine.errors import EngineError
from engine.layers import LayerType
from engine.parameters import Choice, Configured, Parameter


@dataclass(frozen=True)
class Made:
    """An initializer, regularizer or constraint as code makes it: `HeNormal()`."""

    name: str
    positional: tuple[object, ...] = ()
    keywords: Mapping[str, object] = field(default_factory=dict)


def setting(parameter: Parameter, value: object) -> object:
    """The value of a parameter that Keras's argument `value` stands for; EngineError where there is none."""
    if isinstance(parameter, Choice):
        value = _chosen(parameter, value)
    elif isinstance(value, list):
        value = tuple(value)
    return parameter.check(value)


def _chosen(parameter: Choice, value: object) -> object:
    if value is None and "linear" in parameter.choices:
        return "linear"  # as Keras reads a missing activation
    if isinstance(value, tuple | list) and all(type(one) is int for one in value):
        return ", ".join(map(str, value))
    if isinstance(value, Made) and not value.positional and not value.keywords.keys() - {"seed"}:
        value = value.name
    if isinstance(value, str) and value not in parameter.choices:
        return next((one for one in parameter.choices if _bare(one) == _bare(value)), value)
    return value


def _bare(name: str) -> str:
    """`HeNormal` and `he_normal` alike."""
    return name.replace("_", "").lower()


def keras_default(signature: Signature, parameter: Parameter) -> object:
    """What Keras takes where the argument is left out, as our setting; `Ellipsis` where it must be given."""
    if parameter.name not in signature.defaults:
        return ... if parameter.name in signature.names else parameter.default
    try:
        return setting(parameter, signature.defaults[parameter.name])
    except EngineError:
        return ...


def layer_arguments(type: LayerType, instead: Mapping[str, str] | None = None) -> list[str]:
    """The arguments that make the layer in Keras, those that have Keras's default left out.

    Args:
        type: Of a kind that Keras has.
        instead: What stands for the value of a setting, by name; never left out.
    """
    signature = signatures()[type.kind]
    instead = instead or {}
    own = {one.name: one for one in type.parameters()}
    found: list[str] = []
    for name in (*(one for one in signature.names if one in own), *(one for one in own if one not in signature.names)):
        parameter, value = own[name], getattr(type, name)
        if name not in instead and value == keras_default(signature, parameter):
            continue
        text = instead.get(name) or written(parameter, value)
        by_place = signature.names[: len(found) + 1] == (*signature.names[: len(found)], name)
        found.append(text if by_place and name in signature.required else f"{name}={text}")
    return found


def block_arguments(block: Configured, names: tuple[str, ...]) -> list[str]:
    """The arguments of a block's function, those that have their default left out."""
    return [
        f"{identifier(one.name)}={written(one, getattr(block, one.name))}"
        for one in block.parameters()
        if one.name in names and getattr(block, one.name) != one.default
    ]


def as_call(type: LayerType) -> str:
    """The layer or block with what is not as usual, for a person to read."""
    if type.kind in signatures():
        return f"{type.kind}({', '.join(layer_arguments(type))})"
    return f"{type.kind}({', '.join(block_arguments(type, tuple(one.name for one in type.parameters())))})"


def written(parameter: Parameter, value: object) -> str:
    """The value of a parameter as Python code."""
    return literal(as_keras(parameter, value))
