"""What the layers share that make maps larger or smaller without learning: every output is a mean of a few pixels."""

from __future__ import annotations

import itertools
import math
from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from engine.geometry import Geometry, Lookup, Shape, Shapes
from engine.layers import needs, words
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Term
from engine.parameters import Pair2, choice

if TYPE_CHECKING:
    import keras

Taps = tuple[tuple[int, float], ...]
"""The rows or columns that one output row or column sees, each with its share."""


class Resampling2D(LayerType):
    """A layer that looks up its output in the pixels of the same channel. A subclass says which, for each axis."""

    family: ClassVar[Family] = Family.SHAPE

    @abstractmethod
    def sides(self, shape: Shape) -> Pair2:
        """Height and width of what leaves where `shape` enters."""

    @abstractmethod
    def taps(self, axis: int, shape: Shape) -> tuple[Taps, ...]:
        """For each row (axis 0) or column (axis 1) that leaves, those of the input that it is the mean of."""

    def strides(self, shape: Shape) -> tuple[Fraction, Fraction]:
        """Input pixels from one output pixel to the next, on average."""
        height, width = self.sides(shape)
        return (Fraction(shape[0], height), Fraction(shape[1], width))

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        return needs.maps(inputs[0])

    def output_shape(self, inputs: Shapes) -> Shape:
        return (*self.sides(inputs[0]), inputs[0][-1])

    def geometry(self, inputs: Shapes) -> Geometry:
        rows, columns = (
            tuple(tuple(place for place, _ in seen) for seen in self.taps(axis, inputs[0])) for axis in (0, 1)
        )
        return Lookup(rows, columns, self.strides(inputs[0]))

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return getattr(keras.layers, self.kind)(name=name, **self.values())

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        row, column, channel = at
        seen = itertools.product(self.taps(0, image.shape)[row], self.taps(1, image.shape)[column])
        terms = tuple(_term(image, i, j, channel, down * across) for (i, down), (j, across) in seen)
        result = math.fsum(one.product for one in terms)
        if len(terms) > 1:
            rule = f"the mean of {words.count(len(terms), 'pixel')}, the nearer the more"
        else:
            rule = "0, as it lies in the border" if terms[0].padding else "the same value"
        return Arithmetic(rule, terms, (), 0.0, result, result)


def _term(image: Array, row: int, column: int, channel: int, share: float) -> Term:
    inside = 0 <= row < image.shape[0] and 0 <= column < image.shape[1]
    value = float(image[row, column, channel]) if inside else 0.0
    return Term(row, column, channel, value, share, value * share, padding=not inside)


def interpolation(default: str) -> Any:
    """Declare how values between pixels are found."""
    return choice(
        default,
        choices=("nearest", "bilinear"),
        help="'nearest' takes the nearest pixel, which keeps edges hard; 'bilinear' blends the four around, smoothly.",
    )


def shifted(side: int, first: int, length: int) -> tuple[Taps, ...]:
    """The pixels from `first` on as they are; those outside of 0 to `side` are border."""
    return tuple(((place if 0 <= place < side else -1, 1.0),) for place in range(first, first + length))


def resized(side: int, length: int, interpolation: str, first: int = 0) -> tuple[Taps, ...]:
    """`side` pixels, of which the first is number `first`, stretched or shrunk to `length`.

    Pixels are squares and their values stand in the middle, as in TensorFlow's `image.resize`; nothing is smoothed
    before shrinking.
    """
    if side == length:
        return tuple(((first + place, 1.0),) for place in range(length))
    find = _nearest if interpolation == "nearest" else _blended
    return tuple(tuple((first + pixel, share) for pixel, share in find(side, length, one)) for one in range(length))


def _nearest(side: int, length: int, place: int) -> Taps:
    # In float32, as TensorFlow computes it: it decides between two pixels that are equally near.
    scale = np.float32(side) / np.float32(length)
    return ((min(int((np.float32(place) + np.float32(0.5)) * scale), side - 1), 1.0),)


def _blended(side: int, length: int, place: int) -> Taps:
    middle = Fraction(2 * place + 1, 2) * Fraction(side, length) - Fraction(1, 2)
    before = math.floor(middle)
    share = float(middle - before)
    if before < 0 or before + 1 >= side or share == 0.0:
        return ((max(0, min(before, side - 1)), 1.0),)
    return ((before, 1.0 - share), (before + 1, share))


def between(interpolation: str) -> str:
    """How values between pixels are found, in a sentence."""
    if interpolation == "nearest":
        return "Each place takes the value of the nearest pixel, so that edges stay hard."
    return "Each place blends the four pixels around it, the nearer the more, so that edges become soft."


def cut_to_aspect(shape: Shape, height: int, width: int) -> tuple[Pair2, Pair2]:
    """The first row and column, and the rows and columns, of the largest middle part of the aspect height : width.

    Source: Keras, `image.smart_resize`.
    """
    rows = max(1, min(shape[0], int(float(shape[1] * height) / width)))
    columns = max(1, min(shape[1], int(float(shape[0] * width) / height)))
    return ((shape[0] - rows) // 2, (shape[1] - columns) // 2), (rows, columns)
