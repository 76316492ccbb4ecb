"""RMSNormalization: the channels at each place are brought to the same strength."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine.geometry import Geometry, Normalisation, Shape, Shapes, place
from engine.layers import affine, words
from engine.layers.base import Arithmetic, Array, Family, LayerType, Term, Weight

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class RMSNormalization(LayerType):
    """Divides the channels at each place by the root of their mean square (Zhang and Sennrich, 2019)."""

    kind: ClassVar[str] = "RMSNormalization"
    family: ClassVar[Family] = Family.NORMALISATION
    summary: ClassVar[str] = "Brings the channels at each place to the same strength: a lean layer normalisation."

    epsilon: float = affine.epsilon(1e-6)

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Normalisation((len(inputs[0]) - 1,))

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        return (Weight("scale", (inputs[0][-1],)),)

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.RMSNormalization(name=name, **self.values())

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        row, column, channel = place(at)
        values = image[at[:-1]].astype(np.float64)
        root = math.sqrt(float(np.square(values).mean()) + self.epsilon)
        factor = float(weights["scale"][channel]) / root
        value = float(values[channel])
        result = value * factor
        return Arithmetic(
            f"input ÷ {root:.4g}, the root mean square of {words.count(len(values), 'channel')} here, × scale",
            (Term(row, column, channel, value, factor, result),),
            (),
            0.0,
            result,
            result,
        )

    def explain(self, inputs: Shapes) -> str:
        channels = inputs[0][-1]
        where = "At each place of each image" if len(inputs[0]) > 1 else "In each image"
        return (
            f"{where} the {words.count(channels, 'channel')} are divided by the root of their mean square (with "
            f"{self.epsilon:g} added to it), so that they are of the same strength everywhere; unlike layer "
            "normalisation it leaves their mean alone, and costs less. "
            f"It learns {words.count(channels, 'number')}: one scale for each channel."
        )
