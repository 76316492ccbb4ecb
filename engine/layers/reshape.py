"""Reshape: the same values in another arrangement."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine import limits
from engine.geometry import Geometry, Permutation, Shape, Shapes, place
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Term
from engine.parameters import numbers

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Reshape(LayerType):
    """Lists all values, row by row, and lays the list out anew."""

    kind: ClassVar[str] = "Reshape"
    family: ClassVar[Family] = Family.SHAPE
    summary: ClassVar[str] = "Lays the same values out in another shape, such as a list as maps."

    target_shape: tuple[int, ...] = numbers(
        (-1,),
        minimum=-1,
        maximum=limits.MAX_LAYER_VALUES,
        shortest=1,
        longest=3,
        whole=True,
        help="The new shape: height, width and channels, or fewer. One of them may be −1: as many as are left.",
    )

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        entering = math.prod(inputs[0])
        known = math.prod(one for one in self.target_shape if one != -1)
        unknown = self.target_shape.count(-1)
        if unknown > 1:
            return (
                Fault(
                    f"Two sides of the shape {self._shown} are left open.",
                    "At most one of them is −1.",
                    "Give all but one of target_shape a number.",
                ),
            )
        if known and (entering % known == 0 if unknown else entering == known):
            return ()
        return (
            Fault(
                f"The {words.count(entering, 'value')} that enter do not fill the shape {self._shown}.",
                f"The sides multiply to {entering:,}, or to a divisor of it where one of them is −1.",
                "Set target_shape to −1 for a list, or to sides that fit.",
                ((("target_shape", (-1,)),),),
            ),
        )

    @property
    def _shown(self) -> str:
        return words.times(self.target_shape).replace("-", "−")

    def output_shape(self, inputs: Shapes) -> Shape:
        known = math.prod(one for one in self.target_shape if one != -1)
        return tuple(math.prod(inputs[0]) // known if one == -1 else one for one in self.target_shape)

    def geometry(self, inputs: Shapes) -> Geometry:
        return Permutation()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Reshape(self.target_shape, name=name)

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        number = int(np.ravel_multi_index(at, self.output_shape((image.shape,))))
        source = tuple(int(one) for one in np.unravel_index(number, image.shape))
        value = float(image[source])
        return Arithmetic("the same value", (Term(*place(source), value, 1.0, value),), (), 0.0, value, value)

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        return self.output_shape(inputs)[-1] == inputs[0][-1]

    def caption(self) -> str:
        return f"to {self._shown}"

    def explain(self, inputs: Shapes) -> str:
        return (
            f"The {words.size(inputs[0])} that enter are listed row by row and laid out as "
            f"{words.size(self.output_shape(inputs))} (target shape {self._shown}). "
            "Nothing is computed and nothing is learned."
        )
