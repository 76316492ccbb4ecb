"""BatchNormalization: every channel is brought to the same mean and spread."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.geometry import Geometry, Normalisation, Shape, Shapes
from engine.layers import affine, learned, words
from engine.layers.base import Arithmetic, Array, Family, LayerType, Weight
from engine.layers.constraints import constraint
from engine.layers.initializers import vector_initializer
from engine.layers.regularizers import regularizer
from engine.parameters import real

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class BatchNormalization(LayerType):
    """Measures each channel against its mean and deviation: of the batch in training, remembered at prediction."""

    kind: ClassVar[str] = "BatchNormalization"
    family: ClassVar[Family] = Family.NORMALISATION
    summary: ClassVar[str] = (
        "Brings every channel to mean 0 and spread 1 over the batch, which makes learning steadier."
    )

    momentum: float = real(
        0.99,
        minimum=0.0,
        maximum=1.0,
        help="How much of the remembered mean and deviation is kept at each step. Lower it for short trainings: "
        "0.99 needs several hundred steps until prediction can rely on them.",
    )
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
        return Normalisation(tuple(range(len(inputs[0]) - 1)), remembered=True)

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        channels = inputs[0][-1]
        moving = (Weight("moving_mean", (channels,), False), Weight("moving_variance", (channels,), False))
        return (*affine.weights(channels, self.scale, self.center), *moving)

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.BatchNormalization(name=name, **learned.settings(self, seed))

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        channel = at[-1]
        mean = float(weights["moving_mean"][channel])
        deviation = math.sqrt(float(weights["moving_variance"][channel]) + self.epsilon)
        of = "this channel remembered from training"
        return affine.arithmetic(float(image[at]), weights, at, mean, deviation, of, self.scale, self.center)

    def caption(self) -> str:
        return f"momentum {self.momentum:g}"

    def explain(self, inputs: Shapes) -> str:
        channels = inputs[0][-1]
        return words.sentences(
            f"Each of the {words.count(channels, 'channel')} is brought to mean 0 and deviation 1 over the images of "
            f"the batch (with {self.epsilon:g} added to the variance), so that the layers below meet values of a "
            "steady size and larger learning rates work.",
            f"It also remembers a running mean and variance, {words.count(2 * channels, 'number')}, of which each step "
            f"keeps {100 * self.momentum:g} %; prediction uses these and no batch.",
            affine.learning(channels, self.scale, self.center),
            learned.beginnings(self, affine.arrays(self.scale, self.center)),
        )
