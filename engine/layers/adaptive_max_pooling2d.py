"""AdaptiveMaxPooling2D: maps of a fixed size, whatever size enters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.geometry import Shapes
from engine.layers import words
from engine.layers.adaptive_pooling import AdaptivePooling2D
from engine.layers.base import Arithmetic
from engine.layers.pooling import maximum


@dataclass(frozen=True)
class AdaptiveMaxPooling2D(AdaptivePooling2D):
    """Gives maps of a fixed size: each of their values is the largest of one part of the map."""

    kind: ClassVar[str] = "AdaptiveMaxPooling2D"
    summary: ClassVar[str] = "Shrinks maps of any size to a fixed size; of each part the largest value stays."

    @staticmethod
    def sum_up(pixels: list[tuple[int, int, int, float]]) -> Arithmetic:
        return maximum(pixels)

    def explain(self, inputs: Shapes) -> str:
        return words.sentences(
            "Of each part of the map the largest value stays.", self.placing(inputs), "It learns nothing."
        )
