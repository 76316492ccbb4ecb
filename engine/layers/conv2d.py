"""Conv2D: small windows that slide over the image and look for patterns."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine import limits
from engine.geometry import Geometry, Shape, Shapes, Window, window
from engine.layers import initializers, needs, words
from engine.layers.activations import ACTIVATIONS, activated, activation, weighted_sum_rule
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Term, Weight
from engine.layers.initializers import kernel_initializer
from engine.parameters import choice, flag, integer, pair

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Conv2D(LayerType):
    """A convolution: every filter is one pattern, searched for at every place of the image."""

    kind: ClassVar[str] = "Conv2D"
    family: ClassVar[Family] = Family.CONVOLUTION
    summary: ClassVar[str] = "Slides small windows over the image; each filter learns one pattern and maps where it is."
    outputs_by: ClassVar[str] = "filters"

    filters: int = integer(
        32,
        minimum=1,
        maximum=limits.MAX_UNITS,
        help="How many patterns are learned; each gives one map. More see more, and cost more.",
    )
    kernel_size: tuple[int, int] = pair(
        (3, 3),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="Height and width of the window. 3 × 3 is usual; two of them in a row see as far as one of 5 × 5.",
    )
    strides: tuple[int, int] = pair(
        (1, 1),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="How far the window moves at each step. 2 halves the height and width of the maps.",
    )
    padding: str = choice(
        "valid",
        choices=("valid", "same"),
        help="'same' adds a border of zeros so that the maps keep their size; 'valid' adds none and they shrink.",
    )
    activation: str = activation("linear")
    use_bias: bool = flag(True, help="Adds one learned number to each map.", advanced=True)
    dilation_rate: tuple[int, int] = pair(
        (1, 1),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="Spreads the window out: 2 leaves a gap of one pixel between its pixels. Only with strides of 1.",
        advanced=True,
    )
    groups: int = integer(
        1,
        minimum=1,
        maximum=limits.MAX_UNITS,
        help="Splits channels and filters into groups that do not see each other. It must divide both.",
        advanced=True,
    )
    kernel_initializer: str = kernel_initializer()

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        (shape,) = inputs
        return (
            needs.maps(shape)
            or self._contradictions(shape[-1])
            or needs.room(shape, self._window(shape), "kernel_size")
            or needs.several(self.activation, (self.filters,))
        )

    def _contradictions(self, channels: int) -> tuple[Fault, ...]:
        found = []
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            found.append(
                Fault(
                    f"Strides of {words.times(self.strides)} and a dilation rate of "
                    f"{words.times(self.dilation_rate)} do not go together.",
                    "Where one of the two is above 1, the other is 1.",
                    "Set strides or dilation_rate back to 1.",
                )
            )
        if channels % self.groups or self.filters % self.groups:
            found.append(
                Fault(
                    f"{words.count(channels, 'channel')} and {words.count(self.filters, 'filter')} "
                    f"cannot be split into {self.groups} equal groups.",
                    "Groups divides the number of channels that enter and the number of filters.",
                    "Set groups to 1, or choose filters and groups that divide evenly.",
                )
            )
        return tuple(found)

    def _window(self, shape: Shape) -> Window:
        return window(shape, self.kernel_size, self.strides, self.padding, self.dilation_rate)

    def output_shape(self, inputs: Shapes) -> Shape:
        return (*self._window(inputs[0]).places(inputs[0]), self.filters)

    def geometry(self, inputs: Shapes) -> Geometry:
        return self._window(inputs[0])

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        kernel = Weight("kernel", (*self.kernel_size, inputs[0][-1] // self.groups, self.filters))
        return (kernel, Weight("bias", (self.filters,))) if self.use_bias else (kernel,)

    def macs(self, inputs: Shapes) -> int:
        rows, columns, filters = self.output_shape(inputs)
        height, width = self.kernel_size
        return rows * columns * filters * height * width * (inputs[0][-1] // self.groups)

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        settings = self.values() | {"kernel_initializer": initializers.initializer(self.kernel_initializer, seed)}
        return keras.layers.Conv2D(name=name, **settings)

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        row, column, filter = at
        seen = self._window(image.shape)
        rows, columns = seen.pixels(0, row), seen.pixels(1, column)
        patch = _patch(image, rows, columns)
        kernel = weights["kernel"].astype(np.float64)
        bias = weights["bias"].astype(np.float64) if self.use_bias else np.zeros(self.filters)
        channels = image.shape[-1] // self.groups
        first = filter // (self.filters // self.groups) * channels
        products = patch[..., first : first + channels] * kernel[..., filter]
        terms = [
            Term(
                rows[i],
                columns[j],
                first + k,
                float(patch[i, j, first + k]),
                float(kernel[i, j, k, filter]),
                float(products[i, j, k]),
                padding=not (0 <= rows[i] < image.shape[0] and 0 <= columns[j] < image.shape[1]),
            )
            for i, j, k in itertools.product(*map(range, products.shape))
        ]
        sums = self._sums(patch, kernel) + bias
        return Arithmetic(
            weighted_sum_rule(self.activation, self.use_bias),
            tuple(terms),
            tuple(float(one) for one in products.sum(axis=(0, 1))),
            float(bias[filter]),
            float(sums[filter]),
            float(ACTIVATIONS[self.activation].formula(sums)[filter]),
        )

    def _sums(self, patch: Array, kernel: Array) -> Array:
        """The weighted sums of all filters at one place; softmax needs them all."""
        parts = [
            np.tensordot(channels, filters, axes=3)
            for channels, filters in zip(
                np.split(patch, self.groups, axis=-1), np.split(kernel, self.groups, axis=-1), strict=True
            )
        ]
        return np.concatenate(parts)

    def last_activation(self) -> str:
        return self.activation

    def caption(self) -> str:
        parts = [words.count(self.filters, "filter"), words.times(self.kernel_size)]
        if self.strides != (1, 1):
            parts.append(f"stride {words.times(self.strides)}")
        if self.dilation_rate != (1, 1):
            parts.append(f"dilation {words.times(self.dilation_rate)}")
        if self.groups > 1:
            parts.append(words.count(self.groups, "group"))
        if self.padding == "same":
            parts.append("same")
        if self.activation != "linear":
            parts.append(ACTIVATIONS[self.activation].title)
        return ", ".join(parts)

    def explain(self, inputs: Shapes) -> str:
        height, width, channels = inputs[0]
        rows, columns, _ = self.output_shape(inputs)
        number = sum(int(np.prod(weight.shape)) for weight in self.weights(inputs))
        return words.sentences(
            f"{words.count(self.filters, 'filter')} of {words.times(self.kernel_size)} slide over the "
            f"{height} × {width} maps in {words.steps(self.strides)} and look at {self._reach(channels)}.",
            "Each filter is one pattern, such as an edge or a patch of colour; its map is bright where the pattern is.",
            self._spread(),
            f"{'A border of zeros is added' if self.padding == 'same' else 'No border is added'}, "
            f"so the maps have {rows} × {columns} places.",
            f"At each place a filter multiplies {words.times((*self.kernel_size, channels // self.groups))} values "
            f"with its weights and adds them up{', plus its bias' if self.use_bias else ', without a bias'}.",
            activated(self.activation),
            f"It learns {words.count(number, 'number')}; the weights begin as "
            f"{initializers.WORDS[self.kernel_initializer]}.",
        )

    def _reach(self, channels: int) -> str:
        if self.groups == 1:
            return words.count(channels, "channel")
        return f"{words.count(channels // self.groups, 'channel')} each, in {self.groups} groups that stay apart"

    def _spread(self) -> str:
        if self.dilation_rate == (1, 1):
            return ""
        return f"The window is spread out by {words.times(self.dilation_rate)}: it sees further with the same weights."


def _patch(image: Array, rows: tuple[int, ...], columns: tuple[int, ...]) -> Array:
    """The pixels under a window as float64, zeros where it lies over padding."""
    patch = np.zeros((len(rows), len(columns), image.shape[-1]))
    for (i, row), (j, column) in itertools.product(enumerate(rows), enumerate(columns)):
        if 0 <= row < image.shape[0] and 0 <= column < image.shape[1]:
            patch[i, j] = image[row, column]
    return patch
