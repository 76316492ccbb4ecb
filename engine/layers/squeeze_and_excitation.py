"""SqueezeAndExcitation: weighs the maps against each other by what the whole image holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine import limits
from engine.geometry import Shapes
from engine.layers import blocks, words
from engine.layers.activations import ACTIVATIONS, activation
from engine.layers.block import Child
from engine.layers.blocks import Chain, MapBlock
from engine.layers.dense import Dense
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.initializers import kernel_initializer
from engine.layers.multiply import Multiply
from engine.parameters import choice, integer

_GATES = {"sigmoid": "a smooth step from 0 to 1", "hard_sigmoid": "a step from 0 to 1 made of straight lines"}


@dataclass(frozen=True)
class SqueezeAndExcitation(MapBlock):
    """Two small Dense layers decide from the mean of each map how much of it passes (Hu and others, 2017)."""

    kind: ClassVar[str] = "SqueezeAndExcitation"
    summary: ClassVar[str] = "Lets the network turn each map up or down by what it sees in the whole image."

    ratio: int = integer(
        16,
        minimum=1,
        maximum=limits.MAX_UNITS,
        help="How many times fewer numbers than maps there are in between. Lower learns more and costs more.",
    )
    activation: str = activation("relu")
    gate: str = choice(
        "sigmoid", choices=tuple(_GATES), help="The function that opens and closes the maps.", advanced=True
    )
    kernel_initializer: str = kernel_initializer()

    def _narrow(self, inputs: Shapes) -> int:
        return max(1, inputs[0][-1] // self.ratio)

    def children(self, inputs: Shapes) -> tuple[Child, ...]:
        chain = Chain()
        chain.then("squeeze", GlobalAveragePooling2D(keepdims=True))
        for name, units, bend in (
            ("reduce", self._narrow(inputs), self.activation),
            ("expand", inputs[0][-1], self.gate),
        ):
            chain.then(name, Dense(units=units, activation=bend, kernel_initializer=self.kernel_initializer))
        chain.then("scale", Multiply(), "", "expand")
        return tuple(chain.children)

    def caption(self) -> str:
        return f"ratio {self.ratio}, {ACTIVATIONS[self.activation].title}, {ACTIVATIONS[self.gate].title}"

    def explain(self, inputs: Shapes) -> str:
        channels = inputs[0][-1]
        return words.sentences(
            f"The mean of each of the {words.count(channels, 'map')} says how much of its pattern the image holds. "
            f"Two Dense layers, over {words.count(self._narrow(inputs), 'number')} in between ({channels} ÷ "
            f"{self.ratio}), make one factor of each, and every map is multiplied by its own.",
            "So a map that matters in this image grows against the others; their number and size stay.",
            f"In between {ACTIVATIONS[self.activation].title} {ACTIVATIONS[self.activation].words}, and the factor is "
            f"{_GATES[self.gate]}.",
            blocks.beginning(self),
        )
