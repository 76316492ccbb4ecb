"""GroupNormalization: the channels of each image are normalised in groups."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine import limits
from engine.geometry import Geometry, Normalisation, Shape, Shapes
from engine.layers import affine, learned, words
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Weight
from engine.layers.constraints import constraint
from engine.layers.initializers import vector_initializer
from engine.layers.regularizers import regularizer
from engine.parameters import integer

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class GroupNormalization(LayerType):
    """Measures each group of channels of one image against its own mean and deviation (Wu and He, 2018)."""

    kind: ClassVar[str] = "GroupNormalization"
    family: ClassVar[Family] = Family.NORMALISATION
    summary: ClassVar[str] = "Brings groups of channels to mean 0 and spread 1 for each image: steady in small batches."

    groups: int = integer(
        32,
        minimum=1,
        maximum=limits.MAX_UNITS,
        help="Into how many groups the channels are split; it must divide them. "
        "With 1 all channels are measured together, with as many as channels each by itself.",
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

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        channels = inputs[0][-1]
        if channels % self.groups == 0:
            return ()
        return (
            Fault(
                f"{words.count(channels, 'channel')} cannot be split into {words.count(self.groups, 'equal group')}.",
                "Groups divides the number of channels that enter.",
                f"Set groups to {math.gcd(channels, self.groups)}, or change the filters above.",
                ((("groups", math.gcd(channels, self.groups)),), (("groups", 1),)),
            ),
        )

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Normalisation(tuple(range(len(inputs[0]))), parts=self.groups)

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        return affine.weights(inputs[0][-1], self.scale, self.center)

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.GroupNormalization(name=name, **learned.settings(self, seed))

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        channel = at[-1]
        size = image.shape[-1] // self.groups
        first = channel // size * size
        group = image[..., first : first + size].astype(np.float64)
        mean = float(group.mean())
        deviation = math.sqrt(float(group.var()) + self.epsilon)
        of = f"the {words.count(size, 'channel')} of this group"
        return affine.arithmetic(float(image[at]), weights, at, mean, deviation, of, self.scale, self.center)

    def caption(self) -> str:
        return words.count(self.groups, "group")

    def explain(self, inputs: Shapes) -> str:
        channels = inputs[0][-1]
        return words.sentences(
            f"In each image the {words.count(channels, 'channel')} stand in {words.count(self.groups, 'group')} of "
            f"{channels // self.groups}, and all values of a group are brought to mean 0 and deviation 1 "
            f"(with {self.epsilon:g} added to the variance).",
            "It needs no other images for that, so it stays steady with batches of one or two, "
            "where batch normalisation does not.",
            affine.learning(channels, self.scale, self.center),
            learned.beginnings(self, affine.arrays(self.scale, self.center)),
        )
