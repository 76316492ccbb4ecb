"""From the arguments of a call to the layer that it makes."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.code.arguments import setting
from engine.code.faults import CodeFault, fault
from engine.code.keras_signatures import ALIASES, Signature, signatures
from engine.code.values import MadeLayer
from engine.code.writing import identifier
from engine.errors import EngineError
from engine.layers import LayerType, layer_types
from engine.layers.input import Input

_Made = TypeVar("_Made", bound=LayerType)
_EARLIER = {("LeakyReLU", "alpha"): "negative_slope"}
"""Names that arguments had in earlier Keras."""
_INPUT_KEYS = ("input_shape", "batch_input_shape", "input_dim")


@dataclass(frozen=True)
class Given:
    """The value of one argument and where it stands."""

    value: object
    node: ast.AST


def make_layer(kind: str, node: ast.Call, positional: Sequence[Given], keywords: Mapping[str, Given]) -> MadeLayer:
    """The layer that `kind(*positional, **keywords)` makes in Keras.

    Raises:
        CodeFault: where the program has no such layer, or not with these arguments.
    """
    kind = ALIASES.get(kind, kind)
    type = layer_types().get(kind)
    if type is None or kind not in signatures():
        known = [one for one in layer_types() if one in signatures()]
        close = difflib.get_close_matches(kind[:60], known, 1)
        raise fault(
            node.func,
            f"there is no layer type called {kind[:60]!r} here.",
            "The layer types are: " + ", ".join(known) + ".",
            f"Write {close[0]}." if close else "Use one of these.",
        )
    signature = signatures()[kind]
    found = dict(zip(signature.names, positional, strict=False))
    if len(positional) > len(signature.names):
        raise fault(
            positional[len(signature.names)].node,
            f"{kind} is given {len(positional)} arguments without a name.",
            f"Keras's {kind} takes at most {len(signature.names)}.",
            "Remove the last.",
        )
    for given, one in keywords.items():
        name = _EARLIER.get((kind, given), given)
        if name in found:
            raise fault(one.node, f"{kind} is given {name} twice.", "Each argument is given once.", "Remove one.")
        found[name] = one
    name, image = _taken_name(found), _taken_input(found)
    return MadeLayer(_layer_type(type, signature, found, node), name, node, image)


def _taken_name(found: dict[str, Given]) -> str:
    given = found.pop("name", None)
    if given is None or given.value is None:
        return ""
    if not isinstance(given.value, str):
        raise fault(given.node, "the name of a layer is no text.", "A name is text in quotes.", "Put it in quotes.")
    return given.value


def _taken_input(found: dict[str, Given]) -> Input | None:
    image = None
    for key in _INPUT_KEYS:
        given = found.pop(key, None)
        if given is None or given.value is None:
            continue
        sides = given.value[1:] if key.startswith("batch") and isinstance(given.value, tuple | list) else given.value
        image = as_input(sides, given.node)
    return image


def as_input(sides: object, node: ast.AST) -> Input:
    """The input of a shape that code gives; CodeFault where it is no image."""
    if isinstance(sides, list):
        sides = tuple(sides)
    wrong = not isinstance(sides, tuple) or len(sides) != 3 or sides[2] not in (1, 3)
    try:
        if wrong or any(type(one) is not int for one in sides):  # type: ignore[attr-defined]
            raise ValueError
        return Input.of(sides)  # type: ignore[arg-type]
    except (ValueError, EngineError):
        raise fault(
            node,
            f"the network's input cannot have the shape {_short(sides)}.",
            "An input is an image: height, width and channels, of which there are 1 or 3.",
            "Write it like (28, 28, 1).",
        ) from None


def _layer_type(type: type[LayerType], signature: Signature, found: Mapping[str, Given], node: ast.Call) -> LayerType:
    parameters = {one.name: one for one in type.parameters()}
    values: dict[str, Any] = {}
    for name, one in found.items():
        if name in parameters:
            values[name] = checked_setting(type, name, one)
        elif not _means_nothing(name, one.value, signature):
            names = ", ".join(parameters) or "none"
            raise fault(
                one.node,
                f"{type.kind} cannot have {name[:60]} = {_short(one.value)} here.",
                f"The arguments of {type.kind} are: {names}.",
                "Leave it out.",
            )
    missing = [one for one in signature.required if one in parameters and one not in values]
    if missing:
        raise fault(node, f"{type.kind} is not given {missing[0]}.", "Keras asks for it.", f"Add {missing[0]}=...")
    for name, parameter in parameters.items():
        if name not in values and name in signature.defaults:
            values[name] = setting(parameter, signature.defaults[name])
    return make(type, values, node)


def _means_nothing(name: str, value: object, signature: Signature) -> bool:
    """Whether the argument says what is so anyway: Keras's default, or a seed, for which the run has its own."""
    if name in ("dtype", "seed", "trainable"):
        return name == "seed" or value is None or value is True or value == "float32"
    if name == "axis":
        return value in (-1, 3, [-1], [3])  # the channels of maps
    if name == "data_format":
        return value in (None, "channels_last")
    return name in signature.defaults and bool(value == signature.defaults[name])


def checked_setting(type: type[LayerType], name: str, given: Given) -> object:
    """The value as the parameter's own; CodeFault, with the parameter's words, where it is none."""
    parameter = type.parameter(name)
    try:
        return setting(parameter, given.value)
    except EngineError as error:
        raise _at(given.node, error) from None


def make(type: type[_Made], values: Mapping[str, Any], node: ast.AST) -> _Made:
    """The layer type with these settings; CodeFault where they do not go together."""
    try:
        return type(**values)
    except EngineError as error:
        raise _at(node, error) from None


def make_block(type: type[_Made], given: Mapping[str, Given], node: ast.AST) -> _Made:
    """The block whose function is called with these arguments; those that are left out have their default."""
    names = {identifier(one.name): one.name for one in type.parameters()}
    return make(type, {names[name]: checked_setting(type, names[name], one) for name, one in given.items()}, node)


def _at(node: ast.AST, error: EngineError) -> CodeFault:
    return fault(node, error.what[:1].lower() + error.what[1:], error.expected, error.fix)


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
