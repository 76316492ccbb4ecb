"""Branches: a block whose inside the user draws."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeVar

from engine import limits
from engine.errors import EngineError
from engine.geometry import Shapes
from engine.layers import layer_type, words
from engine.layers.base import Family, LayerType
from engine.layers.block import Block, Child
from engine.layers.concatenate import Concatenate
from engine.layers.conv2d import Conv2D

ENTRANCE = ""
"""What a child reads that reads the block's own input."""

_FIRST = (
    Child("near", Conv2D(filters=16, kernel_size=(1, 1), activation="relu"), (ENTRANCE,)),
    Child("far", Conv2D(filters=16, padding="same", activation="relu"), (ENTRANCE,)),
    Child("concatenate", Concatenate(), ("near", "far")),
)


@dataclass(frozen=True)
class Branches(Block):
    """Any small graph of layers as one card; each edit of its inside gives a new block.

    Attributes:
        inside: The layers, each after what it reads; the last one's output is the block's.

    Raises:
        EngineError: from the constructor and from every edit, where the graph would be none, or too large.
    """

    kind: ClassVar[str] = "Branches"
    family: ClassVar[Family] = Family.BLOCK
    summary: ClassVar[str] = "A card with branches of your own inside, which add, multiply or stand side by side."

    inside: tuple[Child, ...] = _FIRST

    def __post_init__(self) -> None:
        super().__post_init__()
        _check(self.inside)

    @classmethod
    def of_children(cls, children: tuple[Child, ...]) -> Self | None:
        return cls(children)

    def children(self, inputs: Shapes) -> tuple[Child, ...]:
        return self.taking_part

    @property
    def taking_part(self) -> tuple[Child, ...]:
        """The layers that are on: those that read one that is off read what it reads."""
        left = self.inside
        for gone in self.inside:
            if not gone.enabled:
                inputs = next(one.inputs for one in left if one.name == gone.name)
                left = tuple(_reading(one, {gone.name: inputs}) for one in left if one.name != gone.name)
        return left

    def child(self, name: str) -> Child:
        """The layer inside called `name`; raises EngineError where there is none."""
        for one in self.inside:
            if one.name == name:
                return one
        raise EngineError(
            f"There is no layer {name!r} in this block.",
            "The layers are: " + ", ".join(one.name for one in self.inside) + ".",
            "Use one of these names.",
        )

    def added(self, name: str, type: LayerType, inputs: Iterable[str]) -> Self:
        """With another layer that reads `inputs`; it comes last and so gives what leaves the block."""
        return self.holding((*self.inside, Child(name, type, tuple(inputs))))

    def inserted_after(self, name: str, new: str, type: LayerType) -> Self:
        """With another layer, called `new`, between the layer called `name` and all that read it.

        "" puts it between the block's input and all that read that.
        """
        if name != ENTRANCE:
            self.child(name)
        rest = [_reading(one, {name: (new,)}) for one in self.inside]
        return self.holding((Child(new, type, (name,)), *rest))

    def inserted_before(self, name: str, new: str, type: LayerType) -> Self:
        """With another layer, called `new`, between the layer called `name` and what that reads.

        Where that reads several, the last of these is meant, as it stands next to it.
        """
        reader = self.child(name)
        between = Child(new, type, reader.inputs[-1:])
        after = dataclasses.replace(reader, inputs=(*reader.inputs[:-1], new))
        return self.holding(
            itertools.chain.from_iterable([between, after] if one is reader else [one] for one in self.inside)
        )

    def inserted_beside(self, name: str, new: str, type: LayerType) -> Self:
        """With another layer, called `new`, that reads what the layer called `name` reads.

        Where a layer that joins several reads `name` it reads `new` too; else a Concatenate takes the place of `name`
        and reads both.
        """
        beside = Child(new, type, self.child(name).inputs)
        if any(name in one.inputs and one.type.several_inputs for one in self.inside):
            rest = [_reading(one, {name: (name, new)}) if one.type.several_inputs else one for one in self.inside]
            return self.holding((beside, *rest))
        joint = Child(self.free_name("concatenate", new), Concatenate(), (name, new))
        rest = [_reading(one, {name: (joint.name,)}) for one in self.inside]
        place = next(number for number, one in enumerate(rest) if one.name == name) + 1
        return self.holding((beside, *rest[:place], joint, *rest[place:]))

    def free_name(self, wanted: str, *taken: str) -> str:
        """`wanted`, or with the first number behind it that makes a name which no layer inside has."""
        names = {*taken, *(one.name for one in self.inside)}
        numbered = (f"{wanted}_{number}" for number in itertools.count(2))
        return next(one for one in itertools.chain([wanted], numbered) if one not in names)

    def removed(self, name: str) -> Self:
        """Without a layer; those that read it now read what it read."""
        gone = self.child(name)
        rest = [_reading(one, {name: gone.inputs}) for one in self.inside if one.name != name]
        return self.holding(rest)

    def taken_out(self, name: str) -> Self:
        """Without a layer, as a person means it.

        Those that read it now read what it read; but where it was a branch of its own, layers that join it with
        others join the others only.
        """
        block = self
        if self.child(name).inputs == (ENTRANCE,):
            for one in self.inside:
                others = tuple(source for source in one.inputs if source != name)
                if one.type.several_inputs and name in one.inputs and others:
                    block = block.rewired(one.name, others)
        return block.removed(name)

    def swapped(self, upper: str, lower: str) -> Self:
        """With two layers, the first above the second, in each other's place; the wires stay as they are drawn.

        A layer that joins several cannot stand where one reads a single other: it goes past that, with its wires.
        """
        above, below = self.child(upper), self.child(lower)
        turned = {upper: (lower,), lower: (upper,)}
        if above.type.several_inputs == below.type.several_inputs:
            instead = {
                upper: dataclasses.replace(below, inputs=above.inputs),
                lower: dataclasses.replace(above, inputs=below.inputs),
            }
            return self.holding(_reading(instead.get(one.name, one), turned) for one in self.inside)
        instead = {upper: below, lower: above}
        if upper in below.inputs:
            instead[upper] = _reading(below, {upper: above.inputs[-1:]})
            instead[lower] = dataclasses.replace(above, inputs=(*above.inputs[:-1], lower))
        turned = {lower: (upper,)} if upper in below.inputs else {}
        return self.holding(instead.get(one.name) or _reading(one, turned) for one in self.inside)

    def set_enabled(self, name: str, enabled: bool) -> Self:
        """With a layer switched on or off without removing it."""
        return self._replaced(dataclasses.replace(self.child(name), enabled=enabled))

    def set_type(self, name: str, type: LayerType) -> Self:
        """With a layer's settings, or its kind, replaced."""
        return self._replaced(dataclasses.replace(self.child(name), type=type))

    def drawn(self, name: str) -> LayerType | None:
        return self.child(name).type

    def with_child(self, name: str, type: LayerType) -> LayerType:
        return self.set_type(name, type)

    def rewired(self, name: str, inputs: Iterable[str]) -> Self:
        """With a layer that reads others than before; "" is the block's own input."""
        return self._replaced(dataclasses.replace(self.child(name), inputs=tuple(inputs)))

    def renamed(self, name: str, new: str) -> Self:
        """With another name for a layer, wherever it is read too."""
        self.child(name)
        rest = [_reading(one, {name: (new,)}) for one in self.inside]
        return self.holding([dataclasses.replace(one, name=new) if one.name == name else one for one in rest])

    def _replaced(self, child: Child) -> Self:
        return self.holding([child if one.name == child.name else one for one in self.inside])

    def holding(self, inside: Iterable[Child]) -> Self:
        """With these layers in the place of its own, each put after what it reads."""
        return dataclasses.replace(self, inside=_ordered(tuple(inside)))

    def last_activation(self) -> str:
        return self.taking_part[-1].type.last_activation()

    def bends(self) -> bool:
        return any(one.type.bends() for one in self.taking_part)

    def caption(self) -> str:
        off = sum(not one.enabled for one in self.inside)
        return words.count(len(self.inside), "layer") + (f", {off} off" if off else "")

    def explain(self, inputs: Shapes) -> str:
        part = self.taking_part
        joined = [one.name for one in part if one.type.several_inputs]
        off = [one.name for one in self.inside if not one.enabled]
        lines = [
            f"{one.name} ({one.type.kind}) reads {' and '.join(name or 'what enters' for name in one.inputs)}"
            for one in part
        ]
        return words.sentences(
            f"{words.count(len(part), 'layer')} of your own, as one card: {'; '.join(lines)}.",
            f"Branches come together in {' and '.join(joined)}." if joined else "There is one way through it.",
            f"What leaves {part[-1].name} leaves the block.",
            f"Switched off: {', '.join(off)}; the values pass by." if off else "",
        )

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "inside": [_child_json(one) for one in self.inside]}

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> Self:
        """The inverse of `to_json`. Nothing of the data is trusted.

        Raises:
            EngineError: for unknown fields and kinds, values out of range, and all that the constructor refuses.
        """
        return _read(cls, values, 1)


def _child_json(child: Child) -> dict[str, Any]:
    off = {} if child.enabled else {"enabled": False}
    kind, values = child.type.kind, child.type.to_json()
    return {"name": child.name, "kind": kind, "values": values, "inputs": list(child.inputs), **off}


_Kind = TypeVar("_Kind", bound=Branches)


def _read(cls: type[_Kind], values: Mapping[str, object], depth: int) -> _Kind:
    if depth > limits.MAX_BLOCK_DEPTH:
        raise _too_deep()
    for name in values.keys() - {"inside"}:
        cls.parameter(name)
    if "inside" not in values:
        return cls()
    children = values["inside"]
    if not isinstance(children, list | tuple) or len(children) > limits.MAX_BLOCK_LAYERS:
        raise _malformed("The inside of a block")
    return cls(tuple(_read_child(one, depth) for one in children))


def _read_child(data: object, depth: int) -> Child:
    if not isinstance(data, Mapping) or data.keys() - {"name", "kind", "values", "inputs", "enabled"}:
        raise _malformed("A layer inside a block")
    name, kind, inputs, values = data.get("name"), data.get("kind"), data.get("inputs"), data.get("values", {})
    enabled = data.get("enabled", True)
    if not (
        isinstance(name, str) and isinstance(kind, str) and isinstance(values, Mapping) and enabled in (True, False)
    ):
        raise _malformed("A layer inside a block")
    if not isinstance(inputs, list | tuple) or not all(isinstance(one, str) for one in inputs):
        raise _malformed(f"What the layer {name[:80]!r} of a block reads")
    found = layer_type(kind)
    type = _read(found, values, depth + 1) if issubclass(found, Branches) else found.from_json(values)
    return Child(name, type, tuple(inputs), enabled)


def _malformed(what: str) -> EngineError:
    return EngineError(
        f"{what} is not right.",
        "A block holds a list of layers, each with name, kind, values and inputs.",
        "Use an unchanged copy of the file.",
    )


def _too_deep() -> EngineError:
    return EngineError(
        f"Blocks of one's own stand more than {limits.MAX_BLOCK_DEPTH} deep in each other.",
        f"They stand at most {limits.MAX_BLOCK_DEPTH} deep.",
        "Put the inner layers one level up.",
    )


def _reading(child: Child, instead: Mapping[str, tuple[str, ...]]) -> Child:
    inputs = tuple(new for name in child.inputs for new in instead.get(name, (name,)))
    return dataclasses.replace(child, inputs=inputs)


def _ordered(children: tuple[Child, ...]) -> tuple[Child, ...]:
    """The children with each after what it reads, and otherwise in the order they have."""
    left, placed, done = list(children), {ENTRANCE}, []
    names = {one.name for one in children}
    while left:
        ready = next((one for one in left if placed.issuperset(names.intersection(one.inputs))), None)
        if ready is None:
            raise EngineError(
                "The layers of the block would read each other in a circle: "
                + ", ".join(one.name for one in left)
                + ".",
                "A layer reads what enters the block, or layers that do not wait for it.",
                "Let one of them read another layer.",
            )
        left.remove(ready)
        placed.add(ready.name)
        done.append(ready)
    return tuple(done)


def _check(children: tuple[Child, ...]) -> None:
    if not children:
        raise EngineError("The block would be empty.", "A block holds at least one layer.", "Remove the whole block.")
    if not any(one.enabled for one in children):
        raise EngineError(
            "All layers of the block would be switched off.",
            "At least one layer of a block takes part.",
            "Switch the whole block off.",
        )
    if _size(children) > limits.MAX_BLOCK_LAYERS:
        raise EngineError(
            f"The block would hold {_size(children):,} layers.",
            f"A block holds at most {limits.MAX_BLOCK_LAYERS:,}, those of blocks inside it among them.",
            "Use several blocks one below the other.",
        )
    if _depth(children) > limits.MAX_BLOCK_DEPTH:
        raise _too_deep()
    seen: set[str] = set()
    for child in children:
        _check_child(child, seen)
        seen.add(child.name)


def _check_child(child: Child, before: set[str]) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", child.name):
        raise EngineError(
            f"A layer inside a block cannot be called {child.name[:80]!r}.",
            "The name begins with a small letter and has small letters, digits and underscores only.",
            "Choose another name.",
        )
    if child.name in before:
        raise EngineError(
            f"The block already has a layer called {child.name!r}.",
            "Every layer of a block has a name of its own.",
            "Choose another name.",
        )
    if child.type.family is Family.INPUT:
        raise EngineError(
            "An input cannot stand inside a block.", "What enters the block is its input.", "Add another layer."
        )
    for name in child.inputs or ("nothing",):
        if name not in before and name != ENTRANCE:
            raise EngineError(
                f"The layer {child.name!r} of the block cannot read {name[:80]!r}.",
                "It reads what enters the block, or layers that stand before it.",
                "Choose from: " + ", ".join(["what enters", *sorted(before)]) + ".",
            )
    if len(child.inputs) > limits.MAX_BLOCK_INPUTS:
        raise EngineError(
            f"The layer {child.name!r} of the block would read {len(child.inputs):,} layers.",
            f"It reads at most {limits.MAX_BLOCK_INPUTS:,}.",
            "Join them in several steps.",
        )


def _size(children: tuple[Child, ...]) -> int:
    return sum(1 + (_size(one.type.inside) if isinstance(one.type, Branches) else 0) for one in children)


def _depth(children: tuple[Child, ...]) -> int:
    return 1 + max((_depth(one.type.inside) for one in children if isinstance(one.type, Branches)), default=0)
