"""Every value that leaves sees all that enter: a dense layer, a whole map that becomes one number, a softmax."""

from __future__ import annotations

import itertools
import math
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from engine.geometry import Full, Shapes
from engine.layers import words as said
from engine.layers.base import LayerType
from gui import theme as looks
from gui.explanation import bend
from gui.explanation.canvas import Grid, figure, line_height, outlined, ruled, sample, shade, sheets, write
from gui.explanation.picture import ExplainingPicture
from gui.theme import colour, family_colour

_DOTS: Final = 9
_SIDE: Final = 6
_BARS: Final = 5


class DensePicture(ExplainingPicture):
    """Two rows of dots; the lines of one that leaves at a time."""

    def __init__(self, type: LayerType, inputs: Shapes) -> None:
        self._type = type
        self._enter, self._leave = math.prod(inputs[0]), math.prod(type.output_shape(inputs))
        self._shown = min(self._enter, _DOTS), min(self._leave, _DOTS)

    @property
    def frames(self) -> int:
        return self._shown[1]

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        head, now = line_height(), frame % self.frames
        left = self._dots(
            QRectF(room.left() + 20.0, room.top() + head + 4, 10, room.height() - head - 8), self._shown[0]
        )
        x = room.left() + room.width() * 0.58
        right = self._dots(QRectF(x, room.top() + head + 4, 10, room.height() - head - 8), self._shown[1])
        write(painter, QRectF(room.left(), room.top(), 90, head), f"{self._enter:,}", role="text")
        write(painter, QRectF(x - 40.0, room.top(), 90, head), f"{self._leave:,}", role="text")
        painter.setPen(QPen(colour("border"), 1))
        for start, end in itertools.product(left, right):
            painter.drawLine(start, end)
        for number, start in enumerate(left):
            strength = 0.7 + 1.8 * sample(number, now) / 9.0
            painter.setPen(QPen(colour("validation"), strength))
            painter.drawLine(start, right[now])
        radius = min(6.0, room.height() / 28.0)
        painter.setPen(QPen(colour("surface"), 1))
        for number, spot in enumerate(left):
            painter.setBrush(shade(colour("text"), 0.25 + sample(number, 3) / 20.0))
            painter.drawEllipse(spot, radius, radius)
        for number, spot in enumerate(right):
            done = number <= now
            painter.setBrush(shade(family_colour(self._type.family), 0.85 if done else 0.2))
            painter.drawEllipse(spot, radius, radius)
        self._more(painter, left, self._enter, QPointF(-14.0, 0.0))
        self._more(painter, right, self._leave, QPointF(14.0, 0.0))
        rest = QRectF(x + 26.0, room.center().y() - 32.0, room.right() - x - 26.0, 64.0)
        bend.then(painter, rest, self._type.last_activation())

    @staticmethod
    def _dots(room: QRectF, count: int) -> list[QPointF]:
        step = min(room.height() / max(1, count), 24.0)
        top = room.center().y() - step * (count - 1) / 2
        return [QPointF(room.center().x(), top + step * number) for number in range(count)]

    @staticmethod
    def _more(painter: QPainter, dots: list[QPointF], whole: int, aside: QPointF) -> None:
        if whole > len(dots):
            spot = dots[-1] + aside
            write(painter, QRectF(spot.x() - 8, spot.y() - 8, 16, 16), "⋮", role="text")

    def words(self) -> str:
        return (
            f"Each of the {self._leave:,} numbers that leave is joined with every one of the {self._enter:,} that "
            f"enter by a line of its own: {said.count(self._enter * self._leave, 'line')}."
        )

    def note(self) -> str:
        if self._shown == (self._enter, self._leave):
            return ""
        return f"Drawn with {self._shown[0]} of {self._enter:,} and {self._shown[1]} of {self._leave:,}."


class WholeMapPicture(ExplainingPicture):
    """One map after the other, each becoming one number."""

    def __init__(self, type: LayerType, inputs: Shapes) -> None:
        self._type = type
        self._whole = inputs[0]
        self._leaves = type.output_shape(inputs)
        self._shape = (min(self._whole[0], _SIDE), min(self._whole[1], _SIDE), min(self._whole[-1], _SIDE))
        small = (*self._shape[:2], 1)
        known = not type.weights((small,)) and not type.faults((small,))
        self._numbers = [self._made(channel) if known else None for channel in range(self._shape[2])]

    def _image(self, channel: int) -> np.ndarray:
        rows, columns, _ = self._shape
        return np.array([[sample(row, column, channel) for column in range(columns)] for row in range(rows)])

    def _made(self, channel: int) -> float:
        at = (0,) * len(self._leaves)
        return self._type.arithmetic(self._image(channel)[..., None], {}, at).output

    @property
    def frames(self) -> int:
        return self._shape[2]

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        head, now = line_height(), frame % self.frames
        body = room.adjusted(0.0, head + 8.0, 0.0, 0.0)
        left = QRectF(body.left(), body.top(), body.width() * 0.56, body.height())
        right = QRectF(body.left() + body.width() * 0.68, body.top(), body.width() * 0.3, body.height())
        write(painter, QRectF(left.left(), room.top(), left.width(), head), said.size(self._whole), role="text")
        write(
            painter,
            QRectF(right.left() - 14, room.top(), right.width() + 18, head),
            said.size(self._leaves),
            role="text",
        )
        rows, columns, channels = self._shape
        grid = Grid.fitted(left, rows, columns)
        sheets(painter, grid, self._whole[-1] - 1)
        image = self._image(now)
        for row, column in itertools.product(range(rows), range(columns)):
            painter.fillRect(grid.place(row, column), shade(colour("validation"), 0.12 + image[row, column] / 22.0))
            figure(painter, grid.place(row, column), image[row, column])
        ruled(painter, grid)
        outlined(painter, grid.rect)
        made = Grid.fitted(right, channels, 1, largest=30.0)
        for channel in range(channels):
            area, number = made.place(channel, 0), self._numbers[channel]
            painter.fillRect(area, shade(family_colour(self._type.family), 0.3 if channel <= now else 0.0))
            if channel <= now and number is not None:
                figure(painter, area, number)
        ruled(painter, made)
        outlined(painter, made.place(now, 0))
        painter.setPen(QPen(colour("validation"), 1))
        painter.drawLine(grid.rect.topRight(), made.place(now, 0).topLeft())
        painter.drawLine(grid.rect.bottomRight(), made.place(now, 0).bottomLeft())

    def words(self) -> str:
        text = f"Each map of {said.times(self._whole[:-1])} becomes one number; {said.count(self._whole[-1], 'map')}"
        return f"{text} give {said.size(self._leaves)}."

    def note(self) -> str:
        return "" if self._shape == self._whole else f"Drawn with {said.size(self._shape)} of {said.size(self._whole)}."


class SharesPicture(ExplainingPicture):
    """Numbers as bars, and what becomes of them when they are seen together."""

    def __init__(self, type: LayerType, inputs: Shapes) -> None:
        self._type = type
        self._whole = inputs[0]
        self._count = min(self._whole[-1], _BARS)

    @property
    def frames(self) -> int:
        return 8

    def _numbers(self, frame: int) -> tuple[np.ndarray, np.ndarray]:
        shape = (*((1,) * (len(self._whole) - 1)), self._count)
        values = np.array([(sample(number, frame % self.frames) - 4.0) / 2.0 for number in range(self._count)])
        image = values.reshape(shape)
        first = (0,) * (len(shape) - 1)
        made = [self._type.arithmetic(image, {}, (*first, one)).output for one in range(self._count)]
        return values, np.array(made)

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        head, half = line_height(), room.width() / 2
        for number, values in enumerate(self._numbers(frame)):
            left = room.left() + number * half
            write(painter, QRectF(left, room.top(), half, head), ("enters", "leaves")[number])
            self._bars(painter, QRectF(left + 8, room.top() + head, half - 16, room.height() - head), values, number)

    def _bars(self, painter: QPainter, room: QRectF, values: np.ndarray, side: int) -> None:
        low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
        reach = max(high - low, 1e-9)
        head = line_height()
        plot = room.adjusted(0, head, 0, -head)
        step = plot.width() / len(values)
        zero = plot.bottom() - (0.0 - low) / reach * plot.height()
        for number, value in enumerate(values):
            top = plot.bottom() - (float(value) - low) / reach * plot.height()
            bar = QRectF(plot.left() + number * step + 2, min(top, zero), step - 4, abs(top - zero) + 1)
            painter.fillRect(bar, family_colour(self._type.family) if side else shade(colour("text"), 0.45))
            text = f"{value:.2f}" if side else f"{value:.1f}"
            below = bar.bottom() if value < 0 else bar.top() - head
            middle = QRectF(bar.center().x() - 20, below, 40, head)
            write(painter, middle, text.replace("-", "−"), role="text", size=looks.TEXT_SECONDARY - 2)
        painter.setPen(QPen(colour("border_strong"), 1))
        painter.drawLine(QPointF(plot.left(), zero), QPointF(plot.right(), zero))

    def words(self) -> str:
        before, after = self._numbers(0)
        pairs = ", ".join(f"{one:.2f} becomes {other:.2f}" for one, other in zip(before, after, strict=True))
        return f"Bars of {self._count} numbers that are seen together: {pairs}.".replace("-", "−")

    def note(self) -> str:
        return "" if self._count == self._whole[-1] else f"Drawn with {self._count} of {self._whole[-1]:,} numbers."


def full_picture(type: LayerType, inputs: Shapes, geometry: Full) -> ExplainingPicture:
    """The picture of a layer in which all sees all."""
    if geometry.per_channel and len(inputs[0]) == 3:
        return WholeMapPicture(type, inputs)
    if not type.weights(inputs) and type.output_shape(inputs) == inputs[0]:
        return SharesPicture(type, inputs)
    return DensePicture(type, inputs)
