"""Residual: convolutions with a shortcut around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine import limits
from engine.geometry import Shapes
from engine.layers import affine, blocks, words
from engine.layers.activations import ACTIVATIONS, activation
from engine.layers.add import Add
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.block import Child
from engine.layers.blocks import Chain, MapBlock
from engine.layers.conv2d import Conv2D
from engine.layers.initializers import kernel_initializer
from engine.parameters import Pair2, choice, flag, integer, pair

EXPANSION = 4
"""How many times as many maps leave a bottleneck as its narrow part has."""


@dataclass(frozen=True)
class Residual(MapBlock):
    """A block of a ResNet (He and others, 2015 and 2016); `bottleneck` with biases is that of Keras's ResNet-50."""

    kind: ClassVar[str] = "Residual"
    summary: ClassVar[str] = "Convolutions with a shortcut around them, so that very deep networks can learn."

    filters: int = integer(
        64,
        minimum=1,
        maximum=limits.MAX_UNITS,
        help="Filters of the 3 × 3 convolutions. A bottleneck gives four times as many maps.",
    )
    variant: str = choice(
        "basic",
        choices=("basic", "bottleneck"),
        help="'basic' has two convolutions of 3 × 3. 'bottleneck' has one of 3 × 3 between two of 1 × 1 that make the "
        "maps few and many again: cheaper in wide networks.",
    )
    strides: tuple[int, int] = pair(
        (1, 1),
        minimum=1,
        maximum=limits.MAX_WINDOW,
        unit="px",
        help="Steps of the first convolution and of the shortcut. 2 halves the height and width of the maps.",
    )
    activation: str = activation("relu")
    preactivation: bool = flag(
        False,
        label="Pre-activation",
        help="Puts normalisation and activation before each convolution instead of after it, so that the shortcut "
        "stays free of both. Better in very deep networks.",
        advanced=True,
    )
    use_bias: bool = flag(
        False,
        help="Gives the convolutions a bias, as Keras's ResNet-50 does, although the normalisation takes it away.",
        advanced=True,
    )
    momentum: float = blocks.momentum()
    epsilon: float = affine.epsilon()
    kernel_initializer: str = kernel_initializer()

    @property
    def outputs(self) -> int:
        """How many maps leave."""
        return self.filters * (EXPANSION if self.variant == "bottleneck" else 1)

    def projects(self, inputs: Shapes) -> bool:
        """Whether the shortcut needs a convolution, because what leaves has another shape than what enters."""
        return self.strides != (1, 1) or inputs[0][-1] != self.outputs

    def _convolutions(self) -> list[Conv2D]:
        if self.variant == "basic":
            return [self._conv(self.filters, 3, self.strides), self._conv(self.filters, 3)]
        return [self._conv(self.filters, 1, self.strides), self._conv(self.filters, 3), self._conv(self.outputs, 1)]

    def _conv(self, filters: int, side: int, strides: Pair2 = (1, 1)) -> Conv2D:
        return Conv2D(
            filters=filters,
            kernel_size=(side, side),
            strides=strides,
            padding="same" if side > 1 else "valid",
            use_bias=self.use_bias,
            kernel_initializer=self.kernel_initializer,
        )

    def children(self, inputs: Shapes) -> tuple[Child, ...]:
        return self._bent_before(inputs) if self.preactivation else self._bent_after(inputs)

    def _bent_after(self, inputs: Shapes) -> tuple[Child, ...]:
        chain, convolutions = Chain(), self._convolutions()
        for number, conv in enumerate(convolutions, 1):
            chain.then(f"conv{number}", conv)
            bend = "linear" if number == len(convolutions) else self.activation  # the last is bent after the sum
            chain.normalised(str(number), self.momentum, self.epsilon, bend)
        inner, shortcut = chain.last, ""
        if self.projects(inputs):
            chain.then("shortcut", self._conv(self.outputs, 1, self.strides), "")
            chain.then("shortcut_bn", BatchNormalization(momentum=self.momentum, epsilon=self.epsilon))
            shortcut = chain.last
        chain.then("add", Add(), shortcut, inner)
        chain.bend("activation", self.activation)
        return tuple(chain.children)

    def _bent_before(self, inputs: Shapes) -> tuple[Child, ...]:
        chain = Chain()
        first = ""
        for number, conv in enumerate(self._convolutions(), 1):
            chain.normalised(str(number), self.momentum, self.epsilon, self.activation)
            first = first or chain.last
            chain.then(f"conv{number}", conv)
        inner, shortcut = chain.last, ""
        if self.projects(inputs):
            chain.then("shortcut", self._conv(self.outputs, 1, self.strides), first)
            shortcut = chain.last
        chain.then("add", Add(), shortcut, inner)
        return tuple(chain.children)

    def last_activation(self) -> str:
        return "linear" if self.preactivation else self.activation

    def caption(self) -> str:
        parts = [self.variant, words.count(self.filters, "filter")]
        if self.strides != (1, 1):
            parts.append(f"stride {words.times(self.strides)}")
        if self.preactivation:
            parts.append("pre-activation")
        return ", ".join([*parts, ACTIVATIONS[self.activation].title])

    def explain(self, inputs: Shapes) -> str:
        if self.variant == "basic":
            inside = f"two convolutions of 3 × 3 with {words.count(self.filters, 'filter')}"
        else:
            inside = (
                f"three convolutions: 1 × 1 down to {words.count(self.filters, 'map')}, 3 × 3, and 1 × 1 up to "
                f"{words.count(self.outputs, 'map')}"
            )
        order = "before" if self.preactivation else "after"
        around = "The shortcut passes them by unchanged"
        if self.projects(inputs):
            around = "As the shape changes on the way, the shortcut is a convolution of 1 × 1"
        return words.sentences(
            f"What enters ({words.size(inputs[0])}) goes two ways that are added up in the end: through {inside}, the "
            f"first {blocks.halving(self.strides)}; and along a shortcut.",
            f"{around}, so the convolutions learn only what has to change, and errors find a short way back.",
            f"Each convolution has normalisation and activation {order} it "
            f"and {'a' if self.use_bias else 'no'} bias of its own.",
            blocks.normalising(self.momentum, self.epsilon, self.activation),
            blocks.beginning(self),
        )
