"""What the convolutions share: a small window of weights that slides over the maps and adds up products."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from engine import limits
from engine.geometry import Geometry, Shape, Shapes, Window, window
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
        ),
    )


class Convolution2D(LayerType):
    """A layer whose every output is a weighted sum of the pixels under one window.

    A subclass is a frozen dataclass that declares the settings named here and says in `kernel_of` which weights an
    output meets; the window, the refusals and the arithmetic follow.
    """

    family: ClassVar[Family] = Family.CONVOLUTION
    per_channel: ClassVar[bool] = False
    """Whether a channel of the output sees only one channel of the input."""

    kernel_size: Pair2
    strides: Pair2
    padding: str
    dilation_rate: Pair2
    activation: str
    use_bias: bool

    @abstractmethod
    def outputs(self, channels: int) -> int:
        """How many channels leave where `channels` enter."""

    @abstractmethod
    def kernel_of(self, weights: Mapping[str, Array], channels: int, output: int) -> tuple[int, Array]:
        """The weights that make channel `output` where `channels` enter.

        Returns:
            The first channel that they see, and float64 (height, width, channels seen).
        """

    def contradictions(self, channels: int) -> tuple[Fault, ...]:
        """Settings that do not go together where `channels` enter."""
        if max(self.strides) == 1 or max(self.dilation_rate) == 1:
            return ()
        return (
            Fault(
                f"Strides of {words.times(self.strides)} and a dilation rate of "
                f"{words.times(self.dilation_rate)} do not go together.",
                "Where one of the two is above 1, the other is 1.",
                "Set strides or dilation_rate back to 1.",
            ),
        )

    def window(self, shape: Shape) -> Window:
        """The window over maps of `shape`."""
        return window(shape, self.kernel_size, self.strides, self.padding, self.dilation_rate, self.per_channel)

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        (shape,) = inputs
        return (
            needs.maps(shape)
            or self.contradictions(shape[-1])
            or needs.room(shape, self.window(shape), "kernel_size")
            or needs.several(self.activation, (self.outputs(shape[-1]),))
        )

    def output_shape(self, inputs: Shapes) -> Shape:
        return (*self.window(inputs[0]).places(inputs[0]), self.outputs(inputs[0][-1]))

    def geometry(self, inputs: Shapes) -> Geometry:
        return self.window(inputs[0])

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        row, column, output = at
        seen = self.window(image.shape)
        rows, columns = seen.pixels(0, row), seen.pixels(1, column)
        patch, channels = _patch(image, rows, columns), image.shape[-1]
        first, kernel = self.kernel_of(weights, channels, output)
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
        # Softmax needs the sums of all channels, and no other activation does.
        wanted = range(self.outputs(channels)) if self.activation == "softmax" else (output,)
        sums = np.array([self._sum(patch, weights, one) for one in wanted])
        place = list(wanted).index(output)
        return Arithmetic(
            self.rule(),
            tuple(terms),
            tuple(float(one) for one in products.sum(axis=(0, 1))),
            float(weights["bias"][output]) if self.use_bias else 0.0,
            float(sums[place]),
            float(ACTIVATIONS[self.activation].formula(sums)[place]),
        )

    def rule(self) -> str:
        """How an output is made, in words."""
        return weighted_sum_rule(self.activation, self.use_bias)

    def _sum(self, patch: Array, weights: Mapping[str, Array], output: int) -> float:
        first, kernel = self.kernel_of(weights, patch.shape[-1], output)
        bias = float(weights["bias"][output]) if self.use_bias else 0.0
        return float(np.sum(patch[..., first : first + kernel.shape[-1]] * kernel)) + bias

    def last_activation(self) -> str:
        return self.activation

    def window_caption(self, *more: str) -> str:
        """The window and the activation for the card, with `more` said between them."""
        parts = [words.times(self.kernel_size)]
        if self.strides != (1, 1):
            parts.append(f"stride {words.times(self.strides)}")
        if self.dilation_rate != (1, 1):
            parts.append(f"dilation {words.times(self.dilation_rate)}")
        parts += [one for one in more if one]
        if self.padding == "same":
            parts.append("same")
        if self.activation != "linear":
            parts.append(ACTIVATIONS[self.activation].title)
        return ", ".join(parts)

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
