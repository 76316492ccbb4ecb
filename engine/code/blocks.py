"""Blocks as functions: what is inside a block, and how its layers' settings follow from the block's own."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from engine.code.writing import CHANNELS, identifier, snake
from engine.errors import EngineError
from engine.expansion import judge
from engine.geometry import Shape, Shapes
from engine.layers import LayerType, layer_types
from engine.layers.block import Block, Child
from engine.parameters import Choice, Flag, Integer, Parameter

SOMEWHERE: Final[Shape] = (32, 32, 32)
"""What enters a block of which that is not known."""


def as_block(type: LayerType) -> Block | None:
    """The type, if it is a block."""
    return type if isinstance(type, Block) else None


def block_types() -> dict[str, type[Block]]:
    """The layer types that are blocks, by kind."""
    return {kind: type for kind, type in layer_types().items() if issubclass(type, Block)}


def block_kind(name: str) -> type[Block] | None:
    """The block that a function of this name makes: `residual` and `residual_2` a Residual. None for none."""
    plain = re.sub(r"_\d+$", "", name)
    return next((type for kind, type in block_types().items() if snake(kind) in (name, plain)), None)


def children(block: Block, inputs: Shapes | None) -> tuple[Child, ...] | None:
    """The layers inside for these input shapes, or for likely ones; None where the block takes neither."""
    for shapes in (inputs, (SOMEWHERE,)):
        if shapes is not None and not block.faults(shapes):
            try:
                return block.children(shapes)
            except EngineError:  # settings that are right one by one make a layer inside that is not
                continue
    return None


@functools.lru_cache(maxsize=4096)
def shape_after(type: LayerType, inputs: tuple[Shape | None, ...]) -> Shape | None:
    """The shape that leaves a layer or block; None where that is not known."""
    known = tuple(one for one in inputs if one is not None)
    if len(known) < len(inputs):
        return None
    block = as_block(type)
    if block is None:
        try:
            return judge(type, known).shape
        except ValueError:  # a layer of one input that was given several
            return None
    if block.faults(known):
        return None
    shapes: dict[str, Shape | None] = {"": known[0]}
    last = ""
    for child in block.children(known):
        shapes[child.name] = shape_after(child.type, tuple(shapes[one] for one in child.inputs))
        last = child.name
    return shapes[last]


@dataclass(frozen=True)
class _Formula:
    """A way to get a setting of a layer inside from what the block is given.

    Attributes:
        setting: The block's; "" for the channels that enter.
        rule: "same", "times", "product" (setting × channels) or "part" (channels ÷ setting, at least 1).
        factor: Of the rule "times".
    """

    setting: str
    rule: str = "same"
    factor: int = 1

    @property
    def text(self) -> str:
        """The formula as code inside the block's function."""
        name = identifier(self.setting) if self.setting else CHANNELS
        match self.rule:
            case "times":
                return f"{self.factor} * {name}"
            case "product":
                return f"{name} * {CHANNELS}"
            case "part":
                return f"max(1, {CHANNELS} // {name})"
        return name

    def told(self, block: Block, channels: int) -> object:
        """What it gives."""
        value = getattr(block, self.setting) if self.setting else channels
        match self.rule:
            case "times":
                return self.factor * value
            case "product":
                return value * channels
            case "part":
                return max(1, channels // value)
        return value


@dataclass(frozen=True)
class _Probe:
    """The same block with something changed, and the settings of the layers inside it then."""

    block: Block
    channels: int
    values: tuple[dict[str, Any], ...]


@functools.lru_cache(maxsize=1024)
def formulas(block: Block, inputs: Shapes) -> tuple[dict[str, str], ...]:
    """For each layer inside: the code for those of its settings that follow from the block's, by name.

    Found by trial: the block's settings and the channels that enter are changed one by one, and a formula counts that
    gives the right value every time and not always the same one.
    """
    base = _probed(block, inputs)
    if base is None:
        return ()
    probes = [base, *(one for changed, shapes in _changes(block, inputs) if (one := _probed(changed, shapes)))]
    probes = [one for one in probes if [*map(dict.keys, one.values)] == [*map(dict.keys, base.values)]]
    wanted = structure(block.children(inputs))
    probes = [one for one in probes if structure(one.block.children(_shapes(inputs, one.channels))) == wanted]
    candidates = list(_candidates(block))
    return tuple(
        {name: text for name in values if (text := _fitting(candidates, probes, number, name))}
        for number, values in enumerate(base.values)
    )


def structure(inside: tuple[Child, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Names, kinds and connections, without settings."""
    return [(one.name, one.type.kind, one.inputs) for one in inside]


def _shapes(inputs: Shapes, channels: int) -> Shapes:
    return ((*inputs[0][:-1], channels),)


def _probed(block: Block, inputs: Shapes) -> _Probe | None:
    try:
        if block.faults(inputs):
            return None
        return _Probe(block, inputs[0][-1], tuple(one.type.values() for one in block.children(inputs)))
    except EngineError:
        return None


def _changes(block: Block, inputs: Shapes) -> Iterator[tuple[Block, Shapes]]:
    channels = inputs[0][-1]
    yield block, _shapes(inputs, 2 * channels)
    for parameter in block.parameters():
        value = getattr(block, parameter.name)
        for other in _others(parameter, value):
            try:
                changed = block.changed(**{parameter.name: other})
            except EngineError:
                continue
            yield changed, inputs
            yield changed, _shapes(inputs, 2 * channels)


def _others(parameter: Parameter, value: Any) -> tuple[Any, ...]:
    """Two other values, of which at least one is allowed."""
    if isinstance(parameter, Choice):
        return tuple(one for one in parameter.choices if one != value)[:2]
    if isinstance(parameter, Flag):
        return (not value,)
    if isinstance(parameter, Integer):
        return (1, 3) if value is None else (2 * value, value + 1, value - 1)
    if isinstance(value, tuple):
        return (tuple(one + 1 for one in value), tuple(reversed(range(1, len(value) + 1))))
    if isinstance(value, float):
        return (value / 2 + 0.01, value / 3)
    return (1, 0.25, (1, 2), "zeros", "l2(0.5)", "max_norm(3)")


def _candidates(block: Block) -> Iterator[_Formula]:
    """The simple ones first."""
    numbers = []
    for one in block.parameters():
        yield _Formula(one.name)
        if isinstance(one, Integer) and getattr(block, one.name):
            numbers.append(one.name)
    yield _Formula("")
    for name in numbers:
        yield from (_Formula(name, "times", factor) for factor in (2, 3, 4, 6, 8))
        yield _Formula(name, "product")
        yield _Formula(name, "part")


def _fitting(candidates: list[_Formula], probes: list[_Probe], number: int, name: str) -> str:
    """The first formula that tells the value in every probe; "" where there is none or the value never changes."""
    values = [one.values[number][name] for one in probes]
    if all(one == values[0] and type(one) is type(values[0]) for one in values):
        return ""
    for formula in candidates:
        told = (formula.told(one.block, one.channels) for one in probes)
        if all(a == b and type(a) is type(b) for a, b in zip(told, values, strict=True)):
            return formula.text
    return ""
