"""The grid of a layer's feature maps, and one of them enlarged with the exact value under the cursor."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.models.feature_maps import FeatureMap
from gui.plots.grid_view import GridView
from gui.plots.thumbnail_grid import paint_picture
from gui.theme import colour

Index = QModelIndex | QPersistentModelIndex

SIDE = 64
CELL = QSize(SIDE + 10, SIDE + 10)


class MapDelegate(QStyledItemDelegate):
    """Paints one map."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = QRect(option.rect.center().x() - SIDE // 2, option.rect.top() + 5, SIDE, SIDE)
        paint_picture(painter, place, index.data(Qt.ItemDataRole.DecorationRole), option.state)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL


class MapGrid(GridView):
    """The maps of one layer; the page around it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CELL, parent, grows=True)
        self.setItemDelegate(MapDelegate(self))
        self.setAccessibleName("Feature maps")


class MapView(QWidget):
    """One map enlarged. The mouse or the arrow keys choose a value.

    Signals:
        pointed: Where the cursor stands and the exact value there, in words; "" where it stands nowhere.
    """

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: FeatureMap | None = None
        self._at: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Enlarged feature map")

    def show_map(self, map: FeatureMap | None) -> None:
        """Show another map; the cursor stays at its place where that exists."""
        self._map = map
        if map is None or (self._at and (self._at[0] >= map.values.shape[0] or self._at[1] >= map.values.shape[1])):
            self._at = None
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 120)

    def _picture_rect(self) -> QRectF:
        assert self._map is not None, "only asked while a map is shown"
        height, width = self._map.values.shape
        scale = min((self.width() - 4) / width, (self.height() - 4) / height)
        return QRectF(2, 2, width * scale, height * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._map is None:
            return
        painter = QPainter(self)
        place = self._picture_rect()
        painter.drawImage(place, self._map.image())
        if self._at is not None:
            height, width = self._map.values.shape
            cell_height, cell_width = place.height() / height, place.width() / width
            row, column = self._at
            cell = QRectF(place.left() + column * cell_width, place.top() + row * cell_height, cell_width, cell_height)
            # Dark and light together stay visible on every colour of the map.
            painter.setPen(QPen(Qt.GlobalColor.black, 3))
            painter.drawRect(cell)
            painter.setPen(QPen(Qt.GlobalColor.white, 1))
            painter.drawRect(cell)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(place.adjusted(-1, -1, 1, 1))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._map is None:
            return
        place = self._picture_rect()
        height, width = self._map.values.shape
        column = int((event.position().x() - place.left()) / place.width() * width)
        row = int((event.position().y() - place.top()) / place.height() * height)
        if 0 <= row < height and 0 <= column < width:
            self._move(row, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {keys.Key_Left: (0, -1), keys.Key_Right: (0, 1), keys.Key_Up: (-1, 0), keys.Key_Down: (1, 0)}
        step = steps.get(keys(event.key()))
        if step is None or self._map is None:
            super().keyPressEvent(event)
            return
        height, width = self._map.values.shape
        row, column = self._at if self._at is not None else (-step[0], -step[1])
        self._move(min(max(row + step[0], 0), height - 1), min(max(column + step[1], 0), width - 1))

    def _move(self, row: int, column: int) -> None:
        self._at = (row, column)
        self._tell()
        self.update()

    def _tell(self) -> None:
        text = self._map.where(*self._at) if self._map is not None and self._at is not None else ""
        self.setAccessibleDescription(text)
        self.pointed.emit(text)
