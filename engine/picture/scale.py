"""To what scale volumes are drawn: every length grows with the square root of the size it stands for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from engine.geometry import Shape

STATED: Final = (
    "Height and depth of a volume: rows and columns; thickness: channels. Height of a bar: numbers in a list. "
    "Lengths grow with the square root of these sizes; kernels and windows are on the scale of rows and columns."
)

_TALLEST: Final = 96.0
_THICKEST: Final = 46.0
_LONGEST: Final = 104.0
_LEAST: Final = 4.0
_BAR: Final = 7.0


@dataclass(frozen=True)
class Sides:
    """A volume on paper, before it is turned: to the right, down, and away from the eye."""

    thickness: float
    height: float
    depth: float


UNKNOWN: Final = Sides(16.0, 34.0, 16.0)
"""What stands where a fault leaves the shape unknown."""


@dataclass(frozen=True)
class Scale:
    """Points for the root of one row or column, of one channel, and of one number of a list."""

    side: float
    channel: float
    number: float

    @classmethod
    def of(cls, shapes: Iterable[Shape]) -> Scale:
        """The scale at which the largest of these just fits."""
        maps = [one for one in shapes if len(one) == 3]
        lists = [one for one in shapes if len(one) < 3]
        return cls(
            _TALLEST / math.sqrt(max((max(one[:2]) for one in maps), default=1)),
            _THICKEST / math.sqrt(max((max(one[2], 64) for one in maps), default=64)),
            _LONGEST / math.sqrt(max((max(one) for one in lists), default=1)),
        )

    def sides(self, shape: Shape | None) -> Sides:
        """How large a volume of this shape is drawn."""
        if shape is None:
            return UNKNOWN
        if len(shape) == 3:
            height, width, channels = shape
            return Sides(max(2.5, self.channel * math.sqrt(channels)), self.window(height), self.window(width))
        if len(shape) == 2:
            rows, features = (max(_LEAST, self.number * math.sqrt(one)) for one in shape)
            return Sides(_BAR, rows, features)
        return Sides(_BAR, max(_LEAST, self.number * math.sqrt(math.prod(shape))), _BAR)

    def window(self, side: int) -> float:
        """How long a side of so many rows or columns is drawn."""
        return max(_LEAST, self.side * math.sqrt(side))
