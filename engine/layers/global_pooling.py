"""What the two global pooling layers share: each map becomes one number."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.geometry import Full, Geometry, Shape, Shapes
from engine.layers import needs, words
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType
from engine.parameters import flag

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class GlobalPooling2D(LayerType):
    """A window as large as the map: one number for each channel."""

    family: ClassVar[Family] = Family.POOLING

    keepdims: bool = flag(
        False, help="Gives maps of 1 × 1 instead of a list of numbers, so that a convolution can follow.", advanced=True
    )

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        return needs.maps(inputs[0])

    def output_shape(self, inputs: Shapes) -> Shape:
        channels = inputs[0][-1]
        return (1, 1, channels) if self.keepdims else (channels,)

    def geometry(self, inputs: Shapes) -> Geometry:
        return Full(per_channel=True)

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return getattr(keras.layers, self.kind)(name=name, **self.values())

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        channel = at[-1]
        places = itertools.product(range(image.shape[0]), range(image.shape[1]))
        return self.sum_up([(i, j, channel, float(image[i, j, channel])) for i, j in places])

    @staticmethod
    @abstractmethod
    def sum_up(pixels: list[tuple[int, int, int, float]]) -> Arithmetic:
        """The one number kept of `pixels`, each (row, column, channel, value)."""

    def result(self, inputs: Shapes) -> str:
        """What leaves, in a sentence."""
        return (
            f"What leaves has the shape {words.size(self.output_shape(inputs))}, "
            "however large the image is; nothing is learned, so there is little to learn by heart."
        )
