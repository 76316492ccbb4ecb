"""Permute: rows, columns and channels change places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.geometry import Geometry, Permutation, Shape, Shapes, place
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Term
from engine.parameters import numbers

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Permute(LayerType):
    """Puts the axes of what enters into another order."""

    kind: ClassVar[str] = "Permute"
    family: ClassVar[Family] = Family.SHAPE
    summary: ClassVar[str] = "Swaps rows, columns and channels, as when a picture is turned on its side."

    dims: tuple[int, ...] = numbers(
        (2, 1, 3),
        minimum=1,
        maximum=3,
        shortest=1,
        longest=3,
        whole=True,
        help="Which axis comes first, second, third: 1 is the rows, 2 the columns, 3 the channels of what enters.",
    )

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        axes = tuple(range(1, len(inputs[0]) + 1))
        if tuple(sorted(self.dims)) == axes:
            return ()
        return (
            Fault(
                f"What enters ({words.size(inputs[0])}) has {words.count(len(axes), 'axis', 'axes')}, and dims is "
                f"{self._shown}.",
                f"Each of {', '.join(map(str, axes))} stands in dims once.",
                f"Set dims to {', '.join(map(str, reversed(axes)))}, or remove the layer.",
                ((("dims", axes[::-1]),),),
            ),
        )

    @property
    def _shown(self) -> str:
        return ", ".join(map(str, self.dims))

    def output_shape(self, inputs: Shapes) -> Shape:
        return tuple(inputs[0][axis - 1] for axis in self.dims)

    def geometry(self, inputs: Shapes) -> Geometry:
        return Permutation()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Permute(self.dims, name=name)

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        source = tuple(at[self.dims.index(axis)] for axis in range(1, len(at) + 1))
        value = float(image[source])
        return Arithmetic("the same value", (Term(*place(source), value, 1.0, value),), (), 0.0, value, value)

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        return self.dims[-1] == len(self.dims)

    def caption(self) -> str:
        return self._shown

    def explain(self, inputs: Shapes) -> str:
        return (
            f"The axes of the {words.size(inputs[0])} come in the order {self._shown}, so that "
            f"{words.size(self.output_shape(inputs))} leave. The values stay as they are, and nothing is learned."
        )
