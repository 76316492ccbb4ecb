"""The chart of class counts: a bar for each class, and the choice of the class to look at."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.models.classes import ClassModel
from gui.theme import colour, theme

Index = QModelIndex | QPersistentModelIndex

ROW = 40
BAR = 8
PART_COLOURS = ("training", "validation", "secondary")
"""Training, validation, test."""


class ClassDelegate(QStyledItemDelegate):
    """Name and number above, a bar below: training, validation and test from left to right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        inner = option.rect.adjusted(8, 4, -8, -6)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        counts = index.data(ClassModel.COUNTS)
        number = f"{sum(counts):,}"
        painter.setFont(theme().font(bold=chosen))
        painter.setPen(colour("text"))
        line = QRect(inner.left(), inner.top(), inner.width(), inner.height() - BAR - 2)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(line, right, number)
        room = line.width() - painter.fontMetrics().horizontalAdvance(number) - 8
        name = painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
        self._paint_bar(painter, QRectF(inner.left(), inner.bottom() - BAR + 1, inner.width(), BAR), index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 5, 5)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillPath(path, colour("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillPath(path, colour("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour("accent"))
            painter.drawPath(path)

    def _paint_bar(self, painter: QPainter, track: QRectF, index: Index) -> None:
        counts, largest = index.data(ClassModel.COUNTS), max(1, index.data(ClassModel.LARGEST))
        path = QPainterPath()
        path.addRoundedRect(track, 3, 3)
        painter.fillPath(path, colour("track"))
        painter.setClipPath(path)
        left = track.left()
        for count, role in zip(counts, PART_COLOURS, strict=True):
            width = track.width() * count / largest
            painter.fillRect(QRectF(left, track.top(), width, track.height()), colour(role))
            left += width

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, theme().px(ROW))


class ClassChart(QListView):
    """Bars of the classes; the chosen row is the class whose images are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(ClassDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("border: none; background: transparent;")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Images in each class")
        self.setMinimumHeight(ROW * 2)
