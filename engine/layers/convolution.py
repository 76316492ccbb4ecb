"""What the convolutions share: a small window of weights that slides over the maps and adds up products."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from engine import limits
from engine.geometry import Geometry, Lookup, Shape, Shapes, Window, window
from engine.layers import needs, words
from engine.layers.activations import ACTIVATIONS, weighted_sum_rule
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Term
from engine.parameters import Pair2, choice, integer, pair


def filters() -> Any:
    """Declare how many patterns are learned."""
    return integer(
        32,
        minimum=1,
        maximum=limits.MAX_UNITS,
        help="How many patterns are learned; each gives one map. More see more, and cost more.",
    )


def kernel_size() -> Any:
    """Declare the height and width of the window."""
    return pair(
        (3, 3),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="Height and width of the window. 3 × 3 is usual; two of them in a row see as far as one of 5 × 5.",
    )


def strides() -> Any:
    """Declare how far the window moves."""
    return pair(
        (1, 1),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="How far the window moves at each step. 2 halves the height and width of the maps.",
    )


def padding() -> Any:
    """Declare what happens at the edge."""
    return choice(
        "valid",
        choices=("valid", "same"),
        help="'same' adds a border of zeros so that the maps keep their size; 'valid' adds none and they shrink.",
    )


def dilation_rate(*, strided: bool = False) -> Any:
    """Declare how far the window is spread out; `strided` says whether that goes together with strides."""
    return pair(
        (1, 1),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="Spreads the window out: 2 leaves a gap of one pixel between its pixels."
        + ("" if strided else " Only with strides of 1."),
        advanced=True,
    )


def depth_multiplier() -> Any:
    """Declare how many maps are made of each channel."""
    return integer(
        1,
        minimum=1,
        maximum=limits.MAX_UNITS,
        help="How many patterns are learned for each channel that enters.",
        advanced=True,
    )


def one_of_the_two(strides: Pair2, dilation_rate: Pair2) -> tuple[Fault, ...]:
    """A fault where a window both leaps and is spread out."""
    if max(strides) == 1 or max(dilation_rate) == 1:
        return ()
    return (
        Fault(
            f"Strides of {words.times(strides)} and a dilation rate of {words.times(dilation_rate)} "
            "do not go together.",
            "Where one of the two is above 1, the other is 1.",
            "Set strides or dilation_rate back to 1.",
            ((("dilation_rate", (1, 1)),), (("strides", (1, 1)),)),
        ),
    )


def one_stride(strides: Pair2, dilation_rate: Pair2) -> tuple[Fault, ...]:
    """A fault where a window over single channels moves down and right by different steps.

    With a dilation Keras computes every place and keeps those of the steps, so that any steps go.
    """
    if strides[0] == strides[1] or max(dilation_rate) > 1:
        return ()
    return (
        Fault(
            f"Strides of {words.times(strides)} are different for rows and columns.",
            "A window that looks at one channel at a time moves as far down as it moves right.",
            f"Set strides to {words.times((max(strides), max(strides)))} or to 1 × 1.",
            ((("strides", (max(strides), max(strides))),), (("strides", (1, 1)),)),
        ),
    )


class WeightedSum2D(LayerType):
    """A layer whose every output is a weighted sum of some pixels.

    A subclass is a frozen dataclass that declares the settings named here and says which pixels an output sees and
    which weights it meets; the arithmetic follows.
    """

    family: ClassVar[Family] = Family.CONVOLUTION

    kernel_size: Pair2
    strides: Pair2
    padding: str
    activation: str
    use_bias: bool

    @abstractmethod
    def outputs(self, channels: int) -> int:
        """How many channels leave where `channels` enter."""

    @abstractmethod
    def seen(self, shape: Shape) -> Window | Lookup:
        """The pixels that each output sees on maps of `shape`."""

    @abstractmethod
    def kernel_of(self, weights: Mapping[str, Array], shape: Shape, at: tuple[int, int, int]) -> tuple[int, Array]:
        """The weights that make the output at row, column and channel `at` from maps of `shape`.

        Returns:
            The first channel that they see, and float64 (rows seen, columns seen, channels seen).
        """

    def contradictions(self, shape: Shape) -> tuple[Fault, ...]:
        """Settings that do not go together on maps of `shape`."""
        return ()

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        (shape,) = inputs
        return (
            needs.maps(shape)
            or self.contradictions(shape)
            or needs.several(self.activation, (self.outputs(shape[-1]),))
        )

    def output_shape(self, inputs: Shapes) -> Shape:
        return (*self.seen(inputs[0]).places(inputs[0]), self.outputs(inputs[0][-1]))

    def geometry(self, inputs: Shapes) -> Geometry:
        return self.seen(inputs[0])

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        row, column, output = at
        seen = self.seen(image.shape)
        rows, columns = seen.pixels(0, row), seen.pixels(1, column)
        patch, bias = _patch(image, rows, columns), self._biases(weights, image.shape[-1])
        first, kernel = self.kernel_of(weights, image.shape, (row, column, output))
        products = patch[..., first : first + kernel.shape[-1]] * kernel
        terms = [
            Term(
                rows[i],
                columns[j],
                first + k,
                float(patch[i, j, first + k]),
                float(kernel[i, j, k]),
                float(products[i, j, k]),
                padding=not (0 <= rows[i] < image.shape[0] and 0 <= columns[j] < image.shape[1]),
            )
            for i, j, k in itertools.product(*map(range, products.shape))
        ]

        def total(channel: int) -> float:
            start, its = self.kernel_of(weights, image.shape, (row, column, channel))
            return float(np.sum(patch[..., start : start + its.shape[-1]] * its) + bias[channel])

        # Softmax needs the sums of all channels, and no other activation does.
        wanted = range(len(bias)) if ACTIVATIONS[self.activation].across else range(output, output + 1)
        sums = np.array([total(one) for one in wanted])
        return Arithmetic(
            self.rule(),
            tuple(terms),
            tuple(float(one) for one in products.sum(axis=(0, 1))),
            float(bias[output]),
            float(sums[wanted.index(output)]),
            float(ACTIVATIONS[self.activation].formula(sums)[wanted.index(output)]),
        )

    def _biases(self, weights: Mapping[str, Array], channels: int) -> Array:
        return weights["bias"].astype(np.float64) if self.use_bias else np.zeros(self.outputs(channels))

    def rule(self) -> str:
        """How an output is made, in words."""
        return weighted_sum_rule(self.activation, self.use_bias)

    def last_activation(self) -> str:
        return self.activation

    def window_caption(self, *more: str) -> str:
        """The window and the activation for the card, with `more` said between them."""
        parts = [words.times(self.kernel_size)]
        if self.strides != (1, 1):
            parts.append(f"stride {words.times(self.strides)}")
        parts += [one for one in more if one]
        if self.padding == "same":
            parts.append("same")
        if self.activation != "linear":
            parts.append(ACTIVATIONS[self.activation].title)
        return ", ".join(parts)


class Convolution2D(WeightedSum2D):
    """A weighted sum of the pixels under one window, which slides over the maps."""

    per_channel: ClassVar[bool] = False
    """Whether a channel of the output sees only one channel of the input."""

    dilation_rate: Pair2

    def seen(self, shape: Shape) -> Window:
        return window(shape, self.kernel_size, self.strides, self.padding, self.dilation_rate, self.per_channel)

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        found = super().faults(inputs)
        return found or needs.room(inputs[0], self.seen(inputs[0]), "kernel_size")

    def remarks(self, inputs: Shapes) -> tuple[Fault, ...]:
        # Windows that stand side by side have no middle to miss, and one that covers the map has no neighbours.
        even = [self.kernel_size[axis] % 2 == 0 and self.strides[axis] == 1 for axis in (0, 1)]
        if not any(even) or max(self.seen(inputs[0]).places(inputs[0])) == 1:
            return ()
        smaller, larger = (
            tuple(side + step * odd for side, odd in zip(self.kernel_size, even, strict=True)) for step in (-1, 1)
        )
        return (
            Fault(
                f"A window of {words.times(self.kernel_size)} has no pixel in its middle.",
                "With odd sides the window stands evenly around each pixel; with even ones the maps shift.",
                f"Set kernel_size to {words.times(larger)}.",
                ((("kernel_size", larger),), (("kernel_size", smaller),)),
            ),
        )

    def window_caption(self, *more: str) -> str:
        spread = f"dilation {words.times(self.dilation_rate)}" if self.dilation_rate != (1, 1) else ""
        return super().window_caption(spread, *more)

    def bordering(self, inputs: Shapes) -> str:
        """How far the window is spread, what is added at the edge and what size is left, in a sentence or two."""
        rows, columns, _ = self.output_shape(inputs)
        spread = (
            f"The window is spread out by {words.times(self.dilation_rate)}: it sees further with the same weights."
        )
        return words.sentences(
            spread if self.dilation_rate != (1, 1) else "",
            f"{'A border of zeros is added' if self.padding == 'same' else 'No border is added'}, "
            f"so the maps have {rows} × {columns} places.",
        )


def _patch(image: Array, rows: tuple[int, ...], columns: tuple[int, ...]) -> Array:
    """The pixels under a window as float64, zeros where it lies over padding."""
    patch = np.zeros((len(rows), len(columns), image.shape[-1]))
    for (i, row), (j, column) in itertools.product(enumerate(rows), enumerate(columns)):
        if 0 <= row < image.shape[0] and 0 <= column < image.shape[1]:
            patch[i, j] = image[row, column]
    return patch
