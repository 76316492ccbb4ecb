"""Conv2DTranspose: every pixel paints a small window, so that maps grow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine import limits
from engine.geometry import Lookup, Shape, Shapes, same_padding
from engine.layers import convolution, learned, words
from engine.layers.activations import activated, activation
from engine.layers.base import Array, Fault, Weight
from engine.layers.constraints import constraint
from engine.layers.convolution import WeightedSum2D
from engine.layers.initializers import kernel_initializer, vector_initializer
from engine.layers.regularizers import regularizer
from engine.parameters import Pair2, choice, flag, pair

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Conv2DTranspose(WeightedSum2D):
    """The way back of a convolution: what a window gathered into one pixel, one pixel spreads over a window.

    Keras's `dilation_rate` is left out: TensorFlow refuses any but 1 on a processor.
    """

    kind: ClassVar[str] = "Conv2DTranspose"
    summary: ClassVar[str] = "Makes maps larger: every pixel paints a learned pattern; overlaps add up."
    outputs_by: ClassVar[str] = "filters"

    filters: int = convolution.filters()
    kernel_size: tuple[int, int] = pair(
        (3, 3),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="Height and width of what one pixel paints. A multiple of the strides paints all places alike often.",
    )
    strides: tuple[int, int] = pair(
        (1, 1),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="How far apart two neighbouring pixels paint. 2 doubles the height and width of the maps.",
    )
    padding: str = choice(
        "valid",
        choices=("valid", "same"),
        help="'same' cuts the maps to their size times the strides; 'valid' keeps all that was painted.",
    )
    activation: str = activation("linear")
    use_bias: bool = flag(True, help="Adds one learned number to each map.", advanced=True)
    output_padding: tuple[int, int] | None = pair(
        None,
        minimum=0,
        maximum=limits.MAX_WINDOW,
        unit="px",
        optional=True,
        none_text="automatic",
        help="Rows and columns added below and right, fewer than the strides: several sizes shrink to the same one, "
        "and this says which of them comes back.",
        advanced=True,
    )
    kernel_initializer: str = kernel_initializer()
    bias_initializer: str = vector_initializer("zeros", "the biases")
    kernel_regularizer: str | None = regularizer("the weights")
    bias_regularizer: str | None = regularizer("the biases")
    kernel_constraint: str | None = constraint("the weights", (0, 1, 3))
    bias_constraint: str | None = constraint("the biases", (0,))

    def outputs(self, channels: int) -> int:
        return self.filters

    def contradictions(self, shape: Shape) -> tuple[Fault, ...]:
        if self.output_padding is None or all(self._fits(axis, self.output_padding[axis]) for axis in (0, 1)):
            return ()
        return (
            Fault(
                f"An output padding of {words.times(self.output_padding)} does not go with strides of "
                f"{words.times(self.strides)} and a kernel of {words.times(self.kernel_size)}.",
                "It is less than the strides"
                + (", and with padding 'same' and an even kernel at least 1." if self.padding == "same" else "."),
                "Set output_padding to automatic.",
            ),
        )

    def _fits(self, axis: int, added: int) -> bool:
        size, stride = self.kernel_size[axis], self.strides[axis]
        return added < stride and (self.padding == "valid" or 1 <= size % 2 + added <= stride)

    def _painted(self, axis: int, places: int) -> int:
        """Rows or columns that leave where `places` enter: Keras's rule."""
        size, stride = self.kernel_size[axis], self.strides[axis]
        if self.output_padding is None:
            return places * stride if self.padding == "same" else (places - 1) * stride + max(size, stride)
        kept = size % 2 if self.padding == "same" else size
        return (places - 1) * stride + kept + self.output_padding[axis]

    def _taps(self, axis: int, places: int, place: int) -> list[tuple[int, int]]:
        """The pixels whose windows cover the output at `place`, each with the row or column of its window there."""
        size, stride = self.kernel_size[axis], self.strides[axis]
        cut = 0 if self.padding == "valid" else same_padding(self._painted(axis, places), size, stride)[0]
        reached = place + cut
        first = max(0, -(-(reached - size + 1) // stride))
        return [(one, reached - one * stride) for one in range(first, min(places - 1, reached // stride) + 1)]

    def seen(self, shape: Shape) -> Lookup:
        rows, columns = (
            tuple(
                tuple(pixel for pixel, _ in self._taps(axis, shape[axis], place))
                for place in range(self._painted(axis, shape[axis]))
            )
            for axis in (0, 1)
        )
        return Lookup(rows, columns, (Fraction(1, self.strides[0]), Fraction(1, self.strides[1])), per_channel=False)

    def output_shape(self, inputs: Shapes) -> Shape:
        height, width, _ = inputs[0]
        return (self._painted(0, height), self._painted(1, width), self.filters)

    def kernel_of(self, weights: Mapping[str, Array], shape: Shape, at: tuple[int, int, int]) -> tuple[int, Array]:
        rows, columns = ([tap for _, tap in self._taps(axis, shape[axis], at[axis])] for axis in (0, 1))
        return 0, weights["kernel"][rows][:, columns][:, :, at[2]].astype(np.float64)

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        kernel = Weight("kernel", (*self.kernel_size, self.filters, inputs[0][-1]))
        return (kernel, Weight("bias", (self.filters,))) if self.use_bias else (kernel,)

    def macs(self, inputs: Shapes) -> int:
        height, width = self.kernel_size
        rows, columns, channels = inputs[0]
        return rows * columns * channels * height * width * self.filters

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Conv2DTranspose(name=name, **learned.settings(self, seed))

    def caption(self) -> str:
        return f"{words.count(self.filters, 'filter')}, {self.window_caption()}"

    def explain(self, inputs: Shapes) -> str:
        height, width, channels = inputs[0]
        rows, columns, _ = self.output_shape(inputs)
        number = sum(int(np.prod(weight.shape)) for weight in self.weights(inputs))
        return words.sentences(
            f"Each place of the {height} × {width} maps paints {words.count(self.filters, 'pattern')} of "
            f"{words.times(self.kernel_size)}, as strongly as its {words.count(channels, 'channel')} say, "
            f"in {words.steps(self.strides)}; where patterns overlap they add up"
            f"{', and a bias is added' if self.use_bias else ', without a bias'}.",
            f"The maps grow to {rows} × {columns} places"
            + (
                ": what was painted beyond the edge is cut off."
                if self.padding == "same"
                else ", all that was painted."
            ),
            self._added(self.output_padding),
            activated(self.activation),
            self._unevenness(),
            f"It learns {words.count(number, 'number')}.",
            learned.beginnings(self, {"kernel": "the weights"} | learned.biases(self.use_bias)),
        )

    @staticmethod
    def _added(padding: Pair2 | None) -> str:
        if padding is None:
            return ""
        return f"An output padding of {words.times(padding)} decides the last rows and columns."

    def _unevenness(self) -> str:
        even = all(size % stride == 0 for size, stride in zip(self.kernel_size, self.strides, strict=True))
        return "" if even else "Some places are painted more often than others, which can show as a checkerboard."
