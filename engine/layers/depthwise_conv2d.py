"""DepthwiseConv2D: small windows that look at one channel at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine.geometry import Shape, Shapes
from engine.layers import convolution, learned, words
from engine.layers.activations import activated, activation
from engine.layers.base import Array, Fault, Weight
from engine.layers.constraints import constraint
from engine.layers.convolution import Convolution2D
from engine.layers.initializers import kernel_initializer, vector_initializer
from engine.layers.regularizers import regularizer
from engine.parameters import flag

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class DepthwiseConv2D(Convolution2D):
    """A convolution that keeps the channels apart: each has its own windows, and nothing is added up across them."""

    kind: ClassVar[str] = "DepthwiseConv2D"
    summary: ClassVar[str] = "Looks for patterns in each channel by itself: a fraction of the weights of Conv2D."
    per_channel: ClassVar[bool] = True

    kernel_size: tuple[int, int] = convolution.kernel_size()
    strides: tuple[int, int] = convolution.strides()
    padding: str = convolution.padding()
    depth_multiplier: int = convolution.depth_multiplier()
    activation: str = activation("linear")
    use_bias: bool = flag(True, help="Adds one learned number to each map.", advanced=True)
    dilation_rate: tuple[int, int] = convolution.dilation_rate(strided=True)
    depthwise_initializer: str = kernel_initializer()
    bias_initializer: str = vector_initializer("zeros", "the biases")
    depthwise_regularizer: str | None = regularizer("the weights")
    bias_regularizer: str | None = regularizer("the biases")
    depthwise_constraint: str | None = constraint("the weights", (0, 1))
    bias_constraint: str | None = constraint("the biases", (0,))

    def contradictions(self, shape: Shape) -> tuple[Fault, ...]:
        return convolution.one_stride(self.strides, self.dilation_rate)

    def outputs(self, channels: int) -> int:
        return channels * self.depth_multiplier

    def kernel_of(self, weights: Mapping[str, Array], shape: Shape, at: tuple[int, int, int]) -> tuple[int, Array]:
        channel, pattern = divmod(at[2], self.depth_multiplier)
        return channel, weights["kernel"][..., channel : channel + 1, pattern].astype(np.float64)

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        channels = inputs[0][-1]
        kernel = Weight("kernel", (*self.kernel_size, channels, self.depth_multiplier))
        return (kernel, Weight("bias", (self.outputs(channels),))) if self.use_bias else (kernel,)

    def macs(self, inputs: Shapes) -> int:
        rows, columns, outputs = self.output_shape(inputs)
        height, width = self.kernel_size
        return rows * columns * outputs * height * width

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.DepthwiseConv2D(name=name, **learned.settings(self, seed))

    def caption(self) -> str:
        multiplier = f"{self.depth_multiplier} per channel" if self.depth_multiplier > 1 else ""
        return self.window_caption(multiplier)

    def explain(self, inputs: Shapes) -> str:
        height, width, channels = inputs[0]
        number = sum(int(np.prod(weight.shape)) for weight in self.weights(inputs))
        return words.sentences(
            f"Each of the {words.count(channels, 'channel')} is looked at by itself: "
            f"{words.count(self.depth_multiplier, 'window')} of {words.times(self.kernel_size)} for each slide over "
            f"its {height} × {width} map in {words.steps(self.strides)}, "
            f"which gives {words.count(self.outputs(channels), 'map')}.",
            self.bordering(inputs),
            f"At each place a window multiplies {words.times(self.kernel_size)} values of its channel with its weights "
            f"and adds them up{', plus a bias' if self.use_bias else ', without a bias'}.",
            activated(self.activation),
            f"It learns {words.count(number, 'number')}, far fewer than a Conv2D, but channels never meet in it: "
            "a Conv2D of 1 × 1 after it mixes them.",
            learned.beginnings(self, {"depthwise": "the weights"} | learned.biases(self.use_bias)),
        )
