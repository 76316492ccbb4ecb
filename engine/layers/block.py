"""A block: a layer type that is one card in the stack and a small graph inside."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from engine.geometry import Geometry, Shape, Shapes
from engine.layers.base import Arithmetic, Array, LayerType

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Child:
    """One layer inside a block.

    Attributes:
        name: ASCII, unique in the block; its path is `block id/name`.
        type: The layer type with its settings; may be a block itself.
        inputs: Names of the children it reads, or "" for the block's own input.
        enabled: Whether it takes part; one that is off is kept, and what it reads passes it by.
    """

    name: str
    type: LayerType
    inputs: tuple[str, ...]
    enabled: bool = True


@dataclass(frozen=True)
class Block(LayerType):
    """A layer type that expands into children; the last child's output is the block's.

    Shapes, costs, weights, maps and the build are those of the children: `engine/graph.py` expands them, so the
    methods of a single layer are never asked of a block.
    """

    @abstractmethod
    def children(self, inputs: Shapes) -> tuple[Child, ...]:
        """The layers inside for these input shapes, in an order in which each follows what it reads."""

    @classmethod
    def of_children(cls, children: tuple[Child, ...]) -> Self | None:  # noqa: ARG003 - a block of any layers takes them
        """The block with these layers inside, where any layers will do; None where its settings decide them."""
        return None

    def output_shape(self, inputs: Shapes) -> Shape:
        raise NotImplementedError("a block is expanded by engine.graph")

    def geometry(self, inputs: Shapes) -> Geometry:
        raise NotImplementedError("a block is expanded by engine.graph")

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        raise NotImplementedError("a block is expanded by engine.graph")

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        raise NotImplementedError("a block is expanded by engine.graph")
