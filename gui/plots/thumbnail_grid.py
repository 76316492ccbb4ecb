"""The grid of a dataset's images."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.models.thumbnails import ThumbnailModel
from gui.plots.grid_view import GridView
from gui.theme import TEXT_SECONDARY, colour, theme

Index = QModelIndex | QPersistentModelIndex

SIDE = 64
CELL = QSize(SIDE + 12, SIDE + 28)


def paint_picture(painter: QPainter, place: QRect, image: QImage | None, state: QStyle.StateFlag) -> None:
    """One picture with round corners; a quiet tile until it has been read; a frame where chosen or in focus."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(place), 4, 4)
    if image is None or image.isNull():
        painter.fillPath(path, colour("track"))
    else:
        painter.setClipPath(path)
        # A tiny image is shown as the pixels it is; only larger ones are smoothed.
        small = image.width() < place.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not small)
        painter.drawImage(place, image)
        painter.setClipping(False)
    chosen = bool(state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus))
    if chosen or state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(QPen(colour("accent") if chosen else colour("border_strong"), 2))
        painter.drawRoundedRect(QRectF(place).adjusted(-2.5, -2.5, 2.5, 2.5), 6, 6)
    painter.restore()


class ThumbnailDelegate(QStyledItemDelegate):
    """Paints one image with its class under it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = QRect(option.rect.center().x() - SIDE // 2, option.rect.top() + 5, SIDE, SIDE)
        paint_picture(painter, place, index.data(Qt.ItemDataRole.DecorationRole), option.state)
        painter.setFont(theme().font(TEXT_SECONDARY))
        painter.setPen(colour("secondary"))
        line = QRect(place.left(), place.bottom() + 3, SIDE, 16)
        text = painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, SIDE
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL


class ImageDelegate(ThumbnailDelegate):
    """Paints one image of a dataset, as fast as scrolling needs it; says what the user did to it.

    An image that was left out is grey and crossed; one with another class says which it had; a dot at the top right
    says that its part was chosen by hand.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks: _Looks | None = None
        theme().theme_changed.connect(self._forget_looks)

    def _forget_looks(self) -> None:
        self._looks = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        looks = self._looks = self._looks or _Looks()
        place = QRect(option.rect.center().x() - SIDE // 2, option.rect.top() + 5, SIDE, SIDE)
        picture: QImage | None = index.data(Qt.ItemDataRole.DecorationRole)
        left_out = index.data(ThumbnailModel.LEFT_OUT)
        if left_out:
            self._paint_left_out(painter, place, picture)
        elif picture is None:
            painter.fillRect(place, looks.track)
        else:
            painter.drawImage(place, picture)
        if index.data(ThumbnailModel.MOVED):
            self._paint_dot(painter, place)
        self._paint_frame(painter, place, option.state)
        was = index.data(ThumbnailModel.WAS)
        painter.setFont(looks.font)
        painter.setPen(looks.changed if was else looks.quiet if left_out else looks.text)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        words = "left out" if left_out else f"{text} (was {was})" if was else text
        line = QRect(option.rect.left() + 1, place.bottom() + 4, option.rect.width() - 2, 18)
        centred = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        painter.drawText(line, centred, looks.elided(words, line.width()))

    def _paint_left_out(self, painter: QPainter, place: QRect, picture: QImage | None) -> None:
        painter.fillRect(place, colour("track"))
        if picture is not None:
            painter.setOpacity(0.35)
            painter.drawImage(place, picture.convertToFormat(QImage.Format.Format_Grayscale8))
            painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("bad"), 2))
        painter.drawLine(place.topLeft() + QPoint(4, 4), place.bottomRight() - QPoint(4, 4))
        painter.drawLine(place.topRight() + QPoint(-4, 4), place.bottomLeft() + QPoint(4, -4))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_dot(self, painter: QPainter, place: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("surface"), 2))
        painter.setBrush(colour("accent"))
        painter.drawEllipse(QRectF(place.right() - 11, place.top() + 2, 10, 10))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_frame(self, painter: QPainter, place: QRect, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if not (selected or focus or state & QStyle.StateFlag.State_MouseOver):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = QRectF(place).adjusted(-2.5, -2.5, 2.5, 2.5)
        if selected:
            veil = colour("accent")
            veil.setAlphaF(0.22)
            painter.fillRect(place, veil)
        painter.setPen(QPen(colour("accent") if selected else colour("border_strong"), 3 if selected else 2))
        painter.drawRoundedRect(around, 6, 6)
        if focus:
            painter.setPen(QPen(colour("text"), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(around.adjusted(-2, -2, 2, 2), 7, 7)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class _Looks:
    """Colours and fonts of the theme in use: looking them up for every image would take most of a paint."""

    def __init__(self) -> None:
        self.font: QFont = theme().font(TEXT_SECONDARY)
        self.track = colour("track")
        self.text = QPen(colour("secondary"))
        self.quiet = QPen(colour("bad"))
        self.changed = QPen(colour("accent"))
        self._metrics = QFontMetrics(self.font)
        self._elided: dict[tuple[str, int], str] = {}

    def elided(self, text: str, room: int) -> str:
        """`text` as it fits, worked out once."""
        if (text, room) not in self._elided:
            if len(self._elided) > 5_000:
                self._elided.clear()
            self._elided[text, room] = self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        return self._elided[text, room]


class ThumbnailGrid(GridView):
    """Images, as many as there are: only those in view are read. Several can be chosen, as in a file manager.

    Signals:
        in_sight: First row in view, and the one after the last.
        choice_changed: Other images are chosen.
    """

    in_sight = Signal(int, int)
    choice_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CELL, parent)
        self._anchor = 0
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setItemDelegate(ImageDelegate(self))
        self.setAccessibleName("Images of the dataset")

    def chosen_rows(self) -> np.ndarray[Any, Any]:
        """int64: the rows of the chosen images, in their order."""
        ranges = [np.arange(one.top(), one.bottom() + 1, dtype=np.int64) for one in self._chosen_ranges()]
        return np.sort(np.concatenate(ranges)) if ranges else np.empty(0, np.int64)

    def chosen_count(self) -> int:
        """How many images are chosen."""
        return sum(one.height() for one in self._chosen_ranges())

    def _chosen_ranges(self) -> list[QItemSelectionRange]:
        chosen = self.selectionModel().selection()
        return [chosen.at(place) for place in range(chosen.count())]

    def choose(self, rows: list[int], current: int = -1) -> None:
        """Choose these rows, given in their order; the keyboard stands on `current`."""
        chosen = QItemSelection()
        start = 0
        for place in range(1, len(rows) + 1):
            if place == len(rows) or rows[place] != rows[place - 1] + 1:
                first, last = self.model().index(rows[start], 0), self.model().index(rows[place - 1], 0)
                chosen.append(QItemSelectionRange(first, last))
                start = place
        flags = QItemSelectionModel.SelectionFlag
        if current >= 0:
            self._anchor = current
            self.selectionModel().setCurrentIndex(self.model().index(current, 0), flags.NoUpdate)
        self.selectionModel().select(chosen, flags.ClearAndSelect)

    # what is in sight

    def rows_in_sight(self) -> range:
        """The rows that can be seen now."""
        height, offset, count = CELL.height(), self.verticalOffset(), self._count()
        first = offset // height * self.columns()
        last = ((offset + self.viewport().height()) // height + 1) * self.columns()
        return range(min(first, count), min(last, count))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rows = self.rows_in_sight()
        self.in_sight.emit(rows.start, rows.stop)

    # choosing several

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Choose what `rect` begins and ends with, and all between; a range begins at the image chosen before it."""
        count = self._count()
        if not count:
            return
        current = self.currentIndex().row()
        if not command & QItemSelectionModel.SelectionFlag.Current:
            row = self.indexAt(rect.center() if rect.width() > 1 else rect.topLeft()).row()
            chosen = QItemSelection()
            if row >= 0:
                self._anchor = row
                chosen.select(self.model().index(row, 0), self.model().index(row, 0))
            self.selectionModel().select(chosen, command)
            return
        self._anchor = min(self._anchor, count - 1)
        end = self._row_across(rect) if self.state() is QAbstractItemView.State.DragSelectingState else current
        first, last = sorted((self._anchor, min(max(end, 0), count - 1)))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(
            QItemSelection(self.model().index(first, 0), self.model().index(last, 0)), command & ~flags.Current
        )

    def _row_across(self, rect: QRect) -> int:
        """The row at the corner of a rectangle that is not the one where it began."""
        start = self.visualRect(self.model().index(self._anchor, 0)).center()
        left = abs(start.x() - rect.right()) < abs(start.x() - rect.left())
        above = abs(start.y() - rect.bottom()) < abs(start.y() - rect.top())
        corner = QPoint(rect.left() if left else rect.right(), rect.top() if above else rect.bottom())
        found = self.indexAt(corner)
        return found.row() if found.isValid() else (0 if corner.y() < 0 else self._count() - 1)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        # The region of 100,000 images would take seconds to work out, and a paint of what is in view is quick.
        return QRegion(self.viewport().rect()) if not selection.isEmpty() else QRegion()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.choice_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            toggle = QItemSelectionModel.SelectionFlag.Toggle
            self.selectionModel().select(self.currentIndex(), toggle)
            self._anchor = self.currentIndex().row()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are for the actions on images, not for a search."""
