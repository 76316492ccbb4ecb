"""Conv2D: small windows that slide over the image and look for patterns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine import limits
from engine.geometry import Shape, Shapes
from engine.layers import convolution, learned, words
from engine.layers.activations import activated, activation
from engine.layers.base import Array, Fault, Weight
from engine.layers.constraints import constraint
from engine.layers.convolution import Convolution2D
from engine.layers.initializers import kernel_initializer, vector_initializer
from engine.layers.regularizers import regularizer
from engine.parameters import flag, integer

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Conv2D(Convolution2D):
    """A convolution: every filter is one pattern, searched for at every place of the image."""

    kind: ClassVar[str] = "Conv2D"
    summary: ClassVar[str] = "Slides small windows over the image; each filter learns one pattern and maps where it is."
    outputs_by: ClassVar[str] = "filters"

    filters: int = convolution.filters()
    kernel_size: tuple[int, int] = convolution.kernel_size()
    strides: tuple[int, int] = convolution.strides()
    padding: str = convolution.padding()
    activation: str = activation("linear")
    use_bias: bool = flag(True, help="Adds one learned number to each map.", advanced=True)
    dilation_rate: tuple[int, int] = convolution.dilation_rate()
    groups: int = integer(
        1,
        minimum=1,
        maximum=limits.MAX_UNITS,
        help="Splits channels and filters into groups that do not see each other. It must divide both.",
        advanced=True,
    )
    kernel_initializer: str = kernel_initializer()
    bias_initializer: str = vector_initializer("zeros", "the biases")
    kernel_regularizer: str | None = regularizer("the weights")
    bias_regularizer: str | None = regularizer("the biases")
    kernel_constraint: str | None = constraint("the weights", (0, 1, 2))
    bias_constraint: str | None = constraint("the biases", (0,))

    def contradictions(self, shape: Shape) -> tuple[Fault, ...]:
        found, channels = convolution.one_of_the_two(self.strides, self.dilation_rate), shape[-1]
        if channels % self.groups == 0 == self.filters % self.groups:
            return found
        return (
            *found,
            Fault(
                f"{words.count(channels, 'channel')} and {words.count(self.filters, 'filter')} "
                f"cannot be split into {self.groups} equal groups.",
                "Groups divides the number of channels that enter and the number of filters.",
                "Set groups to 1, or choose filters and groups that divide evenly.",
                ((("groups", 1),), (("groups", math.gcd(channels, self.filters, self.groups)),)),
            ),
        )

    def outputs(self, channels: int) -> int:
        return self.filters

    def kernel_of(self, weights: Mapping[str, Array], shape: Shape, at: tuple[int, int, int]) -> tuple[int, Array]:
        first = at[2] // (self.filters // self.groups) * (shape[-1] // self.groups)
        return first, weights["kernel"][..., at[2]].astype(np.float64)

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        kernel = Weight("kernel", (*self.kernel_size, inputs[0][-1] // self.groups, self.filters))
        return (kernel, Weight("bias", (self.filters,))) if self.use_bias else (kernel,)

    def macs(self, inputs: Shapes) -> int:
        rows, columns, filters = self.output_shape(inputs)
        height, width = self.kernel_size
        return rows * columns * filters * height * width * (inputs[0][-1] // self.groups)

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Conv2D(name=name, **learned.settings(self, seed))

    def caption(self) -> str:
        groups = words.count(self.groups, "group") if self.groups > 1 else ""
        return f"{words.count(self.filters, 'filter')}, {self.window_caption(groups)}"

    def explain(self, inputs: Shapes) -> str:
        height, width, channels = inputs[0]
        number = sum(int(np.prod(weight.shape)) for weight in self.weights(inputs))
        return words.sentences(
            f"{words.count(self.filters, 'filter')} of {words.times(self.kernel_size)} slide over the "
            f"{height} × {width} maps in {words.steps(self.strides)} and look at {self._reach(channels)}.",
            "Each filter is one pattern, such as an edge or a patch of colour; its map is bright where the pattern is.",
            self.bordering(inputs),
            f"At each place a filter multiplies {words.times((*self.kernel_size, channels // self.groups))} values "
            f"with its weights and adds them up{', plus its bias' if self.use_bias else ', without a bias'}.",
            activated(self.activation),
            f"It learns {words.count(number, 'number')}.",
            learned.beginnings(self, {"kernel": "the weights"} | learned.biases(self.use_bias)),
        )

    def _reach(self, channels: int) -> str:
        if self.groups == 1:
            return words.count(channels, "channel")
        return f"{words.count(channels // self.groups, 'channel')} each, in {self.groups} groups that stay apart"
