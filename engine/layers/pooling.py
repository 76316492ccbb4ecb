"""What the two pooling layers share: a window that slides over each map and sums it up."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine import limits
from engine.geometry import Geometry, Shape, Shapes, Window, window
from engine.layers import needs, words
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Term
from engine.parameters import Pair2, choice, pair

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Pooling2D(LayerType):
    """A window over one map at a time that keeps one number of it. Padding pixels never count."""

    family: ClassVar[Family] = Family.POOLING

    pool_size: tuple[int, int] = pair(
        (2, 2),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="Height and width of the window. 2 × 2 halves the maps.",
    )
    strides: tuple[int, int] | None = pair(
        None,
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        optional=True,
        none_text="same as the window",
        help="How far the window moves at each step. As far as it is wide, unless set otherwise.",
    )
    padding: str = choice(
        "valid",
        choices=("valid", "same"),
        help="What happens at the edge: 'valid' leaves out rows and columns that fill no window, 'same' keeps them.",
    )

    @property
    def steps(self) -> Pair2:
        """The strides, whether given or taken from the window."""
        return self.strides or self.pool_size

    def _window(self, shape: Shape) -> Window:
        return window(shape, self.pool_size, self.steps, self.padding, per_channel=True)

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        (shape,) = inputs
        return needs.maps(shape) or needs.room(shape, self._window(shape), "pool_size")

    def output_shape(self, inputs: Shapes) -> Shape:
        return (*self._window(inputs[0]).places(inputs[0]), inputs[0][-1])

    def geometry(self, inputs: Shapes) -> Geometry:
        return self._window(inputs[0])

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return getattr(keras.layers, self.kind)(name=name, **self.values())

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        row, column, channel = at
        seen = self._window(image.shape)
        rows = [one for one in seen.pixels(0, row) if 0 <= one < image.shape[0]]
        columns = [one for one in seen.pixels(1, column) if 0 <= one < image.shape[1]]
        return self.sum_up([(i, j, channel, float(image[i, j, channel])) for i, j in itertools.product(rows, columns)])

    @staticmethod
    @abstractmethod
    def sum_up(pixels: list[tuple[int, int, int, float]]) -> Arithmetic:
        """The one number kept of `pixels`, each (row, column, channel, value)."""

    def caption(self) -> str:
        parts = [words.times(self.pool_size)]
        if self.steps != self.pool_size:
            parts.append(f"stride {words.times(self.steps)}")
        if self.padding == "same":
            parts.append("same")
        return ", ".join(parts)

    def placing(self, inputs: Shapes) -> str:
        """Where the windows stand and what size is left, in a sentence or two."""
        rows, columns, channels = self.output_shape(inputs)
        lost = self._window(inputs[0]).unused(inputs[0])
        parts = [
            f"The window moves in {words.steps(self.steps)}; {words.times(inputs[0][:2])} places become "
            f"{rows} × {columns}, and all {words.count(channels, 'channel')} stay."
        ]
        if any(lost):
            parts.append(f"{_lost(lost)} at the edge fill no window and are left out.")
        if self.padding == "same":
            parts.append("Windows that reach over the edge count only what lies inside.")
        return " ".join(parts)


def mean(pixels: list[tuple[int, int, int, float]]) -> Arithmetic:
    """The arithmetic of a mean."""
    share = 1.0 / len(pixels)
    terms = tuple(Term(row, column, channel, value, share, value * share) for row, column, channel, value in pixels)
    value = sum(one.input for one in terms) / len(terms)
    return Arithmetic(f"the mean of {words.count(len(terms), 'value')}", terms, (), 0.0, value, value)


def maximum(pixels: list[tuple[int, int, int, float]]) -> Arithmetic:
    """The arithmetic of a maximum; every candidate is a term with weight 1."""
    terms = tuple(Term(row, column, channel, value, 1.0, value) for row, column, channel, value in pixels)
    value = max(one.input for one in terms)
    return Arithmetic(f"the largest of {words.count(len(terms), 'value')}", terms, (), 0.0, value, value)


def _lost(lost: Pair2) -> str:
    rows, columns = lost
    parts = [words.count(rows, "row")] if rows else []
    if columns:
        parts.append(words.count(columns, "column"))
    return " and ".join(parts)
