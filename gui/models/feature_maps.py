"""The outputs of one layer as a list of pictures, one for each channel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from engine.report import colourmaps
from gui.plots.sentences import figure_text
from gui.words import plural

Array = np.ndarray[Any, Any]
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, eq=False)
class FeatureMap:
    """One map, ready to be drawn.

    Attributes:
        channel: Its number, from 0.
        values: float32, (height, width); NaN beyond the last of values that were wrapped.
        low: The value that the first colour stands for.
        high: The value that the last one stands for.
        signed: Whether colours diverge from zero.
        wrapped: Whether it shows a row of plain values, broken into lines.
    """

    channel: int
    values: Array
    low: float
    high: float
    signed: bool
    wrapped: bool = False

    def image(self) -> QImage:
        """One pixel for each value."""
        return map_image(self.values, self.low, self.high, signed=self.signed)

    def where(self, row: int, column: int) -> str:
        """A place and the exact value there: "row 14, column 9: 1.0363"."""
        value = float(self.values[row, column])
        if self.wrapped:
            number = row * self.values.shape[1] + column
            return f"value {number}: {value:.6g}" if math.isfinite(value) else ""
        return f"row {row}, column {column}: {value:.6g}"


class FeatureMaps:
    """All maps of one layer on one scale, or each on its own.

    Args:
        values: float32, (height, width, channels), (features,), or (rows, features), which is shown as one map.
        each: Whether every map is scaled by itself.
    """

    def __init__(self, values: Array, *, each: bool = False) -> None:
        self.wrapped = values.ndim == 1
        self.features = values.shape[-1]
        maps = values if values.ndim == 3 else values[..., None]
        self._values = _wrapped(values) if self.wrapped else maps
        self._each = each
        self.low, self.high, self.signed = _limits(values)

    def __len__(self) -> int:
        return int(self._values.shape[2])

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of one map."""
        return int(self._values.shape[0]), int(self._values.shape[1])

    def map(self, channel: int) -> FeatureMap:
        """One map; channels count from 0."""
        values = self._values[:, :, channel]
        low, high, signed = (self.low, self.high, self.signed) if not self._each else _limits(values)
        return FeatureMap(channel, values, low, high, signed, self.wrapped)

    def sentence(self) -> str:
        """What the grid shows."""
        height, width = self.size
        what = (
            f"{plural(self.features, 'value')}, one for each feature"
            if self.wrapped
            else f"{plural(len(self), 'map')} of {height} × {width}"
        )
        span = f"values from {figure_text(self.low)} to {figure_text(self.high)}"
        if self.signed:
            lowest, highest = float(np.nanmin(self._values)), float(np.nanmax(self._values))
            span = f"values from {figure_text(lowest)} to {figure_text(highest)}, zero in the middle of the colours"
        dead = self._dead()
        rest = f"; {plural(dead, 'map')} zero everywhere" if dead and not self.wrapped else ""
        return f"{what}, {span}{rest}."

    def _dead(self) -> int:
        return int(np.count_nonzero(~np.any(self._values != 0, axis=(0, 1))))


class FeatureMapModel(QAbstractListModel):
    """The maps of one layer as rows; pictures are made when they are first painted."""

    MAP = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._maps: FeatureMaps | None = None
        self._pictures: dict[int, QImage] = {}

    def set_maps(self, maps: FeatureMaps | None) -> None:
        """Show another layer."""
        self.beginResetModel()
        self._maps = maps
        self._pictures = {}
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self._maps is None or (parent is not None and parent.isValid()) else len(self._maps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._maps is None or not index.isValid() or not 0 <= index.row() < len(self._maps):
            return None
        number = index.row()
        if role == self.MAP:
            return self._maps.map(number)
        if role == Qt.ItemDataRole.DecorationRole:
            if number not in self._pictures:
                self._pictures[number] = self._maps.map(number).image()
            return self._pictures[number]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "All values" if self._maps.wrapped else f"Map {number}"
        return None


def _wrapped(values: Array) -> Array:
    """(features,) broken into lines of about the square root: (rows, columns, 1), NaN behind the last."""
    columns = min(len(values), max(10, math.ceil(math.sqrt(len(values)))))
    rows = -(-len(values) // columns)
    padded = np.full(rows * columns, np.nan, dtype=np.float32)
    padded[: len(values)] = values
    return padded.reshape(rows, columns, 1)


def _limits(values: Array) -> tuple[float, float, bool]:
    known = values[np.isfinite(values)]
    if not len(known):
        return 0.0, 1.0, False
    low, high = float(known.min()), float(known.max())
    if low < 0:
        reach = max(-low, high)
        return -reach, reach, True
    return low, high if high > low else low + 1.0, False


def map_image(values: Array, low: float, high: float, *, signed: bool) -> QImage:
    """A picture with one pixel for each value, (height, width); it owns its memory.

    The picture is one byte a pixel with a table of 256 colours.
    """
    share = np.clip((np.nan_to_num(values, nan=low, posinf=high, neginf=low) - low) / (high - low), 0.0, 1.0)
    levels = np.ascontiguousarray(np.round(share * 255).astype(np.uint8))
    height, width = levels.shape
    image = QImage(levels.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(_table(signed))
    return image.copy()


def _table(signed: bool) -> list[int]:
    colours = colourmaps.DIVERGING if signed else colourmaps.VIRIDIS
    return [0xFF000000 | int(red) << 16 | int(green) << 8 | int(blue) for red, green, blue in colours]
