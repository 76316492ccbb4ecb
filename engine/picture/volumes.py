"""Volumes seen from the front, a little from above and from the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.picture.look import Look, mixed
from engine.picture.scale import Sides
from engine.picture.shapes import Point, Polygon

_RIGHT: Final = 0.42
_UP: Final = 0.30
"""What one point of depth is on paper."""


@dataclass(frozen=True)
class Box:
    """A volume in its place.

    Attributes:
        x: Left edge of its front.
        axis: The height at which its middle stands.
    """

    x: float
    axis: float
    sides: Sides

    @property
    def rise(self) -> float:
        """How much higher its back stands than its front."""
        return _UP * self.sides.depth

    @property
    def width(self) -> float:
        """How wide it is on paper."""
        return self.sides.thickness + _RIGHT * self.sides.depth

    @property
    def height(self) -> float:
        """How high it is on paper."""
        return self.sides.height + self.rise

    @property
    def top(self) -> float:
        """Its highest point on paper."""
        return self.axis - self.height / 2

    @property
    def bottom(self) -> float:
        """Its lowest point on paper."""
        return self.axis + self.height / 2

    @property
    def entry(self) -> Point:
        """Where lines come in."""
        return (self.x, self.axis)

    @property
    def exit(self) -> Point:
        """Where lines leave: the middle of its right face."""
        return (self.x + self.sides.thickness + _RIGHT * self.sides.depth / 2, self.axis)

    def on_right(self, along: float, down: float) -> Point:
        """A point of its right face: shares of its depth, from the front, and of its height, from the top."""
        return (
            self.x + self.sides.thickness + along * _RIGHT * self.sides.depth,
            self.bottom - self.sides.height * (1.0 - down) - along * self.rise,
        )

    def patch(self, height: float, width: float) -> tuple[Point, ...]:
        """A window in the middle of its right face; `height` and `width` in points, no larger than the face."""
        tall, wide = min(1.0, height / self.sides.height), min(1.0, width / self.sides.depth)
        low, high, near, far = (1 - tall) / 2, (1 + tall) / 2, (1 - wide) / 2, (1 + wide) / 2
        corners = ((near, low), (far, low), (far, high), (near, high))
        return tuple(self.on_right(along, down) for along, down in corners)


def faces(box: Box, colour: str, look: Look, *, right: str = "", dashed: bool = False) -> tuple[Polygon, ...]:
    """The three faces that are seen, right, top and front; `right` is the colour of the right one where it differs."""
    sides, front = box.sides, box.bottom - box.sides.height
    near, far = box.x, box.x + box.sides.thickness
    away, up = _RIGHT * sides.depth, box.rise
    edge = mixed(colour, look.text, 0.72)
    shades = ((right or colour, 0.62), (colour, 0.24), (colour, 0.42))
    tints = ("", "", "") if dashed else tuple(look.faded(shade, share) for shade, share in shades)
    outlines = (
        ((far, front), (far + away, front - up), (far + away, box.bottom - up), (far, box.bottom)),
        ((near, front), (near + away, front - up), (far + away, front - up), (far, front)),
        ((near, front), (far, front), (far, box.bottom), (near, box.bottom)),
    )
    return tuple(Polygon(points, tint, edge, 0.7, dashed=dashed) for points, tint in zip(outlines, tints, strict=True))
