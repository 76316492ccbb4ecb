"""Pixels that are looked up: resizing, padding, cropping, and windows that paint instead of gather."""

from __future__ import annotations

import itertools
import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from engine.geometry import Lookup, Shapes
from engine.layers import words as said
from engine.layers.base import LayerType
from gui.explanation import bend
from gui.explanation.canvas import Grid, line_height, outlined, ruled, shade, write
from gui.explanation.picture import ExplainingPicture
from gui.theme import colour, family_colour

_PLACES: Final = 7
"""At most so many places down and across are visited."""
_PATCHES: Final = 28
"""An image is painted in at most so many patches down and across."""


class LookupPicture(ExplainingPicture):
    """The input on the left and what leaves on the right, to one scale; marked is what one place sees."""

    def __init__(self, type: LayerType, inputs: Shapes, lookup: Lookup) -> None:
        self._type = type
        self._lookup = lookup
        self._whole = inputs[0]
        self._leaves = type.output_shape(inputs)
        self._visited = tuple(_spread(len(axis), _PLACES) for axis in (lookup.rows, lookup.columns))

    @property
    def frames(self) -> int:
        return max(1, len(self._visited[0]) * len(self._visited[1]))

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        down, across = divmod(frame % self.frames, len(self._visited[1]))
        row, column = self._visited[0][down], self._visited[1][across]
        head, ends = line_height(), self._type.last_activation()
        foot = 44.0 if ends != "linear" else 0.0
        body = room.adjusted(0.0, head + 4.0, 0.0, -foot)
        (height, width), (tall, wide) = self._whole[:2], self._leaves[:2]
        gap = 30.0
        cell = min((body.width() - gap) / (width + wide), body.height() / max(height, tall), 22.0)
        middle = body.center().y()
        first = Grid(
            QPointF(body.center().x() - (width + wide) * cell / 2 - gap / 2, middle - height * cell / 2),
            cell,
            height,
            width,
        )
        second = Grid(QPointF(first.rect.right() + gap, middle - tall * cell / 2), cell, tall, wide)
        half = room.width() / 2
        write(painter, QRectF(room.left(), room.top(), half - 4, head), said.size(self._whole), role="text")
        write(painter, QRectF(room.left() + half + 4, room.top(), half - 4, head), said.size(self._leaves), role="text")
        self._entering(painter, first)
        self._leaving(painter, second)
        self._mark(painter, first, second, row, column)
        bend.then(painter, QRectF(room.left(), room.bottom() - foot + 4.0, room.width(), foot - 4.0), ends)

    def _entering(self, painter: QPainter, grid: Grid) -> None:
        painter.fillRect(grid.rect, colour("raised"))
        for area, (i, j) in _patches(grid):
            painter.fillRect(area, shade(colour("text"), 0.06 + 0.5 * self._pixel(i, j)))
        ruled(painter, grid)

    def _leaving(self, painter: QPainter, grid: Grid) -> None:
        painter.fillRect(grid.rect, colour("raised"))
        family = family_colour(self._type.family)
        for area, (i, j) in _patches(grid):
            rows, columns = self._seen(i, j)
            if rows and columns:
                values = [self._pixel(one, other) for one, other in itertools.product(rows[:4], columns[:4])]
                painter.fillRect(area, shade(family, 0.08 + 0.75 * sum(values) / len(values)))
            else:
                painter.fillRect(area, QBrush(colour("border_strong"), Qt.BrushStyle.BDiagPattern))
        ruled(painter, grid)

    def _mark(self, painter: QPainter, first: Grid, second: Grid, row: int, column: int) -> None:
        made = _at_least(second.place(row, column))
        rows, columns = self._seen(row, column)
        if rows and columns:
            glaze = QColor(colour("validation"))
            glaze.setAlphaF(0.45)
            seen = _at_least(first.span(rows, columns))
            if len(rows) * len(columns) <= 64 and not first.fine:
                for i, j in itertools.product(rows, columns):
                    painter.fillRect(first.place(i, j), glaze)
            else:
                painter.fillRect(seen, glaze)
            outlined(painter, seen)
            painter.setPen(QPen(colour("validation"), 1))
            painter.drawLine(seen.topRight(), made.topLeft())
            painter.drawLine(seen.bottomRight(), made.bottomLeft())
        outlined(painter, made)

    def _seen(self, row: int, column: int) -> tuple[list[int], list[int]]:
        """The pixels inside of the input that a place sees."""
        rows = [one for one in self._lookup.pixels(0, row) if 0 <= one < self._whole[0]]
        columns = [one for one in self._lookup.pixels(1, column) if 0 <= one < self._whole[1]]
        return rows, columns

    def _pixel(self, row: int, column: int) -> float:
        """The sample: a disc before a ground that brightens from left to right."""
        down, across = (row + 0.5) / self._whole[0], (column + 0.5) / self._whole[1]
        inside = math.hypot(down - 0.5, across - 0.45) < 0.3
        return 1.0 if inside else 0.1 + 0.5 * across * down

    def words(self) -> str:
        height, width = self._lookup.extent
        text = (
            f"{said.size(self._whole)} on the left become {said.size(self._leaves)} on the right. "
            f"Each place on the right is made of at most {said.times((height, width))} pixels on the left"
        )
        outside = not all(any(0 <= one < self._whole[0] for one in seen) for seen in self._lookup.rows)
        outside = outside or not all(any(0 <= one < self._whole[1] for one in seen) for seen in self._lookup.columns)
        return text + ("; those that see none are border." if outside else ".")

    def note(self) -> str:
        if max(*self._whole[:2], *self._leaves[:2]) <= _PATCHES:
            return ""
        return "Drawn to scale; the pixels themselves are finer than the patches."


def _at_least(area: QRectF, side: float = 3.0) -> QRectF:
    """The area, grown around its middle where it could not be seen."""
    grown = QRectF(area)
    grown.setSize(area.size().expandedTo(QRectF(0, 0, side, side).size()))
    grown.moveCenter(area.center())
    return grown


def _spread(count: int, most: int) -> tuple[int, ...]:
    """Numbers from 0 up to `count`, the first and the last among them, at most so many."""
    if count <= most:
        return tuple(range(count))
    return tuple(round(one * (count - 1) / (most - 1)) for one in range(most))


def _patches(grid: Grid) -> list[tuple[QRectF, tuple[int, int]]]:
    """The parts in which a grid is painted, each with the pixel in its middle."""
    down, across = min(grid.rows, _PATCHES), min(grid.columns, _PATCHES)
    area = grid.rect
    found = []
    for i, j in itertools.product(range(down), range(across)):
        top, left = i * area.height() / down, j * area.width() / across
        part = QRectF(area.left() + left, area.top() + top, area.width() / across + 0.5, area.height() / down + 0.5)
        found.append((part, (int((i + 0.5) * grid.rows / down), int((j + 0.5) * grid.columns / across))))
    return found
