"""Resizing: the image in another size."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from engine import limits
from engine.geometry import Shape, Shapes
from engine.layers import words
from engine.layers.base import Fault
from engine.layers.resampling import Resampling2D, Taps, between, cut_to_aspect, interpolation, resized
from engine.parameters import Pair2, flag, integer


@dataclass(frozen=True)
class Resizing(Resampling2D):
    """Stretches or shrinks maps to a fixed size."""

    kind: ClassVar[str] = "Resizing"
    summary: ClassVar[str] = "Stretches or shrinks the image to a fixed size."

    height: int = integer(32, minimum=1, maximum=limits.MAX_INPUT_SIDE, unit="px", help="Rows that leave.")
    width: int = integer(32, minimum=1, maximum=limits.MAX_INPUT_SIDE, unit="px", help="Columns that leave.")
    interpolation: str = interpolation("bilinear")
    crop_to_aspect_ratio: bool = flag(
        False, help="Cuts off two edges first where the shape differs, so that nothing is distorted.", advanced=True
    )
    pad_to_aspect_ratio: bool = flag(
        False, help="Adds black bars first where the shape differs, so that nothing is distorted.", advanced=True
    )

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        return super().faults(inputs) or self._contradiction()

    def _contradiction(self) -> tuple[Fault, ...]:
        if not (self.crop_to_aspect_ratio and self.pad_to_aspect_ratio):
            return ()
        return (
            Fault(
                "The edges are to be cut off and bars are to be added, both to keep the aspect ratio.",
                "At most one of the two is used.",
                "Switch crop_to_aspect_ratio or pad_to_aspect_ratio off.",
            ),
        )

    def sides(self, shape: Shape) -> Pair2:
        return (self.height, self.width)

    def _part(self, shape: Shape) -> tuple[Pair2, Pair2]:
        """The first row and column, and the rows and columns, of what is resized; bars lie outside the image."""
        if self.crop_to_aspect_ratio:
            return cut_to_aspect(shape, self.height, self.width)
        if not self.pad_to_aspect_ratio:
            return (0, 0), (shape[0], shape[1])
        wanted = (int(shape[1] * self.height / self.width), int(shape[0] * self.width / self.height))
        above, left = (max(0, wanted[axis] - shape[axis]) // 2 for axis in (0, 1))
        return (-above, -left), (shape[0] + 2 * above, shape[1] + 2 * left)

    def taps(self, axis: int, shape: Shape) -> tuple[Taps, ...]:
        first, part = self._part(shape)
        return resized(part[axis], self.sides(shape)[axis], self.interpolation, first[axis])

    def strides(self, shape: Shape) -> tuple[Fraction, Fraction]:
        _, part = self._part(shape)
        return (Fraction(part[0], self.height), Fraction(part[1], self.width))

    def caption(self) -> str:
        return f"{self.height} × {self.width}, {self.interpolation}"

    def explain(self, inputs: Shapes) -> str:
        _, part = self._part(inputs[0])
        before = ""
        if self.crop_to_aspect_ratio:
            before = f"First the edges are cut off down to {words.times(part)}, so that nothing is distorted."
        elif self.pad_to_aspect_ratio:
            before = f"First bars of zeros make it {words.times(part)}, so that nothing is distorted."
        return words.sentences(
            f"{words.times(inputs[0][:2])} places become {self.height} × {self.width}, in each of the "
            f"{words.count(inputs[0][-1], 'channel')}.",
            before,
            between(self.interpolation),
            "It learns nothing.",
        )
