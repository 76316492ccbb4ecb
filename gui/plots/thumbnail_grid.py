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
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QRegion
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.models.image_filter import CuratedImages
from gui.models.thumbnails import ThumbnailModel
from gui.plots.grid_view import GridView
from gui.theme import TEXT_SECONDARY, colour, theme

Index = QModelIndex | QPersistentModelIndex

SIDE = 64
CELL = QSize(SIDE + 12, SIDE + 28)
CAPTION = 16
CAPTIONS_KEPT = 500


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


class _Looks:
    """Pens, and captions drawn once: drawing the words of every image again would take most of a paint."""

    def __init__(self, ratio: float, room: QSize) -> None:
        self.ratio = ratio
        self._room = room
        self._font = theme().font(TEXT_SECONDARY)
        self._metrics = QFontMetrics(self._font)
        self._captions: dict[tuple[str, str], QPixmap] = {}
        self.ground = colour("surface")
        self.track = colour("track")

    def caption(self, text: str, role: str) -> QPixmap:
        """The words under an image, in a colour of the theme."""
        found = self._captions.get((text, role))
        if found is None:
            if len(self._captions) > CAPTIONS_KEPT:
                self._captions.clear()
            found = self._captions[text, role] = self._drawn(text, role)
        return found

    def _drawn(self, text: str, role: str) -> QPixmap:
        room = QRect(QPoint(), self._room)
        pixmap = QPixmap(self._room * self.ratio)
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(self.ground)
        painter = QPainter(pixmap)
        painter.setFont(self._font)
        painter.setPen(colour(role))
        words = self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter), words)
        painter.end()
        return pixmap


def _cell() -> QSize:
    """Room for a picture and the line under it, which grows with the text."""
    return QSize(CELL.width(), CELL.height() - CAPTION + theme().px(CAPTION))


class ThumbnailGrid(GridView):
    """Images, as many as there are: only those in view are read. Several can be chosen, as in a file manager.

    An image that was left out is grey and crossed; one with another class says which it had; a dot at the top right
    says that its part was chosen by hand.

    Signals:
        in_sight: First row in view, and the one after the last.
        choice_changed: Other images are chosen.
    """

    in_sight = Signal(int, int)
    choice_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_cell(), parent)
        self._anchor = 0
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._looks: _Looks | None = None
        theme().theme_changed.connect(self._forget_looks)
        # Otherwise the card under it is painted first, each time.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
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
        height, offset, count = self._cell.height(), self.verticalOffset(), self._count()
        first = offset // height * self.columns()
        last = ((offset + self.viewport().height()) // height + 1) * self.columns()
        return range(min(first, count), min(last, count))

    def _forget_looks(self) -> None:
        self._looks = None
        self.set_cell(_cell())

    def _current_looks(self) -> _Looks:
        if self._looks is None or self._looks.ratio != self.devicePixelRatioF():
            self._looks = _Looks(self.devicePixelRatioF(), QSize(self._cell.width() - 2, theme().px(CAPTION)))
        return self._looks

    def paintEvent(self, event: QPaintEvent) -> None:
        looks = self._current_looks()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), looks.ground)
        rows = self.rows_in_sight()
        model = self.model()
        if isinstance(model, ThumbnailModel) and model.images is not None and len(rows):
            self._paint_images(painter, looks, model, model.images, rows)
        painter.end()
        self.in_sight.emit(rows.start, rows.stop)

    def _paint_images(
        self, painter: QPainter, looks: _Looks, model: ThumbnailModel, images: CuratedImages, rows: range
    ) -> None:
        """No delegate and no index for each image: those would take longer than the painting itself."""
        numbers = model.shown[rows.start : rows.stop]
        marks = (one[numbers].tolist() for one in (images.left_out, images.moved, images.relabelled))
        columns, width, offset = self.columns(), self.viewport().width(), self.verticalOffset()
        framed = self._framed(rows)
        for row, number, out, moved, changed in zip(rows, numbers.tolist(), *marks, strict=True):
            line, column = divmod(row, columns)
            left, right = column * width // columns, (column + 1) * width // columns
            x, y = (left + right - SIDE) // 2, line * self._cell.height() - offset + 5
            picture = model.picture(number)
            if out:
                _paint_left_out(painter, QRect(x, y, SIDE, SIDE), picture)
            elif picture is None:
                painter.fillRect(x, y, SIDE, SIDE, looks.track)
            else:
                painter.drawImage(x, y, picture)
            caption, role = model.caption(number, out, changed)
            painter.drawPixmap((left + right - self._cell.width()) // 2 + 1, y + SIDE + 4, looks.caption(caption, role))
            if moved:
                _paint_dot(painter, x + SIDE, y)
            if row in framed:
                _paint_frame(painter, QRect(x, y, SIDE, SIDE), framed[row])

    def _framed(self, rows: range) -> dict[int, QStyle.StateFlag]:
        """The rows in sight that are chosen, pointed at, or where the keyboard is."""
        states = QStyle.StateFlag
        found: dict[int, QStyle.StateFlag] = {}
        for one in self._chosen_ranges():
            for row in range(max(one.top(), rows.start), min(one.bottom() + 1, rows.stop)):
                found[row] = states.State_Selected
        under = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())).row()
        if under in rows and self.viewport().underMouse():
            found[under] = found.get(under, states.State_None) | states.State_MouseOver
        current = self.currentIndex().row()
        if current in rows and self.hasFocus():
            found[current] = found.get(current, states.State_None) | states.State_HasFocus
        return found

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
        chosen = QItemSelection(self.model().index(first, 0), self.model().index(last, 0))
        adds = bool(command & flags.Toggle == flags.Toggle)
        self.selectionModel().select(chosen, flags.Select if adds else flags.ClearAndSelect)

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


def _paint_left_out(painter: QPainter, place: QRect, picture: QImage | None) -> None:
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


def _paint_dot(painter: QPainter, right: int, top: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("surface"), 2))
    painter.setBrush(colour("accent"))
    painter.drawEllipse(QRectF(right - 12, top + 2, 10, 10))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_frame(painter: QPainter, place: QRect, state: QStyle.StateFlag) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    around = QRectF(place).adjusted(-2.5, -2.5, 2.5, 2.5)
    if selected:
        veil = colour("accent")
        veil.setAlphaF(0.22)
        painter.fillRect(place, veil)
    if selected or state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(QPen(colour("accent") if selected else colour("border_strong"), 3 if selected else 2))
        painter.drawRoundedRect(around, 6, 6)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(colour("text"), 1, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(around.adjusted(-2, -2, 2, 2), 7, 7)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
