"""A line chart: axes with round numbers, a light grid, lines, and their names beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.report.paper import Paper, Point, text_width

_LEFT: Final = 52
_RIGHT: Final = 16
_TOP: Final = 48
_BOTTOM: Final = 40


@dataclass(frozen=True)
class Series:
    """One line of a chart.

    Attributes:
        points: (x, y) pairs, x ascending; a y that is no finite number is a gap.
        marked: Index of a point that gets a dot, or None.
        faint: Whether it is drawn thin and pale, behind the others, and left out of the legend.
    """

    name: str
    colour: str
    points: tuple[Point, ...]
    marked: int | None = None
    faint: bool = False


@dataclass(frozen=True)
class Axis:
    """A range of values and where its lines stand.

    Attributes:
        percent: Whether 0.5 is written as "50 %".
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    percent: bool = False

    @classmethod
    def over(cls, values: Sequence[float], count: int = 5, *, percent: bool = False, whole: bool = False) -> Axis:
        """The axis that holds all values, from a round number to a round number.

        Args:
            count: How many ticks are wished for.
            percent: The values are shares, and the axis ends at 1 at most.
            whole: Ticks are whole numbers and the axis ends at the last value.
        """
        known = [one for one in values if math.isfinite(one)]
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        if high - low < 1e-12:
            reach = abs(high) * 0.1 or 1.0
            low, high = (low - reach, high + reach) if not whole else (low - 1, high + 1)
        step = round_step((high - low) / count)
        if whole:
            step = max(1.0, step)
            first = math.ceil(low / step - 1e-9)
            ticks = [number * step for number in range(first, math.floor(high / step + 1e-9) + 1)]
            return cls(low, high, tuple(ticks))
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        ticks = [number * step for number in range(first, last + 1)]
        return cls(ticks[0], ticks[-1], tuple(ticks), percent)

    def share(self, value: float) -> float:
        """Where a value stands, 0 at the low end and 1 at the high one."""
        return (value - self.low) / (self.high - self.low)

    def label(self, tick: float) -> str:
        """The tick in words, with as many digits as its step needs."""
        if self.percent:
            return f"{tick * 100:.{self._digits(100)}f} %"
        return f"{tick:.{self._digits(1)}f}"

    def _digits(self, factor: int) -> int:
        step = (self.ticks[1] - self.ticks[0]) * factor if len(self.ticks) > 1 else 1.0
        return max(0, -math.floor(math.log10(step) + 1e-9))


def round_step(width: float) -> float:
    """The nearest of 1, 2 and 5 times a power of ten that is no smaller than `width`."""
    power = 10.0 ** math.floor(math.log10(width))
    return power * next(one for one in (1, 2, 5, 10) if one * power >= width * (1 - 1e-9))


def draw_chart(
    paper: Paper,
    place: tuple[float, float, float, float],
    title: str,
    x: Axis,
    y: Axis,
    x_title: str,
    series: Sequence[Series],
) -> None:
    """Draw a chart into a part of the paper.

    Args:
        paper: Where.
        place: Left, top, width and height of the part, the axes' numbers and the title inside it.
        title: Stands above.
        x: The axis below.
        y: The axis on the left.
        x_title: What the axis below counts.
        series: The lines, the last one on top.
    """
    left, top, width, height = place
    inner = (left + _LEFT, top + _TOP, width - _LEFT - _RIGHT, height - _TOP - _BOTTOM)
    paper.text((inner[0], top + 14), title, 14)
    _draw_legend(paper, (left + width - _RIGHT, top + 14), [one for one in series if not one.faint])
    _draw_axes(paper, inner, x, y, x_title)
    for one in sorted(series, key=lambda one: not one.faint):
        _draw_series(paper, inner, x, y, one)


def _draw_axes(paper: Paper, inner: tuple[float, float, float, float], x: Axis, y: Axis, x_title: str) -> None:
    left, top, width, height = inner
    for tick in y.ticks:
        line = top + height * (1 - y.share(tick))
        paper.line([(left, line), (left + width, line)], paper.ink.grid, 1)
        paper.text((left - 8, line), y.label(tick), 11, paper.ink.secondary, "rm")
    bottom = top + height
    paper.line([(left, bottom), (left + width, bottom)], paper.ink.axis, 1)
    for tick in x.ticks:
        place = left + width * x.share(tick)
        paper.line([(place, bottom), (place, bottom + 4)], paper.ink.axis, 1)
        paper.text((place, bottom + 8), x.label(tick), 11, paper.ink.secondary, "mt")
    paper.text((left + width / 2, bottom + 24), x_title, 11, paper.ink.secondary, "mt")


def _draw_series(paper: Paper, inner: tuple[float, float, float, float], x: Axis, y: Axis, series: Series) -> None:
    left, top, width, height = inner

    def place(point: Point) -> Point:
        share = min(1.0, max(0.0, y.share(point[1])))
        return left + width * x.share(point[0]), top + height * (1 - share)

    part: list[Point] = []
    for point in (*series.points, (math.nan, math.nan)):
        if math.isfinite(point[1]):
            part.append(place(point))
            continue
        if len(part) > 1:
            paper.line(part, series.colour, 1 if series.faint else 2)
        elif part:
            paper.dot(part[0], 3, series.colour)
        part = []
    if series.marked is not None and math.isfinite(series.points[series.marked][1]):
        paper.dot(place(series.points[series.marked]), 4, series.colour)


def _draw_legend(paper: Paper, right: Point, series: Sequence[Series]) -> None:
    x, y = right
    for one in reversed(series):
        x -= text_width(one.name, 12)
        paper.text((x, y), one.name, 12, paper.ink.secondary)
        paper.line([(x - 22, y), (x - 8, y)], one.colour, 2.5)
        x -= 22 + 16
