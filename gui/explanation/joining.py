"""Several inputs that become one: what stands at the same place is added, multiplied or put side by side."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from engine.geometry import Shapes
from engine.layers import words as said
from engine.layers.base import LayerType
from gui.explanation.canvas import Grid, figure, line_height, outlined, ruled, sample, shade, write
from gui.explanation.picture import ExplainingPicture
from gui.theme import RUNS, family_colour

_SIDE: Final = 3
_INPUTS: Final = 4
_CHANNELS: Final = 6


class JoiningPicture(ExplainingPicture):
    """The inputs above, what leaves below; for one place at a time, by the layer's own arithmetic."""

    def __init__(self, type: LayerType, inputs: Shapes) -> None:
        self._type = type
        self._inputs = inputs
        small = tuple(
            tuple(min(side, _SIDE if axis < len(one) - 1 else 2) for axis, side in enumerate(one)) for one in inputs
        )
        shapes = small[:_INPUTS] if not type.faults(small[:_INPUTS]) else small
        self._images = [_image(shape, number) for number, shape in enumerate(shapes)]
        self._made = type.output_shape(tuple(shapes))

    @property
    def frames(self) -> int:
        return int(np.prod(self._made))

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        head, half = line_height(), room.height() / 2
        at = tuple(int(one) for one in np.unravel_index(frame % self.frames, self._made))
        found = self._type.arithmetic_of(self._images, {}, at)
        marked = {(term.source, term.row, term.column, term.channel) for term in found.terms}
        sheets = [(number, one) for number, image in enumerate(self._images) for one in range(image.shape[-1])]
        width = room.width() / len(sheets)
        write(painter, QRectF(room.left(), room.top(), room.width(), head), f"{len(self._inputs)} inputs")
        for place, (number, channel) in enumerate(sheets):
            image = self._images[number]
            sheet = _sheet(image, channel)
            area = QRectF(room.left() + place * width + 2, room.top() + head, width - 4, half - head - 6)
            grid = Grid.fitted(area, *sheet.shape, largest=22.0)
            for row, column in itertools.product(range(grid.rows), range(grid.columns)):
                painter.fillRect(
                    grid.place(row, column), shade(QColor(RUNS[number % len(RUNS)]), 0.15 + sheet[row, column] / 18)
                )
                figure(painter, grid.place(row, column), sheet[row, column])
            ruled(painter, grid)
            for source, row, column, seen in marked:
                if (source, seen) == (number, channel):
                    outlined(painter, grid.place(row, column))
        write(
            painter,
            QRectF(room.left(), room.top() + half, room.width(), head),
            said.size(self._type.output_shape(self._inputs)),
        )
        self._leaving(painter, QRectF(room.left(), room.top() + half + head, room.width(), half - head), at)

    def _leaving(self, painter: QPainter, room: QRectF, at: tuple[int, ...]) -> None:
        channels = min(self._made[-1], _CHANNELS)
        width = room.width() / channels
        for channel in range(channels):
            rows, columns = (*self._made[:-1], 1, 1)[:2]
            grid = Grid.fitted(
                QRectF(room.left() + channel * width + 2, room.top(), width - 4, room.height()),
                rows,
                columns,
                largest=22.0,
            )
            for row, column in itertools.product(range(rows), range(columns)):
                index = (*(row, column)[: len(self._made) - 1], channel)
                value = self._type.arithmetic_of(self._images, {}, index).output
                painter.fillRect(
                    grid.place(row, column), shade(family_colour(self._type.family), 0.15 + min(value, 18) / 36)
                )
                figure(painter, grid.place(row, column), value)
                if index == at:
                    outlined(painter, grid.place(row, column))
            ruled(painter, grid)

    def words(self) -> str:
        sizes = " and ".join(said.size(one) for one in self._inputs)
        first = self._type.arithmetic_of(self._images, {}, (0,) * len(self._made))
        return f"{sizes} become {said.size(self._type.output_shape(self._inputs))}, by the rule: {first.rule}."


def _image(shape: tuple[int, ...], number: int) -> np.ndarray:
    places = [(*(*at[:-1], 0, 0)[:2], at[-1] + number) for at in np.ndindex(*shape)]
    return np.array([sample(row, column, channel) for row, column, channel in places]).reshape(shape)


def _sheet(image: np.ndarray, channel: int) -> np.ndarray:
    return np.array(image[..., channel]).reshape((*image.shape[:-1], 1, 1)[:2])
