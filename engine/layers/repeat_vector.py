"""RepeatVector: a list several times over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine import limits
from engine.geometry import Geometry, Permutation, Shape, Shapes
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Entering, Family, Fault, LayerType, Term
from engine.parameters import integer

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class RepeatVector(LayerType):
    """Gives a table whose every row is the list that enters."""

    kind: ClassVar[str] = "RepeatVector"
    family: ClassVar[Family] = Family.SHAPE
    summary: ClassVar[str] = "Repeats a list of numbers several times, as the rows of a table."

    n: int = integer(4, minimum=1, maximum=limits.MAX_UNITS, help="How many times.")

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        (shape,) = inputs
        if len(shape) == 1:
            return ()
        return (
            Fault(
                f"What enters is {words.size(shape)} and not a list.",
                "This layer repeats a list of numbers.",
                "Put Flatten or global pooling before it, or remove it.",
                entering=Entering.LIST,
            ),
        )

    def output_shape(self, inputs: Shapes) -> Shape:
        return (self.n, inputs[0][0])

    def geometry(self, inputs: Shapes) -> Geometry:
        return Permutation()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.RepeatVector(self.n, name=name)

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        value = float(image[at[1]])
        return Arithmetic("the same value", (Term(0, 0, at[1], value, 1.0, value),), (), 0.0, value, value)

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        return True

    def caption(self) -> str:
        return words.count(self.n, "time")

    def explain(self, inputs: Shapes) -> str:
        return (
            f"The {words.size(inputs[0])} that enter stand {words.count(self.n, 'time')} one below the other: a table "
            f"of {words.times(self.output_shape(inputs))}. Nothing is computed and nothing is learned."
        )
