"""From a layer type's settings to the arguments of its Keras class, and back: by declaration, not by kind."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.code.keras_signatures import signatures
from engine.code.writing import as_keras, identifier, literal
from engine.errors import EngineError
from engine.layers import LayerType
from engine.layers.constraints import Constraint
from engine.parameters import Choice, Configured, Parameter
from engine.variants import Variant


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
    elif isinstance(parameter, Variant):
        value = _variant(parameter, value)
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


def _variant(parameter: Variant, value: object) -> object:
    """The text of an initializer, regularizer or constraint, from its name or from what makes it."""
    made = Made(value) if isinstance(value, str) else value
    if not isinstance(made, Made):
        return value
    found = next((one for one in parameter.alternatives if _bare(one.keras_class) == _bare(made.name)), None)
    if found is None:
        return made.name
    names = [one.name for one in found.numbers]
    given = dict(zip(names, made.positional, strict=False)) | dict(made.keywords)
    axes = given.pop("axis", 0)
    given.pop("seed", None)
    wanted = list(parameter.axes) if isinstance(parameter, Constraint) and found.name != "non_neg" else [0]
    axes = list(axes) if isinstance(axes, tuple | list) else [axes]
    unknown = given.keys() - set(names)
    if unknown or len(made.positional) > len(names) or axes != wanted:
        arguments = [*names, *([f"axis={wanted}"] if wanted != [0] else [])]
        raise EngineError(
            f"{found.keras_class} cannot be made like this for {parameter.name}.",
            f"Its arguments here are: {', '.join(arguments) or 'none'}.",
            f"Write {found.keras_class}({', '.join(arguments)}) with numbers.",
        )
    numbers = [given.get(one.name, one.default) for one in found.numbers]
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in numbers):
        raise parameter.refusal(made.name)
    return f"{found.name}({', '.join(repr(one) for one in numbers)})" if numbers else found.name


def _bare(name: str) -> str:
    """`HeNormal` and `he_normal` alike."""
    return name.replace("_", "").lower()


@functools.cache
def keras_defaults(type: type[LayerType]) -> Mapping[str, object]:
    """What Keras takes where an argument is left out, as our settings; arguments that must be given are not here."""
    signature = signatures()[type.kind]
    found: dict[str, object] = {}
    for parameter in type.parameters():
        if parameter.name not in signature.names:
            found[parameter.name] = parameter.default
        elif parameter.name in signature.defaults:
            with contextlib.suppress(EngineError):
                found[parameter.name] = setting(parameter, signature.defaults[parameter.name])
    return found


@functools.lru_cache(maxsize=8192)
def layer_arguments(type: LayerType, instead: tuple[tuple[str, str], ...] = ()) -> tuple[str, ...]:
    """The arguments that make the layer in Keras, those that have Keras's default left out.

    Args:
        type: Of a kind that Keras has.
        instead: Names of settings with what stands for their value; these are never left out.
    """
    signature, usual, told = signatures()[type.kind], keras_defaults(type.__class__), dict(instead)
    own = {one.name: one for one in type.parameters()}
    found: list[str] = []
    for name in (*(one for one in signature.names if one in own), *(one for one in own if one not in signature.names)):
        value = getattr(type, name)
        if name not in told and name in usual and usual[name] == value:
            continue
        text = told.get(name) or written(own[name], value)
        by_place = signature.names[: len(found) + 1] == (*signature.names[: len(found)], name)
        found.append(text if by_place and name in signature.required else f"{name}={text}")
    return tuple(found)


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
    if isinstance(parameter, Variant) and isinstance(value, str):
        return _written_variant(parameter, value)
    return literal(as_keras(parameter, value))


def _written_variant(parameter: Variant, value: str) -> str:
    """A word where that is all, else what makes it: `keras.regularizers.L2(0.01)`."""
    chosen, numbers = parameter.chosen(value)
    module = f"{parameter.name.rpartition('_')[2]}s"
    by_name = len(numbers) > 1
    arguments = [f"{name}={literal(one)}" if by_name else literal(one) for name, one in numbers.items()]
    if isinstance(parameter, Constraint) and chosen.name != "non_neg" and parameter.axes != (0,):
        arguments.append(f"axis={list(parameter.axes)}")
    if not arguments:
        return literal(chosen.name)
    return f"keras.{module}.{chosen.keras_class}({', '.join(arguments)})"
