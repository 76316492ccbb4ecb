"""Inception: windows of several sizes side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from engine import limits
from engine.geometry import Shapes
from engine.layers import blocks, words
from engine.layers.activations import ACTIVATIONS, activated, activation
from engine.layers.block import Child
from engine.layers.blocks import Chain, MapBlock
from engine.layers.concatenate import Concatenate
from engine.layers.conv2d import Conv2D
from engine.layers.initializers import kernel_initializer
from engine.layers.max_pooling2d import MaxPooling2D
from engine.parameters import integer


def _filters(default: int, help: str, label: str) -> Any:
    return integer(default, minimum=1, maximum=limits.MAX_UNITS, help=help, label=label)


@dataclass(frozen=True)
class Inception(MapBlock):
    """A block of GoogLeNet (Szegedy and others, 2014): four branches whose maps stand side by side in the end."""

    kind: ClassVar[str] = "Inception"
    summary: ClassVar[str] = "Looks with windows of 1 × 1, 3 × 3 and 5 × 5 at once, and lets the network choose."

    filters_1x1: int = _filters(64, "Filters of the branch that looks at single pixels.", "Filters 1 × 1")
    reduce_3x3: int = _filters(96, "To how many maps 1 × 1 reduces what enters the 3 × 3 convolution.", "Before 3 × 3")
    filters_3x3: int = _filters(128, "Filters of the 3 × 3 convolution.", "Filters 3 × 3")
    reduce_5x5: int = _filters(16, "To how many maps 1 × 1 reduces what enters the 5 × 5 convolution.", "Before 5 × 5")
    filters_5x5: int = _filters(32, "Filters of the 5 × 5 convolution.", "Filters 5 × 5")
    filters_pool: int = _filters(32, "Filters of 1 × 1 after the pooling branch.", "Filters after pooling")
    activation: str = activation("relu")
    kernel_initializer: str = kernel_initializer()

    def _conv(self, filters: int, side: int) -> Conv2D:
        return Conv2D(
            filters=filters,
            kernel_size=(side, side),
            padding="same" if side > 1 else "valid",
            activation=self.activation,
            kernel_initializer=self.kernel_initializer,
        )

    def children(self, inputs: Shapes) -> tuple[Child, ...]:
        chain = Chain()
        chain.then("conv1x1", self._conv(self.filters_1x1, 1))
        chain.then("reduce3x3", self._conv(self.reduce_3x3, 1), "")
        chain.then("conv3x3", self._conv(self.filters_3x3, 3))
        chain.then("reduce5x5", self._conv(self.reduce_5x5, 1), "")
        chain.then("conv5x5", self._conv(self.filters_5x5, 5))
        chain.then("pool", MaxPooling2D(pool_size=(3, 3), strides=(1, 1), padding="same"), "")
        chain.then("pool_conv", self._conv(self.filters_pool, 1))
        chain.then("concatenate", Concatenate(), "conv1x1", "conv3x3", "conv5x5", "pool_conv")
        return tuple(chain.children)

    @property
    def outputs(self) -> int:
        """How many maps leave."""
        return self.filters_1x1 + self.filters_3x3 + self.filters_5x5 + self.filters_pool

    def last_activation(self) -> str:
        return self.activation

    def caption(self) -> str:
        branches = " + ".join(map(str, (self.filters_1x1, self.filters_3x3, self.filters_5x5, self.filters_pool)))
        return f"{branches} filters, {ACTIVATIONS[self.activation].title}"

    def explain(self, inputs: Shapes) -> str:
        return words.sentences(
            f"Four branches look at the same {words.size(inputs[0])} values at once: 1 × 1 with {self.filters_1x1}, "
            f"3 × 3 with {self.filters_3x3} and 5 × 5 with {words.count(self.filters_5x5, 'filter')}, and the largest "
            f"value of each 3 × 3 followed by 1 × 1 with {self.filters_pool}.",
            f"Before the two larger windows 1 × 1 reduces what enters to {self.reduce_3x3} and "
            f"{words.count(self.reduce_5x5, 'map')}, which saves most of the work.",
            f"In the end all {words.count(self.outputs, 'map')} stand side by side, "
            "and the next layer takes what it needs.",
            activated(self.activation) or "Nothing is bent inside.",
            blocks.beginning(self),
        )

    def bends(self) -> bool:
        return True  # the pooling branch does in any case
