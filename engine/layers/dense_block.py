"""DenseBlock: every layer inside sees what all the layers before it have found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine import limits
from engine.geometry import Shapes
from engine.layers import affine, blocks, words
from engine.layers.activations import ACTIVATIONS, activation
from engine.layers.block import Child
from engine.layers.blocks import Chain, MapBlock
from engine.layers.concatenate import Concatenate
from engine.layers.conv2d import Conv2D
from engine.layers.initializers import kernel_initializer
from engine.parameters import flag, integer

WIDTH = 4
"""How many times the growth rate the 1 × 1 convolution of a bottleneck gives."""


@dataclass(frozen=True)
class DenseBlock(MapBlock):
    """A block of a DenseNet (Huang and others, 2016): each layer adds a few maps to all those before."""

    kind: ClassVar[str] = "DenseBlock"
    summary: ClassVar[str] = "Each layer inside sees all that was found before it and adds a few maps of its own."

    layers: int = integer(4, minimum=1, maximum=64, help="How many layers add their maps.")
    growth_rate: int = integer(
        12, minimum=1, maximum=limits.MAX_UNITS, help="How many maps each layer adds. 12 to 48 is usual."
    )
    bottleneck: bool = flag(
        True,
        help="Lets 1 × 1 reduce the maps to four times the growth rate before each 3 × 3, which keeps the cost low.",
    )
    activation: str = activation("relu")
    momentum: float = blocks.momentum()
    epsilon: float = affine.epsilon()
    kernel_initializer: str = kernel_initializer()

    def _conv(self, filters: int, side: int) -> Conv2D:
        return Conv2D(
            filters=filters,
            kernel_size=(side, side),
            padding="same" if side > 1 else "valid",
            use_bias=False,
            kernel_initializer=self.kernel_initializer,
        )

    def children(self, inputs: Shapes) -> tuple[Child, ...]:
        chain = Chain()
        for number in range(1, self.layers + 1):
            before = chain.last
            if self.bottleneck:
                chain.normalised(f"{number}_narrow", self.momentum, self.epsilon, self.activation)
                chain.then(f"narrow{number}", self._conv(WIDTH * self.growth_rate, 1))
            chain.normalised(str(number), self.momentum, self.epsilon, self.activation)
            chain.then(f"conv{number}", self._conv(self.growth_rate, 3))
            chain.then(f"concatenate{number}", Concatenate(), before, chain.last)
        return tuple(chain.children)

    def caption(self) -> str:
        parts = [words.count(self.layers, "layer"), f"growth {self.growth_rate}"]
        if self.bottleneck:
            parts.append("bottleneck")
        return ", ".join([*parts, ACTIVATIONS[self.activation].title])

    def explain(self, inputs: Shapes) -> str:
        channels = inputs[0][-1]
        whole = channels + self.layers * self.growth_rate
        narrow = ""
        if self.bottleneck:
            narrow = f"Before each, 1 × 1 reduces what has gathered to {WIDTH * self.growth_rate} maps."
        return words.sentences(
            f"{words.count(self.layers, 'layer')} of 3 × 3 follow one another; each sees the "
            f"{words.count(channels, 'map')} that enter and all that was found since, and adds "
            f"{words.count(self.growth_rate, 'map')}, so that {whole:,} leave.",
            narrow,
            "Nothing found is ever lost, so each layer can be narrow, and errors reach every layer directly.",
            "Normalisation and activation stand before each convolution, which has no bias of its own.",
            blocks.normalising(self.momentum, self.epsilon, self.activation),
            blocks.beginning(self),
        )
