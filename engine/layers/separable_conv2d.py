"""SeparableConv2D: patterns within each channel first, then a mix of the channels."""

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
class SeparableConv2D(Convolution2D):
    """A depthwise convolution and a 1 × 1 convolution after it, without anything between them."""

    kind: ClassVar[str] = "SeparableConv2D"
    summary: ClassVar[str] = "Does nearly what Conv2D does in two cheap steps: each channel by itself, then a mix."
    outputs_by: ClassVar[str] = "filters"

    filters: int = convolution.filters()
    kernel_size: tuple[int, int] = convolution.kernel_size()
    strides: tuple[int, int] = convolution.strides()
    padding: str = convolution.padding()
    activation: str = activation("linear")
    use_bias: bool = flag(True, help="Adds one learned number to each map.", advanced=True)
    dilation_rate: tuple[int, int] = convolution.dilation_rate(strided=True)
    depth_multiplier: int = convolution.depth_multiplier()
    depthwise_initializer: str = kernel_initializer()
    pointwise_initializer: str = kernel_initializer()
    bias_initializer: str = vector_initializer("zeros", "the biases")
    depthwise_regularizer: str | None = regularizer("the weights of the windows")
    pointwise_regularizer: str | None = regularizer("the weights of the mix")
    bias_regularizer: str | None = regularizer("the biases")
    depthwise_constraint: str | None = constraint("the weights of the windows", (0, 1))
    pointwise_constraint: str | None = constraint("the weights of the mix", (0, 1, 2))
    bias_constraint: str | None = constraint("the biases", (0,))

    def contradictions(self, shape: Shape) -> tuple[Fault, ...]:
        return convolution.one_stride(self.strides, self.dilation_rate)

    def outputs(self, channels: int) -> int:
        return self.filters

    def kernel_of(self, weights: Mapping[str, Array], shape: Shape, at: tuple[int, int, int]) -> tuple[int, Array]:
        windows = weights["depthwise_kernel"].astype(np.float64)
        mix = weights["pointwise_kernel"][0, 0, :, at[2]].astype(np.float64).reshape(windows.shape[2:])
        return 0, (windows * mix).sum(axis=-1)

    def rule(self) -> str:
        return super().rule().replace("weight", "weight (its window's × its share in the mix)", 1)

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        channels = inputs[0][-1]
        kernels = (
            Weight("depthwise_kernel", (*self.kernel_size, channels, self.depth_multiplier)),
            Weight("pointwise_kernel", (1, 1, channels * self.depth_multiplier, self.filters)),
        )
        return (*kernels, Weight("bias", (self.filters,))) if self.use_bias else kernels

    def macs(self, inputs: Shapes) -> int:
        rows, columns, filters = self.output_shape(inputs)
        height, width = self.kernel_size
        return rows * columns * inputs[0][-1] * self.depth_multiplier * (height * width + filters)

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.SeparableConv2D(name=name, **learned.settings(self, seed))

    def caption(self) -> str:
        multiplier = f"{self.depth_multiplier} per channel" if self.depth_multiplier > 1 else ""
        return f"{words.count(self.filters, 'filter')}, {self.window_caption(multiplier)}"

    def explain(self, inputs: Shapes) -> str:
        height, width, channels = inputs[0]
        own, whole = (sum(int(np.prod(one.shape)) for one in self.weights(inputs)), self._in_one_step(channels))
        named = {"depthwise": "the weights of the windows", "pointwise": "the weights of the mix"}
        return words.sentences(
            f"First each of the {words.count(channels, 'channel')} is looked at by itself: "
            f"{words.count(self.depth_multiplier, 'window')} of {words.times(self.kernel_size)} for each slide over "
            f"its {height} × {width} map in {words.steps(self.strides)}.",
            self.bordering(inputs),
            f"Then {words.count(self.filters, 'filter')} mix the "
            f"{words.count(channels * self.depth_multiplier, 'map')} at each place"
            f"{', plus a bias' if self.use_bias else ', without a bias'}.",
            activated(self.activation),
            f"It learns {words.count(own, 'number')}; a Conv2D of this size would learn {whole:,}.",
            learned.beginnings(self, named | learned.biases(self.use_bias)),
        )

    def _in_one_step(self, channels: int) -> int:
        height, width = self.kernel_size
        return (height * width * channels + (1 if self.use_bias else 0)) * self.filters
