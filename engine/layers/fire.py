"""Fire: the block of SqueezeNet, which squeezes the maps before it looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine import limits
from engine.geometry import Shapes
from engine.layers import blocks, words
from engine.layers.activations import ACTIVATIONS, activated, activation
from engine.layers.block import Child
from engine.layers.blocks import Chain, MapBlock
from engine.layers.concatenate import Concatenate
from engine.layers.conv2d import Conv2D
from engine.layers.initializers import kernel_initializer
from engine.parameters import integer


@dataclass(frozen=True)
class Fire(MapBlock):
    """A 1 × 1 convolution to few maps, then 1 × 1 and 3 × 3 side by side (Iandola and others, 2016)."""

    kind: ClassVar[str] = "Fire"
    summary: ClassVar[str] = "Squeezes the maps with 1 × 1, then looks with 1 × 1 and 3 × 3: good with few weights."

    squeeze: int = integer(
        16, minimum=1, maximum=limits.MAX_UNITS, help="To how many maps 1 × 1 squeezes what enters. Fewer cost less."
    )
    expand: int = integer(
        64,
        minimum=1,
        maximum=limits.MAX_UNITS,
        help="Filters of each of the two windows that follow; twice as many maps leave.",
    )
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
        chain.then("squeeze", self._conv(self.squeeze, 1))
        chain.then("expand1x1", self._conv(self.expand, 1))
        chain.then("expand3x3", self._conv(self.expand, 3), "squeeze")
        chain.then("concatenate", Concatenate(), "expand1x1", "expand3x3")
        return tuple(chain.children)

    def last_activation(self) -> str:
        return self.activation

    def caption(self) -> str:
        return f"{self.squeeze} → {2 * self.expand} filters, {ACTIVATIONS[self.activation].title}"

    def explain(self, inputs: Shapes) -> str:
        return words.sentences(
            f"1 × 1 squeezes the {words.count(inputs[0][-1], 'map')} that enter to {self.squeeze}. Then "
            f"{words.count(self.expand, 'filter')} of 1 × 1 and as many of 3 × 3 look at these side by side, "
            f"and {words.count(2 * self.expand, 'map')} leave.",
            "The large windows meet few maps, so the block needs a fraction of the weights of a full convolution.",
            activated(self.activation) or "Nothing is bent inside.",
            blocks.beginning(self),
        )
