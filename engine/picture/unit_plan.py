"""Where the stations of one unit stand on paper: its columns from left to right, its lanes from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.picture import labels
from engine.picture.lanes import Arrangement, arrange
from engine.picture.scale import Scale, Sides
from engine.picture.stations import Station, Unit
from engine.picture.volumes import Box

GAP: Final = 30.0
"""Between two columns, for what links them."""
PAD: Final = 12.0
"""Between a block's frame and what is in it."""
PLATE: Final = 3.2
PLATE_GAP: Final = 1.4
LABEL_GAP: Final = 3.0
_LANE_GAP: Final = 14.0


@dataclass(frozen=True)
class Lane:
    """One lane: the height of its middle, and how high its tallest volume and its longest label are."""

    axis: float
    tallest: float
    label: float

    @property
    def label_top(self) -> float:
        """Where its labels begin."""
        return self.axis + self.tallest / 2 + LABEL_GAP

    @property
    def bottom(self) -> float:
        """Its lowest point."""
        return self.label_top + self.label


@dataclass(frozen=True)
class UnitPlan:
    """A unit with its first lane at height 0 and its left edge at 0.

    Attributes:
        columns: Left and right of each.
        captions: The label of each station, by name.
    """

    arrangement: Arrangement
    columns: tuple[tuple[float, float], ...]
    lanes: tuple[Lane, ...]
    captions: dict[str, tuple[labels.Row, ...]]
    width: float

    def lane(self, name: str) -> Lane:
        """The lane in which a station stands; that of what enters is the first."""
        return self.lanes[self.arrangement.spots[name].lane]

    def middle(self, name: str) -> float:
        """The middle of a station's column."""
        left, right = self.columns[self.arrangement.spots[name].column]
        return (left + right) / 2

    def gap_before(self, name: str) -> float:
        """Where lines go up and down before a station's column."""
        return self.columns[self.arrangement.spots[name].column][0] - GAP / 2

    def gap_after(self, name: str) -> float:
        """Where they do so after it; before the first column for what enters."""
        column = self.arrangement.spots[name].column
        return self.columns[column][1] + GAP / 2 if column >= 0 else self.columns[0][0] - GAP / 2


def extent(station: Station, scale: Scale) -> Box:
    """A station's volume with its plates as one box, somewhere."""
    sides = scale.sides(station.shape)
    plates = (len(station.parts) - 1) * (PLATE + PLATE_GAP)
    return Box(0.0, 0.0, Sides(sides.thickness + plates, sides.height, sides.depth))


def plan(unit: Unit, scale: Scale) -> UnitPlan:
    """Where everything in a unit stands."""
    found = arrange([(one.name, one.inputs) for one in unit.stations])
    captions = {one.name: labels.rows(one) for one in unit.stations}
    widths = [0.0] * found.columns
    for one in unit.stations:
        column = found.spots[one.name].column
        widths[column] = max(widths[column], extent(one, scale).width + 8.0, labels.width(captions[one.name]))
    pad = PAD if unit.block is not None else 0.0
    columns, x = [], pad + GAP / 2
    for width in widths:
        columns.append((x, x + width))
        x += width + GAP
    lanes: list[Lane] = []
    for number in range(found.lanes):
        here = [one for one in unit.stations if found.spots[one.name].lane == number]
        tallest = max((extent(one, scale).height for one in here), default=10.0)
        axis = lanes[-1].bottom + _LANE_GAP + tallest / 2 if lanes else 0.0
        lanes.append(Lane(axis, tallest, max((labels.height(captions[one.name]) for one in here), default=0.0)))
    return UnitPlan(found, tuple(columns), tuple(lanes), captions, x - GAP / 2 + pad)
