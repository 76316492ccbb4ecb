"""ConvBNActivation: the three layers that stand together in most modern networks, as one card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine import limits
from engine.geometry import Shapes
from engine.layers import learned, words
from engine.layers.activation import Activation
from engine.layers.activations import ACTIVATIONS, activation
from engine.layers.base import Family
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.block import Block, Child
from engine.layers.conv2d import Conv2D
from engine.layers.initializers import kernel_initializer
from engine.parameters import choice, integer, pair, real


@dataclass(frozen=True)
class ConvBNActivation(Block):
    """A convolution without bias, batch normalisation and an activation (Ioffe and Szegedy, 2015)."""

    kind: ClassVar[str] = "ConvBNActivation"
    family: ClassVar[Family] = Family.CONVOLUTION
    summary: ClassVar[str] = "Convolution, batch normalisation and activation in one card: learns faster and steadier."
    outputs_by: ClassVar[str] = "filters"

    filters: int = integer(
        32, minimum=1, maximum=limits.MAX_UNITS, help="How many patterns are learned; each gives one map."
    )
    kernel_size: tuple[int, int] = pair(
        (3, 3), minimum=1, maximum=limits.MAX_WINDOW, unit="px", help="Height and width of the window."
    )
    strides: tuple[int, int] = pair(
        (1, 1),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="How far the window moves at each step. 2 halves the height and width of the maps.",
    )
    padding: str = choice(
        "same",
        choices=("valid", "same"),
        help="'same' adds a border of zeros so that the maps keep their size; 'valid' adds none and they shrink.",
    )
    activation: str = activation("relu")
    momentum: float = real(
        0.99,
        minimum=0.0,
        maximum=1.0,
        help="How much of the remembered mean and deviation is kept at each step; lower it for short trainings.",
        advanced=True,
    )
    kernel_initializer: str = kernel_initializer()

    def children(self, inputs: Shapes) -> tuple[Child, ...]:
        # The normalisation takes the mean away, and any bias of the convolution with it.
        conv = Conv2D(
            self.filters,
            self.kernel_size,
            self.strides,
            self.padding,
            use_bias=False,
            kernel_initializer=self.kernel_initializer,
        )
        return (
            Child("conv", conv, ("",)),
            Child("bn", BatchNormalization(self.momentum), ("conv",)),
            Child("activation", Activation(self.activation), ("bn",)),
        )

    def last_activation(self) -> str:
        return self.activation

    def caption(self) -> str:
        parts = [words.count(self.filters, "filter"), words.times(self.kernel_size)]
        if self.strides != (1, 1):
            parts.append(f"stride {words.times(self.strides)}")
        if self.padding == "same":
            parts.append("same")
        parts.append(ACTIVATIONS[self.activation].title)
        return ", ".join(parts)

    def explain(self, inputs: Shapes) -> str:
        border = "with" if self.padding == "same" else "without"
        return (
            f"Three layers in one. {words.count(self.filters, 'filter')} of {words.times(self.kernel_size)}, "
            f"{border} a border of zeros, slide over the {words.times(inputs[0])} values in "
            f"{words.steps(self.strides)} and look for patterns; batch normalisation brings each map to a steady mean "
            f"and spread (it keeps {100 * self.momentum:g} % of what it remembers at each step); and "
            f"{ACTIVATIONS[self.activation].title} {ACTIVATIONS[self.activation].words}. The convolution has no bias "
            "of its own, as the normalisation would take it away. "
            + learned.beginnings(self, {"kernel": "its weights"})
        )
