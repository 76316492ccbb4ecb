"""MaxPooling2D: the largest value of each small window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.geometry import Shapes
from engine.layers import words
from engine.layers.base import Arithmetic
from engine.layers.pooling import Pooling2D, maximum


@dataclass(frozen=True)
class MaxPooling2D(Pooling2D):
    """Shrinks each map and keeps its strongest answers."""

    kind: ClassVar[str] = "MaxPooling2D"
    summary: ClassVar[str] = "Shrinks the maps: of each small window only the largest value stays."

    @staticmethod
    def sum_up(pixels: list[tuple[int, int, int, float]]) -> Arithmetic:
        return maximum(pixels)

    def explain(self, inputs: Shapes) -> str:
        return words.sentences(
            f"Of each window of {words.times(self.pool_size)} the largest value stays: "
            "whether a pattern was found counts, not exactly where.",
            self.placing(inputs),
            "Smaller maps are quicker, and the next layers see more of the image at once. It learns nothing.",
        )
