"""UnitNormalization: the channels at each place become an arrow of length 1."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from engine.geometry import Geometry, Normalisation, Shape, Shapes, place
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Family, LayerType, Term

if TYPE_CHECKING:
    import keras

SHORTEST: Final = 1e-12
"""Keras divides by no length below it."""


@dataclass(frozen=True)
class UnitNormalization(LayerType):
    """Divides the channels at each place by their length, the root of the sum of their squares."""

    kind: ClassVar[str] = "UnitNormalization"
    family: ClassVar[Family] = Family.NORMALISATION
    summary: ClassVar[str] = "Brings the channels at each place to length 1: which pattern counts, not how strong."

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Normalisation((len(inputs[0]) - 1,))

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.UnitNormalization(name=name)

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        row, column, channel = place(at)
        values = image[at[:-1]].astype(np.float64)
        length = max(math.sqrt(float(np.square(values).sum())), SHORTEST)
        value = float(values[channel])
        result = value / length
        return Arithmetic(
            f"input ÷ {length:.4g}, the length of {words.count(len(values), 'channel')} here",
            (Term(row, column, channel, value, 1.0 / length, result),),
            (),
            0.0,
            result,
            result,
        )

    def explain(self, inputs: Shapes) -> str:
        where = "At each place of each image" if len(inputs[0]) > 1 else "In each image"
        return (
            f"{where} the {words.count(inputs[0][-1], 'channel')} are divided by the root of the sum of their squares, "
            "so that this sum becomes 1. What remains is which patterns are there beside each other, not how bright "
            "the image is. It learns nothing."
        )
