"""A tensor as it is: sheets of pixels, one for each channel. What the input of a network is explained by."""

from __future__ import annotations

import itertools
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from engine.geometry import Shape
from engine.layers import words as said
from engine.layers.base import LayerType
from gui.explanation.canvas import Grid, figure, line_height, outlined, ruled, sample, shade, write
from gui.explanation.picture import ExplainingPicture
from gui.theme import colour

_SIDE: Final = 8
_RGB: Final = ("#D14141", "#2B9A5B", "#2F6FDE")


class VolumePicture(ExplainingPicture):
    """The channels as sheets, and the values of one pixel."""

    def __init__(self, type: LayerType) -> None:
        self._whole = type.output_shape(())
        height, width, channels = self._whole
        largest = max(height, width)
        share = min(1.0, _SIDE / largest)
        self._shape: Shape = (max(1, round(height * share)), max(1, round(width * share)), channels)

    @property
    def frames(self) -> int:
        return self._shape[0] * self._shape[1]

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        head = line_height()
        rows, columns, channels = self._shape
        row, column = divmod(frame % self.frames, columns)
        write(painter, QRectF(room.left(), room.top(), room.width(), head), said.size(self._whole), role="text")
        area = QRectF(room.left(), room.top() + head + 4, room.width(), room.height() - 2 * head - 8)
        shift = 14.0 if channels > 1 else 0.0
        inner = area.adjusted(0, (channels - 1) * shift, -(channels - 1) * shift, 0)
        front = Grid.fitted(inner, rows, columns)
        for channel in reversed(range(channels)):
            grid = Grid(front.at + QPointF(channel * shift, -channel * shift), front.cell, rows, columns)
            base = QColor(_RGB[channel]) if channels == 3 else colour("text")
            for i, j in itertools.product(range(rows), range(columns)):
                painter.fillRect(grid.place(i, j), shade(base, 0.1 + sample(i, j, channel) / 13.0))
                if channel == 0:
                    figure(painter, grid.place(i, j), round(sample(i, j, channel) * 255 / 9))
            ruled(painter, grid)
            outlined(painter, grid.place(row, column))
        values = ", ".join(str(round(sample(row, column, one) * 255 / 9)) for one in range(channels))
        foot = QRectF(room.left(), room.bottom() - head, room.width(), head)
        write(painter, foot, f"this pixel: {values}")

    def words(self) -> str:
        height, width, channels = self._whole
        return (
            f"An image as {said.count(channels, 'sheet')} of {height} rows by {width} columns of pixels; "
            "each pixel has one value from 0 to 255 on each sheet."
        )

    def note(self) -> str:
        return (
            ""
            if self._shape == self._whole
            else f"Drawn with {said.times(self._shape[:2])} pixels, in its proportions."
        )
