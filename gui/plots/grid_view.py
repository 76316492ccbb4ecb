"""A grid of equal cells over a list model: its layout costs the same for a hundred items and for a hundred thousand.

QListView lays every item out one by one (0.3 to 0.6 s for 100,000, measured), so this view works the place of a cell
out from its number instead.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion, QResizeEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSizePolicy, QStyle, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex


class GridView(QAbstractItemView):
    """Cells in rows, left to right, spread over the width; the delegate paints them.

    Arrow keys, Page Up and Down, Home and End move; Enter and Space activate.

    Args:
        cell: Size of one cell, its margin included.
        grows: Whether the view is as high as all its rows and leaves scrolling to what holds it.
    """

    def __init__(self, cell: QSize, parent: QWidget | None = None, *, grows: bool = False) -> None:
        super().__init__(parent)
        self._cell = cell
        self._grows = grows
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_cell(self, cell: QSize) -> None:
        """Draw the cells at another size."""
        self._cell = cell
        self.updateGeometries()
        self.viewport().update()

    def columns(self) -> int:
        """Cells in one row."""
        return max(1, self.viewport().width() // self._cell.width())

    def rows(self) -> int:
        """Rows of cells."""
        return -(-self._count() // self.columns())

    def _count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    # what an item view must answer

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        row, column = divmod(index.row(), self.columns())
        columns, width = self.columns(), self.viewport().width()
        left, right = column * width // columns, (column + 1) * width // columns
        return QRect(left, row * self._cell.height() - self.verticalOffset(), right - left, self._cell.height())

    def indexAt(self, point: QPoint) -> QModelIndex:
        column = point.x() * self.columns() // max(1, self.viewport().width())
        if not 0 <= column < self.columns():
            return QModelIndex()
        number = (point.y() + self.verticalOffset()) // self._cell.height() * self.columns() + column
        if not 0 <= number < self._count():
            return QModelIndex()
        return self.model().index(number, 0, self.rootIndex())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        place = self.visualRect(index)
        bar = self.verticalScrollBar()
        if place.top() < 0:
            bar.setValue(bar.value() + place.top())
        elif place.bottom() > self.viewport().height():
            bar.setValue(bar.value() + place.bottom() - self.viewport().height() + 1)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count = self._count()
        if not count:
            return QModelIndex()
        here = self.currentIndex().row()
        if here < 0:
            return self.model().index(0, 0, self.rootIndex())
        page = max(1, self.viewport().height() // self._cell.height()) * self.columns()
        kinds = QAbstractItemView.CursorAction
        steps = {
            kinds.MoveLeft: -1,
            kinds.MovePrevious: -1,
            kinds.MoveRight: 1,
            kinds.MoveNext: 1,
            kinds.MoveUp: -self.columns(),
            kinds.MoveDown: self.columns(),
            kinds.MovePageUp: -page,
            kinds.MovePageDown: page,
            kinds.MoveHome: -here,
            kinds.MoveEnd: count - 1 - here,
        }
        there = here + steps.get(action, 0)
        if abs(steps.get(action, 0)) == self.columns() and not 0 <= there < count:
            there = here
        return self.model().index(max(0, min(there, count - 1)), 0, self.rootIndex())

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center()) if rect.width() > 1 else self.indexAt(rect.topLeft())
        chosen = QItemSelection(index, index) if index.isValid() else QItemSelection()
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def updateGeometries(self) -> None:
        height = self.rows() * self._cell.height()
        bar = self.verticalScrollBar()
        bar.setSingleStep(max(1, self._cell.height() // 2))
        bar.setPageStep(max(1, self.viewport().height()))
        bar.setRange(0, 0 if self._grows else max(0, height - self.viewport().height()))
        if self._grows and self.minimumHeight() != height:
            self.setFixedHeight(height)
        super().updateGeometries()

    # painting and keys

    def paintEvent(self, event: QPaintEvent) -> None:
        count = self._count()
        if not count:
            return
        painter = QPainter(self.viewport())
        columns, height, offset = self.columns(), self._cell.height(), self.verticalOffset()
        first = (event.rect().top() + offset) // height * columns
        last = min(count, ((event.rect().bottom() + offset) // height + 1) * columns)
        under = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~QStyle.StateFlag.State_HasFocus
        for number in range(first, last):
            index = self.model().index(number, 0, self.rootIndex())
            option.rect = self.visualRect(index)
            option.state = plain
            if self.selectionModel().isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if index == self.currentIndex() and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            if index == under:
                option.state |= QStyle.StateFlag.State_MouseOver
            self.itemDelegateForIndex(index).paint(painter, option, index)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        super().rowsInserted(parent, start, end)
        self.updateGeometries()
        self.viewport().update()

    def reset(self) -> None:
        super().reset()
        self.verticalScrollBar().setValue(0)
        self.updateGeometries()
        self.viewport().update()
