"""GlobalMaxPooling2D: the largest value of each whole map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.geometry import Shapes
from engine.layers import words
from engine.layers.base import Arithmetic
from engine.layers.global_pooling import GlobalPooling2D
from engine.layers.pooling import maximum


@dataclass(frozen=True)
class GlobalMaxPooling2D(GlobalPooling2D):
    """Whether each pattern is anywhere in the image."""

    kind: ClassVar[str] = "GlobalMaxPooling2D"
    summary: ClassVar[str] = "Makes one number of each map, its largest: whether the pattern is anywhere in the image."

    @staticmethod
    def sum_up(pixels: list[tuple[int, int, int, float]]) -> Arithmetic:
        return maximum(pixels)

    def explain(self, inputs: Shapes) -> str:
        height, width, channels = inputs[0]
        return (
            f"Each of the {words.count(channels, 'map')} of {height} × {width} becomes its largest value: "
            f"the strongest answer to its pattern, wherever it is. {self.result(inputs)}"
        )
