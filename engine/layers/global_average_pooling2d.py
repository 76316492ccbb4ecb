"""GlobalAveragePooling2D: the mean of each whole map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.geometry import Shapes
from engine.layers import words
from engine.layers.base import Arithmetic
from engine.layers.global_pooling import GlobalPooling2D
from engine.layers.pooling import mean


@dataclass(frozen=True)
class GlobalAveragePooling2D(GlobalPooling2D):
    """How much of each pattern the image holds, taken as a whole."""

    kind: ClassVar[str] = "GlobalAveragePooling2D"
    summary: ClassVar[str] = "Makes one number of each map, its mean: a lean way from maps to the final Dense layer."

    @staticmethod
    def sum_up(pixels: list[tuple[int, int, int, float]]) -> Arithmetic:
        return mean(pixels)

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        return True

    def explain(self, inputs: Shapes) -> str:
        height, width, channels = inputs[0]
        return (
            f"Each of the {words.count(channels, 'map')} of {height} × {width} becomes its mean: "
            f"how much of its pattern the whole image holds, wherever it is. {self.result(inputs)}"
        )
