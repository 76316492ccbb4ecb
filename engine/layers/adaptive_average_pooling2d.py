"""AdaptiveAveragePooling2D: maps of a fixed size, whatever size enters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.geometry import Shapes
from engine.layers import words
from engine.layers.adaptive_pooling import AdaptivePooling2D
from engine.layers.base import Arithmetic
from engine.layers.pooling import mean


@dataclass(frozen=True)
class AdaptiveAveragePooling2D(AdaptivePooling2D):
    """Gives maps of a fixed size: each of their values is the mean of one part of the map."""

    kind: ClassVar[str] = "AdaptiveAveragePooling2D"
    summary: ClassVar[str] = "Shrinks maps of any size to a fixed size by means."

    @staticmethod
    def sum_up(pixels: list[tuple[int, int, int, float]]) -> Arithmetic:
        return mean(pixels)

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        return True

    def explain(self, inputs: Shapes) -> str:
        return words.sentences(
            "Each part of the map becomes its mean value.", self.placing(inputs), "It learns nothing."
        )
