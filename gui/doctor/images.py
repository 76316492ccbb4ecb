"""The images of one finding, as a list that reads its pictures when they are about to be seen, and as a grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engine.service.datasets import ThumbnailSheet
from gui.models.thumbnails import rgb_image
from gui.plots.grid_view import GridView
from gui.theme import TEXT_SECONDARY, colour, theme
from gui.words import display_name, tip

Index = QModelIndex | QPersistentModelIndex

SIDE = 72
CELL = QSize(SIDE + 40, SIDE + 44)
ASK_AFTER_MS = 25
ASKED_AT_ONCE = 120
PICTURES_KEPT = 1_500


class FindingImages(QAbstractListModel):
    """Images by their id, each with what is said of it; those that are no part of the dataset have no picture.

    Signals:
        wanted: Indexes into the dataset, a tuple, whose pictures a view has asked for.
    """

    wanted = Signal(object)

    ID = Qt.ItemDataRole.UserRole + 1
    CAPTION = Qt.ItemDataRole.UserRole + 2
    DONE = Qt.ItemDataRole.UserRole + 3
    """Whether the curation has something to say of it by now, in words, or ""."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: dict[str, int] = {}
        self._ids: Sequence[str] = ()
        self._captions: Sequence[str] = ()
        self._done: dict[str, str] = {}
        self._pictures: dict[int, QImage] = {}
        self._missing: dict[int, None] = {}
        self._asked: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_AFTER_MS)
        self._timer.timeout.connect(self._ask)

    def set_dataset(self, ids: Sequence[str]) -> None:
        """The ids of the dataset that is open; its pictures are read anew."""
        self._places = {id: place for place, id in enumerate(ids)}
        self._pictures.clear()
        self.forget_requests()
        self._repaint()

    def show_images(self, ids: Sequence[str], captions: Sequence[str]) -> None:
        """Show these; `captions` has one for each, or none at all."""
        self.beginResetModel()
        self._ids, self._captions = ids, captions
        self._missing.clear()
        self.endResetModel()

    def set_done(self, done: dict[str, str]) -> None:
        """What the curation says of images by now: "left out", "cat", "for training"."""
        self._done = done
        self._repaint()

    def add_sheet(self, sheet: ThumbnailSheet) -> None:
        """Take pictures that were asked for."""
        for place, pixels in zip(sheet.indexes, sheet.pixels, strict=True):
            self._asked.discard(place)
            self._pictures[place] = rgb_image(pixels)
        while len(self._pictures) > PICTURES_KEPT:
            del self._pictures[next(iter(self._pictures))]
        self._repaint()

    def forget_requests(self) -> None:
        """Ask again for what has not come."""
        self._asked.clear()
        self._missing.clear()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        id = self._ids[index.row()]
        caption = display_name(self._captions[index.row()]) if self._captions else ""
        done = display_name(self._done.get(id, ""))
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(id)
        if role == self.ID:
            return id
        if role == self.CAPTION:
            return caption
        if role == self.DONE:
            return done
        name = display_name(id)
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            lines = [one for one in (name, caption, done and f"Now: {done}") if one]
            return tip("\n".join(lines)) if role == Qt.ItemDataRole.ToolTipRole else ", ".join(lines)
        return None

    def _picture(self, id: str) -> QImage | None:
        place = self._places.get(id)
        if place is None:
            return None
        if place not in self._pictures and place not in self._asked:
            self._missing[place] = None
            if not self._timer.isActive():
                self._timer.start()
        return self._pictures.get(place)

    def _ask(self) -> None:
        wanted = tuple(self._missing)[-ASKED_AT_ONCE:]
        self._missing.clear()
        if wanted:
            self._asked.update(wanted)
            self.wanted.emit(wanted)

    def _repaint(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))


class FindingDelegate(QStyledItemDelegate):
    """Paints a picture, what is said of it, and what was done about it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = QRect(option.rect.center().x() - SIDE // 2, option.rect.top() + 6, SIDE, SIDE)
        done = str(index.data(FindingImages.DONE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_picture(painter, place, index, bool(done))
        chosen = bool(option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus))
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(colour("accent") if chosen else colour("border_strong"), 2))
            painter.drawRoundedRect(QRectF(place).adjusted(-2.5, -2.5, 2.5, 2.5), 6, 6)
        painter.setFont(theme().font(TEXT_SECONDARY))
        width = option.rect.width() - 8
        caption = str(index.data(FindingImages.CAPTION)) or str(index.data()).rpartition("/")[2]
        for row, (text, role) in enumerate(((caption, "secondary"), (done, "accent"))):
            painter.setPen(colour(role))
            line = QRect(option.rect.left() + 4, place.bottom() + 3 + 16 * row, width, 16)
            short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, short)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, index: Index, faded: bool) -> None:
        image = index.data(Qt.ItemDataRole.DecorationRole)
        path = QPainterPath()
        path.addRoundedRect(QRectF(place), 4, 4)
        if image is None:
            painter.fillPath(path, colour("track"))
            return
        painter.setClipPath(path)
        painter.setOpacity(0.4 if faded else 1.0)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.width() >= place.width())
        painter.drawImage(place, image)
        painter.setOpacity(1.0)
        painter.setClipping(False)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL


class FindingGrid(GridView):
    """The images of a finding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CELL, parent)
        self.setItemDelegate(FindingDelegate(self))
        self.setAccessibleName("Images of the finding")
