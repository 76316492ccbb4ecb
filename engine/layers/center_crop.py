"""CenterCrop: the middle of the image."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from engine import limits
from engine.geometry import Shape, Shapes
from engine.layers import words
from engine.layers.resampling import Resampling2D, Taps, cut_to_aspect, resized, shifted
from engine.parameters import Pair2, integer


@dataclass(frozen=True)
class CenterCrop(Resampling2D):
    """Cuts out the middle; an image that is too small is enlarged, without being distorted, until it is covered."""

    kind: ClassVar[str] = "CenterCrop"
    summary: ClassVar[str] = "Keeps the middle of the image and cuts off the rest."

    height: int = integer(24, minimum=1, maximum=limits.MAX_INPUT_SIDE, unit="px", help="Rows that are kept.")
    width: int = integer(24, minimum=1, maximum=limits.MAX_INPUT_SIDE, unit="px", help="Columns that are kept.")

    def sides(self, shape: Shape) -> Pair2:
        return (self.height, self.width)

    def _large_enough(self, shape: Shape) -> bool:
        return shape[0] >= self.height and shape[1] >= self.width

    def taps(self, axis: int, shape: Shape) -> tuple[Taps, ...]:
        length = self.sides(shape)[axis]
        if self._large_enough(shape):
            return shifted(shape[axis], (shape[axis] - length) // 2, length)
        first, kept = cut_to_aspect(shape, self.height, self.width)
        return resized(kept[axis], length, "bilinear", first[axis])

    def strides(self, shape: Shape) -> tuple[Fraction, Fraction]:
        if self._large_enough(shape):
            return (Fraction(1), Fraction(1))
        _, kept = cut_to_aspect(shape, self.height, self.width)
        return (Fraction(kept[0], self.height), Fraction(kept[1], self.width))

    def caption(self) -> str:
        return f"{self.height} × {self.width}"

    def explain(self, inputs: Shapes) -> str:
        shape = inputs[0]
        if self._large_enough(shape):
            return (
                f"Of {words.times(shape[:2])} places the {self.height} × {self.width} in the middle stay, and "
                f"{words.count(shape[0] - self.height, 'row')} and {words.count(shape[1] - self.width, 'column')} at "
                "the edges are cut off. What matters should be in the middle. It learns nothing."
            )
        _, kept = cut_to_aspect(shape, self.height, self.width)
        return (
            f"{words.times(shape[:2])} places are fewer than {self.height} × {self.width}, so the {words.times(kept)} "
            "in the middle are enlarged to that size. It learns nothing."
        )
