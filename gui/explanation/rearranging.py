"""The same values at other places: in which order maps become a list, and what a reshape or a permutation moves."""

from __future__ import annotations

import itertools
import math
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from engine.geometry import Shape, Shapes
from engine.layers import words as said
from engine.layers.base import LayerType
from gui.explanation.canvas import Grid, figure, line_height, outlined, ruled, shade, write
from gui.explanation.picture import ExplainingPicture
from gui.theme import FAMILIES, colour

_SIDES: Final = ((3, 4, 2), (3, 4), (8,))
_FRAMES: Final = 24
_BANDS: Final = 24
_FINEST: Final = 600
"""More values than this are not drawn one by one."""
_CHANNELS: Final = ("convolution", "pooling", "normalisation", "activation", "regularisation", "dense")
"""Families whose colours tell channels apart here."""


class RearrangingPicture(ExplainingPicture):
    """Above what enters, below what leaves: the same numbers, one after the other taken to its new place."""

    def __init__(self, type: LayerType, inputs: Shapes) -> None:
        self._type = type
        self._whole = inputs[0]
        self._whole_leaves = type.output_shape(inputs)
        small = tuple(min(one, most) for one, most in zip(inputs[0], _SIDES[3 - len(inputs[0])], strict=True))
        fits = not type.faults((small,)) and len(type.output_shape((small,))) == len(self._whole_leaves)
        self._shape = small if fits else inputs[0]
        self._leaves = type.output_shape((self._shape,))
        # Only single values of it are read: no memory is touched for the others.
        self._image = np.zeros(self._shape)
        self._moves = [self._source(at) for at in _visited(self._leaves)]

    def _source(self, at: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        term = self._type.arithmetic(self._image, {}, at).terms[0]
        source = (term.row, term.column, term.channel)
        return at, {3: source, 2: (term.row, term.channel), 1: (term.channel,)}[len(self._shape)]

    @property
    def frames(self) -> int:
        return len(self._moves)

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        head, half = line_height(), room.height() / 2
        at, source = self._moves[frame % self.frames]
        spots = []
        for number, (shape, whole, marked) in enumerate(
            ((self._shape, self._whole, source), (self._leaves, self._whole_leaves, at))
        ):
            top = room.top() + number * half
            write(painter, QRectF(room.left(), top, room.width(), head), said.size(whole), role="text")
            area = QRectF(room.left(), top + head, room.width(), half - head - 8.0)
            spots.append(self._tensor(painter, area, shape, marked, leaving=bool(number)))
        painter.setPen(QPen(colour("validation"), 1.4))
        painter.drawLine(
            QPointF(spots[0].center().x(), spots[0].bottom()), QPointF(spots[1].center().x(), spots[1].top())
        )
        for spot in spots:
            outlined(painter, spot)

    def _tensor(
        self, painter: QPainter, room: QRectF, shape: Shape, marked: tuple[int, ...], *, leaving: bool
    ) -> QRectF:
        """Draw maps side by side, a table, or a list; give the place of the marked value."""
        rows, columns, channels = _as_maps(shape)
        single = math.prod(shape) <= _FINEST
        shown = min(channels, 6) if single else 1
        width = room.width() / shown
        row, column, channel = _spot(marked, shape)
        spot = QRectF()
        for number in range(shown):
            part = QRectF(room.left() + number * width + 3.0, room.top(), width - 6.0, room.height())
            grid = Grid.fitted(part, rows, columns, largest=24.0)
            if single:
                for i, j in itertools.product(range(rows), range(columns)):
                    self._cell(painter, grid.place(i, j), self._index(shape, i, j, number), leaving=leaving)
            else:
                self._bands(painter, grid)
            ruled(painter, grid)
            if number == min(channel, shown - 1):
                spot = grid.place(row, column)
        if not single:
            spot.setSize(spot.size().expandedTo(QRectF(0, 0, 4, 4).size()))
        return spot

    @staticmethod
    def _bands(painter: QPainter, grid: Grid) -> None:
        """Many values as bands, the first pale and the last strong."""
        bands, area = min(grid.rows, _BANDS), grid.rect
        high = area.height() / bands
        for band in range(bands):
            strength = 0.1 + 0.55 * band / bands
            place = QRectF(area.left(), area.top() + band * high, area.width(), high + 0.5)
            painter.fillRect(place, shade(QColor(FAMILIES[_CHANNELS[0]]), strength))

    @staticmethod
    def _index(shape: Shape, row: int, column: int, channel: int) -> tuple[int, ...] | None:
        at = {3: (row, column, channel), 2: (row, column), 1: (row * _list_columns(shape[0]) + column,)}[len(shape)]
        return at if all(one < side for one, side in zip(at, shape, strict=True)) else None

    def _cell(self, painter: QPainter, area: QRectF, at: tuple[int, ...] | None, *, leaving: bool) -> None:
        if at is None:
            painter.fillRect(area, colour("surface"))
            return
        source = self._source(at)[1] if leaving else at
        number = int(np.ravel_multi_index(source, self._shape))
        channel = source[-1] if len(source) == 3 else 0
        base = QColor(FAMILIES[_CHANNELS[channel % len(_CHANNELS)]])
        painter.fillRect(area, shade(base, 0.15 + 0.4 * number / max(1, self._image.size - 1)))
        figure(painter, area, number)

    def words(self) -> str:
        at, source = self._moves[min(1, len(self._moves) - 1)]
        return (
            f"The {said.size(self._whole)} that enter become {said.size(self._whole_leaves)}, the same values at other "
            f"places: place {_said(at)} takes the value of place {_said(source)}, counted from 0."
        )

    def note(self) -> str:
        if self._shape != self._whole:
            return f"Drawn with {said.size(self._shape)}, in the same order."
        return "" if math.prod(self._shape) <= _FINEST else "The single values are finer than can be drawn."


def _visited(shape: Shape) -> list[tuple[int, ...]]:
    """Indices in order, at most so many, the first and the last among them."""
    total = math.prod(shape)
    numbers = range(total) if total <= _FRAMES else [round(one * (total - 1) / (_FRAMES - 1)) for one in range(_FRAMES)]
    return [tuple(int(one) for one in np.unravel_index(number, shape)) for number in numbers]


def _list_columns(length: int) -> int:
    """In how many columns a list is broken."""
    return min(length, 12 if length <= 48 else math.ceil(math.sqrt(3 * length)))


def _as_maps(shape: Shape) -> tuple[int, int, int]:
    if len(shape) == 3:
        return (shape[0], shape[1], shape[2])
    if len(shape) == 2:
        return (shape[0], shape[1], 1)
    columns = _list_columns(shape[0])
    return (math.ceil(shape[0] / columns), columns, 1)


def _spot(at: tuple[int, ...], shape: Shape) -> tuple[int, int, int]:
    if len(shape) == 3:
        return (at[0], at[1], at[2])
    if len(shape) == 2:
        return (at[0], at[1], 0)
    return (*divmod(at[0], _list_columns(shape[0])), 0)


def _said(at: tuple[int, ...]) -> str:
    return str(at[0]) if len(at) == 1 else f"({', '.join(map(str, at))})"
