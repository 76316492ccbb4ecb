"""AveragePooling2D: the mean of each small window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.geometry import Shapes
from engine.layers import words
from engine.layers.base import Arithmetic
from engine.layers.pooling import Pooling2D, mean


@dataclass(frozen=True)
class AveragePooling2D(Pooling2D):
    """Shrinks each map and keeps how strong its answers are on average."""

    kind: ClassVar[str] = "AveragePooling2D"
    summary: ClassVar[str] = "Shrinks the maps: each small window becomes its mean value."

    @staticmethod
    def sum_up(pixels: list[tuple[int, int, int, float]]) -> Arithmetic:
        return mean(pixels)

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        return True

    def explain(self, inputs: Shapes) -> str:
        return words.sentences(
            f"Each window of {words.times(self.pool_size)} becomes its mean value: "
            "a smoother and smaller map, in which weak answers count too.",
            self.placing(inputs),
            "It learns nothing.",
        )
