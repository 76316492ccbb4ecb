"""The grid of a dataset's images."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

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


class ThumbnailGrid(GridView):
    """Images, as many as there are: only those in view are read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CELL, parent)
        self.setItemDelegate(ThumbnailDelegate(self))
        self.setAccessibleName("Images of the dataset")
