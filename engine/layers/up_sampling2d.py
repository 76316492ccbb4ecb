"""UpSampling2D: larger maps without learning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.geometry import Shape, Shapes
from engine.layers import words
from engine.layers.resampling import Resampling2D, Taps, between, interpolation, resized
from engine.parameters import Pair2, pair


@dataclass(frozen=True)
class UpSampling2D(Resampling2D):
    """Makes every pixel larger."""

    kind: ClassVar[str] = "UpSampling2D"
    summary: ClassVar[str] = "Makes the maps larger by repeating or blending their pixels; it learns nothing."

    size: tuple[int, int] = pair((2, 2), minimum=1, maximum=64, help="How many times as high and as wide maps become.")
    interpolation: str = interpolation("nearest")

    def sides(self, shape: Shape) -> Pair2:
        return (shape[0] * self.size[0], shape[1] * self.size[1])

    def taps(self, axis: int, shape: Shape) -> tuple[Taps, ...]:
        if self.interpolation == "nearest":
            return tuple(((place // self.size[axis], 1.0),) for place in range(self.sides(shape)[axis]))
        return resized(shape[axis], self.sides(shape)[axis], self.interpolation)

    def caption(self) -> str:
        return f"{words.times(self.size)} times, {self.interpolation}"

    def explain(self, inputs: Shapes) -> str:
        height, width, channels = inputs[0]
        return words.sentences(
            f"Each of the {words.count(channels, 'map')} becomes {self.size[0]} times as high and {self.size[1]} times "
            f"as wide: {height} × {width} places become {words.times(self.sides(inputs[0]))}.",
            between(self.interpolation),
            "It learns nothing; a convolution after it can draw what is missing.",
        )
