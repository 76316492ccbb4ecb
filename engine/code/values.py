"""What the reader of code works with: layers, what leaves them, and models, none of them real."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.code.faults import fault
from engine.geometry import Shape
from engine.layers import LayerType
from engine.layers.block import Child
from engine.layers.input import Input


@dataclass(frozen=True, eq=False)
class MadeLayer:
    """A layer that code makes.

    Attributes:
        name: As the code names it, or "".
        node: The call that makes it.
        input: The image that it says enters it, as the first layer of older code does.
    """

    type: LayerType
    name: str
    node: ast.AST
    input: Input | None = None

    @property
    def lines(self) -> range:
        """The lines of the call, from 1."""
        first = getattr(self.node, "lineno", 1)
        return range(first, (getattr(self.node, "end_lineno", None) or first) + 1)


@dataclass(frozen=True)
class Applied:
    """A layer that reads something.

    Attributes:
        inputs: Places in the frame of what it reads; -1 is what enters the frame.
    """

    layer: MadeLayer
    inputs: tuple[int, ...]
    shape: Shape | None


@dataclass(eq=False)
class Frame:
    """The layers applied in one function, in the order of the code.

    Attributes:
        shape: Of what enters, where it is known.
        input: The image that enters, in the function that makes the network.
        entered: The name of what enters, in a fragment that does not say where it comes from.
    """

    shape: Shape | None = None
    input: Input | None = None
    entered: str = ""
    applied: list[Applied] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Tensor:
    """What leaves a layer, or what enters its frame."""

    frame: Frame
    place: int

    @property
    def shape(self) -> Shape | None:
        return self.frame.shape if self.place < 0 else self.frame.applied[self.place].shape


@dataclass(eq=False)
class Stack:
    """Layers in a row: a Sequential, or a model made of one line of layers."""

    layers: list[MadeLayer] = field(default_factory=list)
    input: Input | None = None


def chain(tensor: Tensor) -> list[MadeLayer] | None:
    """The layers that lead to `tensor`, if each reads the one before and nothing else; None where there are branches.

    Raises:
        CodeFault: where a layer leads nowhere.
    """
    applied = tensor.frame.applied
    reached = _reached(tensor)
    for place, one in enumerate(applied):
        if place not in reached:
            raise fault(
                one.layer.node,
                "what leaves this layer is read by none and does not leave the network.",
                "Every layer leads to the output.",
                "Let the next layer read it, or remove it.",
            )
    in_order = all(one.inputs == (place - 1,) for place, one in enumerate(applied))
    return [one.layer for one in applied] if in_order else None


def _reached(tensor: Tensor) -> set[int]:
    found: set[int] = set()
    waiting = [tensor.place]
    while waiting:
        place = waiting.pop()
        if place >= 0 and place not in found:
            found.add(place)
            waiting.extend(tensor.frame.applied[place].inputs)
    return found


def first_branching(tensor: Tensor) -> MadeLayer | None:
    """The first layer that does not read the one before and nothing else."""
    for place, one in enumerate(tensor.frame.applied):
        if one.inputs != (place - 1,):
            return one.layer
    return None


def as_children(tensor: Tensor) -> tuple[Child, ...]:
    """The layers of a function as those of a block; names that do not fit are made up."""
    names: list[str] = []
    for one in tensor.frame.applied:
        names.append(_child_name(one.layer, names))
    return tuple(
        Child(name, one.layer.type, tuple("" if place < 0 else names[place] for place in one.inputs))
        for name, one in zip(names, tensor.frame.applied, strict=True)
    )


def _child_name(layer: MadeLayer, taken: list[str]) -> str:
    wanted = layer.name.rpartition(".")[2].lower()
    wanted = wanted if wanted.isidentifier() and wanted.isascii() and wanted[0] != "_" else layer.type.kind.lower()
    return next(one for one in _numbered(wanted[:50]) if one not in taken)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1
