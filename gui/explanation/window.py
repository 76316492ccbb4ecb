"""A window that slides: convolution and pooling, with its steps, gaps, padding, and the pixels left over."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from engine.errors import EngineError
from engine.geometry import Shape, Shapes, Window
from engine.layers import words as said
from engine.layers.base import LayerType
from gui.explanation import bend
from gui.explanation.canvas import Grid, figure, line_height, outlined, ruled, sample, shade, sheets, write
from gui.explanation.picture import ExplainingPicture
from gui.theme import colour, family_colour

_ENOUGH: Final = 9
"""So many rows or columns are drawn, where that shows all that happens at both edges."""
_BY_VALUE: Final = 40
"""At most so many places of the output are worked out with the layer's own arithmetic."""


def reduced(shape: Shape, window: Window) -> Shape:
    """A smaller image over which the windows stand at both edges just as over the whole one."""
    sides = []
    for axis in (0, 1):
        step, padding = window.strides[axis], window.before[axis] + window.after[axis]
        wanted = max(_ENOUGH, window.extent[axis] + 2 * step - padding)
        sides.append(shape[axis] - max(0, shape[axis] - wanted) // step * step)
    return (sides[0], sides[1], shape[2])


class WindowPicture(ExplainingPicture):
    """The input with its padding on the left, what leaves on the right, and the window at one place after another."""

    def __init__(self, type: LayerType, inputs: Shapes, window: Window) -> None:
        self._type = type
        self._window = window
        self._whole = inputs[0]
        self._leaves = type.output_shape(inputs)
        self._shape = reduced(inputs[0], window)
        self._places = window.places(self._shape)
        self._unused = window.unused(self._shape)
        self._values = self._worked_out()

    @property
    def frames(self) -> int:
        return max(1, self._places[0] * self._places[1])

    def _worked_out(self) -> np.ndarray | None:
        """What leaves, by the layer's own arithmetic on the sample, where it learns nothing; else None."""
        small = (*self._shape[:2], 1)
        if not self._window.per_channel or self._places[0] * self._places[1] > _BY_VALUE * 4:
            return None
        if self._type.weights((small,)) or self._type.faults((small,)) or max(self._window.size) > _ENOUGH:
            return None
        image = np.array([[[sample(row, column)] for column in range(small[1])] for row in range(small[0])])
        found = np.zeros(self._places)
        try:
            for row, column in np.ndindex(*self._places):
                found[row, column] = self._type.arithmetic(image, {}, (row, column, 0)).output
        except EngineError:
            return None
        return found

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        row, column = divmod(frame % self.frames, max(1, self._places[1]))
        head = line_height()
        body = room.adjusted(0.0, head + 8.0, 0.0, 0.0)
        left = QRectF(body.left(), body.top(), body.width() * 0.56, body.height())
        right = QRectF(body.left() + body.width() * 0.64, body.top(), body.width() * 0.34, body.height() * 0.66)
        write(painter, QRectF(left.left(), room.top(), left.width(), head), said.size(self._whole), role="text")
        write(
            painter,
            QRectF(right.left() - 6, room.top(), right.width() + 12, head),
            said.size(self._leaves),
            role="text",
        )
        grid = self._entering(painter, left)
        rows, columns = self._window.pixels(0, row), self._window.pixels(1, column)
        self._looked_at(painter, grid, rows, columns)
        leaving = self._leaving(painter, right, row, column)
        painter.setPen(QPen(colour("validation"), 1))
        seen, made = grid.span(rows, columns), leaving.place(row, column)
        painter.drawLine(seen.topRight(), made.topLeft())
        painter.drawLine(seen.bottomRight(), made.bottomLeft())
        below = QRectF(right.left(), right.bottom() + 8.0, right.width(), body.bottom() - right.bottom() - 8.0)
        bend.then(painter, below, self._type.last_activation())

    def _entering(self, painter: QPainter, room: QRectF) -> Grid:
        """Draw what enters, its padding around it; give the grid of its own pixels."""
        (above, before), (below, after) = self._window.before, self._window.after
        height, width, channels = self._shape
        whole = Grid.fitted(room, height + above + below, width + before + after)
        grid = Grid(whole.at + QPointF(before * whole.cell, above * whole.cell), whole.cell, height, width)
        if whole.rows > height or whole.columns > width:
            painter.fillRect(whole.rect, QBrush(colour("border_strong"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(colour("border_strong"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(whole.rect)
        sheets(painter, grid, channels - 1)
        painter.fillRect(grid.rect, colour("raised"))
        if not grid.fine:
            for row, column in itertools.product(range(height), range(width)):
                painter.fillRect(grid.place(row, column), shade(colour("text"), 0.05 + sample(row, column) / 40.0))
        self._left_over(painter, grid)
        ruled(painter, grid)
        if grid.readable:
            for row, column in itertools.product(range(height), range(width)):
                figure(painter, grid.place(row, column), sample(row, column), "secondary")
        return grid

    def _left_over(self, painter: QPainter, grid: Grid) -> None:
        """Cross out the rows and columns that no window reaches."""
        rows, columns = self._unused
        area = grid.rect
        cross = QBrush(colour("bad"), Qt.BrushStyle.BDiagPattern)
        if rows:
            painter.fillRect(
                QRectF(area.left(), area.bottom() - rows * grid.cell, area.width(), rows * grid.cell), cross
            )
        if columns:
            painter.fillRect(
                QRectF(area.right() - columns * grid.cell, area.top(), columns * grid.cell, area.height()), cross
            )

    def _looked_at(self, painter: QPainter, grid: Grid, rows: tuple[int, ...], columns: tuple[int, ...]) -> None:
        glaze = colour("validation")
        glaze.setAlphaF(0.42)
        if grid.fine:
            painter.fillRect(grid.span(rows, columns), glaze)
        else:
            for row, column in itertools.product(rows, columns):
                painter.fillRect(grid.place(row, column), glaze)
        if not self._window.per_channel and self._shape[2] > 1:
            shift = min(self._shape[2] - 1, 2) * 3.0
            outlined(painter, grid.span(rows, columns).translated(shift, -shift), width=0.8)
        outlined(painter, grid.span(rows, columns))

    def _leaving(self, painter: QPainter, room: QRectF, row: int, column: int) -> Grid:
        """Draw what leaves, as far as it is made by now."""
        grid = Grid.fitted(room, *self._places)
        sheets(painter, grid, self._leaves[-1] - 1)
        painter.fillRect(grid.rect, colour("raised"))
        family = family_colour(self._type.family)
        done = row * self._places[1] + column
        if not grid.fine:
            for number, (i, j) in enumerate(np.ndindex(*self._places)):
                if number > done:
                    break
                value = self._value(i, j)
                painter.fillRect(grid.place(i, j), shade(family, 0.18 + 0.6 * max(0.0, min(value / 9.0, 1.0))))
        ruled(painter, grid)
        if self._values is not None and grid.readable:
            for number, (i, j) in enumerate(np.ndindex(*self._places)):
                if number <= done:
                    figure(painter, grid.place(i, j), float(self._values[i, j]))
        outlined(painter, grid.place(row, column))
        return grid

    def _value(self, row: int, column: int) -> float:
        if self._values is not None:
            return float(self._values[row, column])
        rows, columns = self._window.pixels(0, row)[:8], self._window.pixels(1, column)[:8]
        inside = [
            sample(i, j) if 0 <= i < self._shape[0] and 0 <= j < self._shape[1] else 0.0
            for i, j in itertools.product(rows, columns)
        ]
        return sum(inside) / len(inside)

    def words(self) -> str:
        window = self._window
        size, steps = said.times(window.size), said.steps(window.strides)
        parts = [f"A window of {size} slides over {said.size(self._whole)} in {steps}"]
        if window.dilation != (1, 1):
            parts.append(f"its pixels {said.times(window.dilation)} apart")
        if any(window.before + window.after):
            parts.append(f"over a border of padding ({_border(window)})")
        which = "one channel at a time" if window.per_channel else "all channels at once"
        parts.append(f"and looks at {which}")
        text = f"{', '.join(parts)}. Each place makes one pixel of the {said.size(self._leaves)} that leave."
        if any(self._unused):
            rows, columns = self._unused
            lost = f"{said.count(rows, 'row')} at the bottom and {said.count(columns, 'column')} at the right"
            text += f" {lost} are left out."
        return text

    def note(self) -> str:
        if self._shape[:2] == self._whole[:2]:
            return ""
        drawn, whole = said.times(self._shape[:2]), said.times(self._whole[:2])
        return f"Drawn with {drawn} of {whole} pixels; the edges are as they are."


def _border(window: Window) -> str:
    (top, left), (bottom, right) = window.before, window.after
    return f"{top} above, {bottom} below, {left} left, {right} right"
