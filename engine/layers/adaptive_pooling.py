"""What the two adaptive pooling layers share: maps become a fixed size, whatever size they had."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from engine import limits
from engine.geometry import Geometry, Lookup, Shape, Shapes
from engine.layers import needs, words
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType
from engine.parameters import pair

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class AdaptivePooling2D(LayerType):
    """Windows that together cover the map, as many as are wanted; where they do not divide it they overlap."""

    family: ClassVar[Family] = Family.POOLING

    output_size: tuple[int, int] = pair(
        (7, 7),
        minimum=1,
        maximum=limits.MAX_INPUT_SIDE,
        unit="px",
        help="Height and width of what leaves, whatever enters: layers below then fit images of any size.",
    )

    def _seen(self, axis: int, side: int) -> tuple[tuple[int, ...], ...]:
        """The rows or columns under each window; the first and last cover whatever part of a pixel they reach."""
        count = self.output_size[axis]
        return tuple(tuple(range(one * side // count, -(-(one + 1) * side // count))) for one in range(count))

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        return needs.maps(inputs[0])

    def output_shape(self, inputs: Shapes) -> Shape:
        return (*self.output_size, inputs[0][-1])

    def geometry(self, inputs: Shapes) -> Geometry:
        height, width, _ = inputs[0]
        strides = (Fraction(height, self.output_size[0]), Fraction(width, self.output_size[1]))
        return Lookup(self._seen(0, height), self._seen(1, width), strides)

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return getattr(keras.layers, self.kind)(name=name, **self.values())

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        row, column, channel = at
        places = itertools.product(self._seen(0, image.shape[0])[row], self._seen(1, image.shape[1])[column])
        return self.sum_up([(i, j, channel, float(image[i, j, channel])) for i, j in places])

    @staticmethod
    @abstractmethod
    def sum_up(pixels: list[tuple[int, int, int, float]]) -> Arithmetic:
        """The one number kept of `pixels`, each (row, column, channel, value)."""

    def caption(self) -> str:
        return f"to {words.times(self.output_size)}"

    def placing(self, inputs: Shapes) -> str:
        """How large the windows are, in a sentence or two."""
        height, width, channels = inputs[0]
        rows, columns = ({len(one) for one in self._seen(axis, inputs[0][axis])} for axis in (0, 1))
        uneven = any(inputs[0][axis] % self.output_size[axis] for axis in (0, 1))
        return words.sentences(
            f"{height} × {width} places become {words.times(self.output_size)}, and all "
            f"{words.count(channels, 'channel')} stay: each window is {_range(rows)} high and {_range(columns)} wide.",
            "As they do not divide the map evenly, some windows overlap or differ in size." if uneven else "",
            "With another size of image the windows change and what leaves does not.",
        )


def _range(sizes: set[int]) -> str:
    low, high = min(sizes), max(sizes)
    return f"{low}" if low == high else f"{low} to {high}"
