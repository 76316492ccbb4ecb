"""What chance does in training: values before and after one step, drawn anew for every frame."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from engine.geometry import Shape, Shapes
from engine.layers import words as said
from engine.layers.base import LayerType
from gui.explanation.canvas import Grid, figure, line_height, ruled, sample, shade, write
from gui.explanation.picture import ExplainingPicture
from gui.theme import colour, family_colour

_MAPS: Final = 4
_SIDE: Final = 4
_NUMBERS: Final = 24
_COLUMNS: Final = 8


class ChancePicture(ExplainingPicture):
    """Above what enters, below what leaves in one training step; what became 0 is hatched."""

    def __init__(self, type: LayerType, inputs: Shapes) -> None:
        self._type = type
        self._whole = inputs[0]
        self._shape = _reduced(inputs[0])
        self._image = (
            np.array([1.0 + sample(*_place(at)) for at in np.ndindex(*self._shape)]).reshape(self._shape) / 10.0
        )

    @property
    def frames(self) -> int:
        return 12

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        head = line_height()
        after = self._drawn(frame)
        half = (room.height() - head) / 2
        names = ("what enters", f"training step {frame % self.frames + 1}")
        for number, (name, values) in enumerate(zip(names, (self._image, after), strict=True)):
            top = room.top() + number * (half + head / 2)
            write(painter, QRectF(room.left(), top, room.width(), head), name)
            self._row(painter, QRectF(room.left(), top + head, room.width(), half - head / 2 - 6.0), values)

    def _drawn(self, frame: int) -> np.ndarray:
        drawn = self._type.in_training(self._image, np.random.default_rng(1_000 + frame % self.frames))
        return self._image if drawn is None else drawn

    def _row(self, painter: QPainter, room: QRectF, values: np.ndarray) -> None:
        blocks = [values[..., one] for one in range(values.shape[-1])] if values.ndim == 3 else [_table(values)]
        width = room.width() / len(blocks)
        for number, block in enumerate(blocks):
            part = QRectF(room.left() + number * width + 3.0, room.top(), width - 6.0, room.height())
            grid = Grid.fitted(part, *block.shape, largest=24.0)
            painter.fillRect(grid.rect, colour("raised"))
            for row, column in itertools.product(range(grid.rows), range(grid.columns)):
                self._cell(painter, grid.place(row, column), float(block[row, column]))
            ruled(painter, grid)

    def _cell(self, painter: QPainter, area: QRectF, value: float) -> None:
        if value == 0.0:
            painter.fillRect(area, colour("window"))
            painter.setPen(colour("border_strong"))
            painter.drawLine(area.topLeft(), area.bottomRight())
            return
        base = family_colour(self._type.family) if value > 0 else colour("bad")
        painter.fillRect(area, shade(base, 0.12 + 0.4 * abs(value)))
        if area.width() >= 22:
            figure(painter, area, round(value, 1))

    def words(self) -> str:
        lost = float(np.mean([np.mean(self._drawn(one) == 0.0) for one in range(self.frames)]))
        change = float(np.mean([np.mean(np.abs(self._drawn(one) - self._image)) for one in range(self.frames)]))
        return (
            f"Values before and after one training step, drawn by chance anew each time. Over {self.frames} steps "
            f"{lost:.0%} of them became 0, and a value changed by {change:.2g} on average. "
            "At prediction nothing changes."
        )

    def note(self) -> str:
        return "" if self._shape == self._whole else f"Drawn with {said.size(self._shape)} of {said.size(self._whole)}."


def _reduced(shape: Shape) -> Shape:
    if len(shape) == 3:
        return (min(shape[0], _SIDE), min(shape[1], _SIDE), min(shape[2], _MAPS))
    if len(shape) == 2:
        return (min(shape[0], _SIDE), min(shape[1], _COLUMNS))
    return (min(shape[0], _NUMBERS),)


def _place(at: tuple[int, ...]) -> tuple[int, int, int]:
    row, column, channel = (*at, 0, 0)[:3]
    return row, column, channel


def _table(values: np.ndarray) -> np.ndarray:
    """A list in rows of eight; what is left of the last row is not drawn as a value."""
    if values.ndim == 2:
        return values
    columns = min(_COLUMNS, len(values))
    rows = len(values) // columns
    return values[: rows * columns].reshape(rows, columns)
