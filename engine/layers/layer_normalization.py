"""LayerNormalization: the channels at each place are brought to the same mean and spread."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine.geometry import Geometry, Normalisation, Shape, Shapes
from engine.layers import affine, learned, words
from engine.layers.base import Arithmetic, Array, Family, LayerType, Weight
from engine.layers.constraints import constraint
from engine.layers.initializers import vector_initializer
from engine.layers.regularizers import regularizer

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class LayerNormalization(LayerType):
    """Measures the channels at each place of each image against their own mean and deviation."""

    kind: ClassVar[str] = "LayerNormalization"
    family: ClassVar[Family] = Family.NORMALISATION
    summary: ClassVar[str] = "Brings the channels at each place to mean 0 and spread 1, for each image by itself."

    epsilon: float = affine.epsilon()
    center: bool = affine.center()
    scale: bool = affine.scale()
    beta_initializer: str = vector_initializer("zeros", "beta")
    gamma_initializer: str = vector_initializer("ones", "gamma")
    beta_regularizer: str | None = regularizer("beta")
    gamma_regularizer: str | None = regularizer("gamma")
    beta_constraint: str | None = constraint("beta", (0,))
    gamma_constraint: str | None = constraint("gamma", (0,))

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Normalisation((len(inputs[0]) - 1,))

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        return affine.weights(inputs[0][-1], self.scale, self.center)

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.LayerNormalization(name=name, **learned.settings(self, seed))

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        values = image[at[:-1]].astype(np.float64)
        mean = float(values.mean())
        deviation = math.sqrt(float(values.var()) + self.epsilon)
        of = f"the {words.count(len(values), 'channel')} at this place"
        return affine.arithmetic(float(image[at]), weights, at, mean, deviation, of, self.scale, self.center)

    def explain(self, inputs: Shapes) -> str:
        channels = inputs[0][-1]
        where = "At each place of each image" if len(inputs[0]) > 1 else "In each image"
        return words.sentences(
            f"{where} the {words.count(channels, 'channel')} are brought to mean 0 and deviation 1 "
            f"(with {self.epsilon:g} added to the variance).",
            "It needs no other images for that, so it does the same in training and at prediction, "
            "whatever the batch size.",
            affine.learning(channels, self.scale, self.center),
            learned.beginnings(self, affine.arrays(self.scale, self.center)),
        )
