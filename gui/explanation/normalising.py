"""Normalisation: which values share a mean and a deviation, and how they lie before and after."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from engine.geometry import Normalisation, Shape, Shapes
from engine.layers import words as said
from engine.layers.base import Array, LayerType
from gui.explanation.canvas import Grid, line_height, outlined, ruled, sample, shade, write
from gui.explanation.picture import ExplainingPicture
from gui.theme import colour, family_colour

_SIDE: Final = 3
_CHANNELS: Final = 4
_IMAGES: Final = 3
_MOST: Final = 64
"""More channels than this are drawn only where fewer cannot be split into the same parts."""


class NormalisingPicture(ExplainingPicture):
    """The values of some images as sheets; the group that is measured together is marked, and drawn below as marks
    on two scales, before and after.
    """

    def __init__(self, type: LayerType, inputs: Shapes, geometry: Normalisation) -> None:
        self._type = type
        self._geometry = geometry
        self._whole = inputs[0]
        self._shape = self._small(inputs[0])
        images = _IMAGES if geometry.remembered else 1
        self._images = np.array([_image(self._shape, number) for number in range(images)])
        self._groups = self._found()
        self._weights = self._filled()

    def _small(self, shape: Shape) -> Shape:
        places = tuple(min(side, _SIDE) for side in shape[:-1])
        for channels in range(min(_CHANNELS, shape[-1]), min(shape[-1], _MOST) + 1):
            if channels % self._geometry.parts == 0 and not self._type.faults(((*places, channels),)):
                return (*places, channels)
        return (*places, shape[-1])

    def _found(self) -> list[list[tuple[int, ...]]]:
        """The groups, each as indices (image, ...) of its values."""
        groups: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
        per_part = max(1, self._shape[-1] // self._geometry.parts)
        for at in np.ndindex(*self._images.shape):
            key: list[object] = [None if self._geometry.remembered else at[0]]
            key += [None if axis in self._geometry.axes else place for axis, place in enumerate(at[1:])]
            groups.setdefault((*key, at[-1] // per_part if self._geometry.parts > 1 else None), []).append(at)
        return list(groups.values())

    def _filled(self) -> dict[str, Array]:
        """What the layer learns or remembers, as it is at the start, and the sample's own mean and variance."""
        axes = tuple(range(self._images.ndim - 1))
        found = {}
        for weight in self._type.weights((self._shape,)):
            if "mean" in weight.name:
                found[weight.name] = self._images.mean(axis=axes)
            elif "variance" in weight.name:
                found[weight.name] = self._images.var(axis=axes)
            else:
                found[weight.name] = np.full(weight.shape, float("beta" not in weight.name))
        return found

    @property
    def frames(self) -> int:
        return len(self._groups)

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        head = line_height()
        group = self._groups[frame % self.frames]
        write(painter, QRectF(room.left(), room.top(), room.width(), head), said.size(self._whole), role="text")
        scales = 2 * (head + 10.0)
        area = QRectF(room.left(), room.top() + head, room.width(), room.height() - head - scales - 6.0)
        height = area.height() / len(self._images)
        for number in range(len(self._images)):
            row = QRectF(area.left(), area.top() + number * height + 2, area.width(), height - 4)
            self._sheets(painter, row, number, {at[1:] for at in group if at[0] == number})
        before = np.array([self._images[at] for at in group])
        after = np.array([self._type.arithmetic(self._images[at[0]], self._weights, at[1:]).output for at in group])
        for number, (name, values) in enumerate((("before", before), ("after", after))):
            strip = QRectF(room.left(), room.bottom() - scales + number * (head + 10.0), room.width(), head + 8.0)
            self._scale(painter, strip, name, values, after=bool(number))

    def _sheets(self, painter: QPainter, room: QRectF, image: int, marked: set[tuple[int, ...]]) -> None:
        values = self._images[image]
        sheets = [values[..., one] for one in range(values.shape[-1])] if values.ndim == 3 else [np.atleast_2d(values)]
        width = room.width() / len(sheets)
        for channel, sheet in enumerate(sheets):
            inner = max(0.5, min(4.0, width / 6))
            part = QRectF(room.left() + channel * width + inner, room.top(), width - 2 * inner, room.height())
            grid = Grid.fitted(part, *sheet.shape)
            for row, column in itertools.product(range(grid.rows), range(grid.columns)):
                at = {3: (row, column, channel), 2: (row, column), 1: (column,)}[values.ndim]
                base = family_colour(self._type.family) if at in marked else colour("text")
                strength = 0.35 + sheet[row, column] / 16.0 if at in marked else 0.04 + sheet[row, column] / 60.0
                painter.fillRect(grid.place(row, column), shade(base, strength))
            ruled(painter, grid)
            whole = {3: len([one for one in marked if one[-1] == channel]), 2: len(marked), 1: len(marked)}[values.ndim]
            if whole == sheet.size:
                outlined(painter, grid.rect, width=1.4)

    def _scale(self, painter: QPainter, room: QRectF, name: str, values: np.ndarray, *, after: bool) -> None:
        """The values as marks on a line, with their mean."""
        head = line_height()
        write(painter, QRectF(room.left(), room.top(), 44, head), name, align=Qt.AlignmentFlag.AlignLeft)
        mean = f"mean {_rounded(values.mean())}, deviation {_rounded(values.std())}"
        write(
            painter,
            QRectF(room.left() + 46, room.top(), room.width() - 46, head),
            mean,
            role="text",
            align=Qt.AlignmentFlag.AlignRight,
        )
        low, high = (-3.0, 3.0) if after else (0.0, 12.0)
        y = room.top() + head + 3.0
        painter.setPen(QPen(colour("border_strong"), 1))
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))

        def x(value: float) -> float:
            return room.left() + max(0.0, min((value - low) / (high - low), 1.0)) * room.width()

        painter.setPen(QPen(family_colour(self._type.family), 2))
        for value in values[:60]:
            painter.drawLine(QPointF(x(float(value)), y - 4), QPointF(x(float(value)), y + 4))
        painter.setPen(QPen(colour("validation"), 2.4))
        painter.drawLine(QPointF(x(float(values.mean())), y - 5), QPointF(x(float(values.mean())), y + 5))

    def words(self) -> str:
        axes = self._geometry.axes
        names = ("rows", "columns", "channels") if len(self._whole) == 3 else ("rows", "features")[-len(self._whole) :]
        over = " and ".join(names[one] for one in axes) if axes else "nothing within an image"
        parts = f", in {self._geometry.parts} parts of the channels" if self._geometry.parts > 1 else ""
        images = "all images of the batch" if self._geometry.remembered else "one image"
        sums = [
            (self._images[at], self._type.arithmetic(self._images[at[0]], self._weights, at[1:]).output)
            for at in self._groups[0][:1]
        ]
        first = ", ".join(f"{before:.3g} becomes {after:.3g}" for before, after in sums)
        return (
            f"A mean and a deviation are shared over {over} of {images}{parts}: "
            f"{said.count(len(self._groups), 'group')} of {len(self._groups[0])} values in this picture. "
            f"In the first, {first}."
        ).replace("-", "−")

    def note(self) -> str:
        return "" if self._shape == self._whole else f"Drawn with {said.size(self._shape)} of {said.size(self._whole)}."


def _image(shape: Shape, number: int) -> np.ndarray:
    values = []
    for at in np.ndindex(*shape):
        row, column, channel = (*at, 0, 0)[:3]
        values.append(sample(row + number, column, channel) * (0.5 + 0.2 * (at[-1] % 4)) + at[-1] % 4)
    return np.array(values).reshape(shape)


def _rounded(value: float) -> str:
    return f"{round(float(value), 2) + 0.0:g}".replace("-", "−")
