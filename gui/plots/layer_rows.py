"""How a layer is drawn in a narrow list: its family's colour, its name, the shape of what leaves it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.models.run_layers import RunLayersModel
from gui.theme import TEXT_SECONDARY, colour, theme

Index = QModelIndex | QPersistentModelIndex


class LayerRowDelegate(QStyledItemDelegate):
    """Paints one layer in one line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        path = QPainterPath()
        path.addRoundedRect(QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5), 4, 4)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillPath(path, colour("accent_soft" if chosen else "hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour("accent"))
            painter.drawPath(path)
        edge = QRectF(option.rect.left() + 4, option.rect.top() + 6, 4, option.rect.height() - 12)
        painter.fillRect(edge, index.data(Qt.ItemDataRole.DecorationRole))
        line = option.rect.adjusted(14, 0, -6, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme().font(TEXT_SECONDARY))
        painter.setPen(colour("secondary"))
        shape = str(index.data(RunLayersModel.SHAPE))
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignRight), shape)
        room = line.width() - painter.fontMetrics().horizontalAdvance(shape) - 8
        painter.setFont(theme().font(bold=chosen))
        painter.setPen(colour("text"))
        name = painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(QRect(line), int(middle | Qt.AlignmentFlag.AlignLeft), name)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, theme().px(26))


class LayerRows(QListView):
    """The layers of a trained network, to choose one."""

    def __init__(self, model: RunLayersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(LayerRowDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("border: none; background: transparent;")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Layers of this run")
        self.setMinimumWidth(190)
        model.modelReset.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """As high as the layers, within reason."""
        rows = min(max(self.model().rowCount(), 4), 12)
        self.setFixedHeight(rows * theme().px(26) + 2)
