"""InvertedResidual: the block of MobileNetV2, wide inside and narrow at both ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine import limits
from engine.geometry import Shapes
from engine.layers import affine, blocks, words
from engine.layers.activations import ACTIVATIONS, activation
from engine.layers.add import Add
from engine.layers.block import Child
from engine.layers.blocks import Chain, MapBlock
from engine.layers.conv2d import Conv2D
from engine.layers.depthwise_conv2d import DepthwiseConv2D
from engine.layers.initializers import kernel_initializer
from engine.parameters import integer, pair


@dataclass(frozen=True)
class InvertedResidual(MapBlock):
    """Expansion, a window over each map by itself, and projection (Sandler and others, 2018)."""

    kind: ClassVar[str] = "InvertedResidual"
    summary: ClassVar[str] = "The lean block of MobileNetV2: much seen with few weights, for small computers."

    filters: int = integer(
        16, minimum=1, maximum=limits.MAX_UNITS, help="How many maps leave. Where as many enter, a shortcut is added."
    )
    expansion: int = integer(
        6,
        minimum=1,
        maximum=64,
        help="How many times as many maps there are inside as enter. With 1 there is no first convolution.",
    )
    kernel_size: tuple[int, int] = pair(
        (3, 3),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="Height and width of the window over each map inside.",
    )
    strides: tuple[int, int] = pair(
        (1, 1),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="How far the window moves at each step, as far down as right. 2 halves the height and width of the maps.",
    )
    activation: str = activation("relu6")
    momentum: float = blocks.momentum(0.999)
    epsilon: float = affine.epsilon()
    kernel_initializer: str = kernel_initializer()

    def skips(self, inputs: Shapes) -> bool:
        """Whether a shortcut leads around the block."""
        return self.strides == (1, 1) and inputs[0][-1] == self.filters

    def _conv(self, filters: int) -> Conv2D:
        return Conv2D(filters=filters, kernel_size=(1, 1), use_bias=False, kernel_initializer=self.kernel_initializer)

    def children(self, inputs: Shapes) -> tuple[Child, ...]:
        chain = Chain()
        if self.expansion > 1:
            chain.then("expand", self._conv(self.expansion * inputs[0][-1]))
            chain.normalised("_expand", self.momentum, self.epsilon, self.activation)
        # Keras pads by hand before a stride of 2 (`correct_pad`); "same" adds the very same zeros.
        depthwise = DepthwiseConv2D(
            kernel_size=self.kernel_size,
            strides=self.strides,
            padding="same",
            use_bias=False,
            depthwise_initializer=self.kernel_initializer,
        )
        chain.then("depthwise", depthwise)
        chain.normalised("_depthwise", self.momentum, self.epsilon, self.activation)
        chain.then("project", self._conv(self.filters))
        chain.normalised("_project", self.momentum, self.epsilon, "linear")
        if self.skips(inputs):
            chain.then("add", Add(), "", chain.last)
        return tuple(chain.children)

    def caption(self) -> str:
        parts = [words.count(self.filters, "filter"), f"expansion {self.expansion}", words.times(self.kernel_size)]
        if self.strides != (1, 1):
            parts.append(f"stride {words.times(self.strides)}")
        return ", ".join([*parts, ACTIVATIONS[self.activation].title])

    def explain(self, inputs: Shapes) -> str:
        channels = inputs[0][-1]
        wide = f"1 × 1 makes {words.count(self.expansion * channels, 'map')} of the {channels} that enter"
        begin = f"{wide}; then" if self.expansion > 1 else f"Nothing widens the {words.count(channels, 'map')};"
        around = "As many leave as enter, so a shortcut is added around it all"
        if not self.skips(inputs):
            around = "There is no shortcut, as the shape changes on the way"
        return words.sentences(
            f"{begin} a window of {words.times(self.kernel_size)} slides over each map by itself "
            f"{blocks.halving(self.strides)}; and 1 × 1 mixes them down to {words.count(self.filters, 'map')}, "
            "with nothing bent after it, as that would lose too much in so few.",
            f"{around}.",
            "Looking at each map by itself and mixing them later takes a fraction of a full convolution's weights.",
            blocks.normalising(self.momentum, self.epsilon, self.activation),
            blocks.beginning(self),
        )
