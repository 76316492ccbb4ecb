"""Flatten: maps become one long list of numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine.geometry import Geometry, Permutation, Shape, Shapes, place
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Family, LayerType, Term

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Flatten(LayerType):
    """Lists the values row by row, within a row column by column, and at each place channel by channel."""

    kind: ClassVar[str] = "Flatten"
    family: ClassVar[Family] = Family.SHAPE
    summary: ClassVar[str] = "Lists all values of the maps one after the other, so that a Dense layer can take them."

    def output_shape(self, inputs: Shapes) -> Shape:
        return (math.prod(inputs[0]),)

    def geometry(self, inputs: Shapes) -> Geometry:
        return Permutation()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Flatten(name=name)

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        source = tuple(int(one) for one in np.unravel_index(at[0], image.shape))
        value = float(image[source])
        row, column, channel = place(source)
        return Arithmetic("the same value", (Term(row, column, channel, value, 1.0, value),), (), 0.0, value, value)

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        return math.prod(inputs[0][:-1]) == 1

    def explain(self, inputs: Shapes) -> str:
        (length,) = self.output_shape(inputs)
        if len(inputs[0]) == 1:
            return f"What enters is a list of {words.count(length, 'number')} already, so nothing changes."
        return (
            f"The {words.times(inputs[0])} values become one list of {words.count(length, 'number')}, row by row. "
            "Nothing is computed and nothing is learned; but a Dense layer after it has one weight "
            "for each of these numbers and each of its units, often the most of the whole network."
        )
