"""The classes of a dataset, with how many images each has for training, validation and test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.words import display_name, tip

Index = QModelIndex | QPersistentModelIndex
Counts = tuple[int, int, int]


class ClassModel(QAbstractListModel):
    """A row for all classes together, then a row for each."""

    COUNTS = Qt.ItemDataRole.UserRole + 1
    LARGEST = Qt.ItemDataRole.UserRole + 2

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._counts: list[Counts] = []
        self._largest = 1

    def set_classes(self, names: Sequence[str], counts: Sequence[Counts]) -> None:
        """Show these classes; `counts` are (train, validation, test)."""
        shown = [display_name(name) for name in names]
        same = shown == self._names
        if not same:
            self.beginResetModel()
        self._names = shown
        self._counts = list(counts)
        self._largest = max([1, *(sum(one) for one in counts)])
        if not same:
            self.endResetModel()
        elif shown:
            self.dataChanged.emit(self.index(0), self.index(len(shown)))

    def label(self, index: Index) -> int | None:
        """The class of a row; None for the row of all."""
        return index.row() - 1 if index.isValid() and index.row() > 0 else None

    def rowCount(self, parent: Index | None = None) -> int:
        if not self._names or (parent is not None and parent.isValid()):
            return 0
        return len(self._names) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < self.rowCount():
            return None
        label = self.label(index)
        name = "All classes" if label is None else self._names[label]
        counts = self._total() if label is None else self._counts[label]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == self.COUNTS:
            return counts
        if role == self.LARGEST:
            return sum(counts) if label is None else self._largest
        words = f"{name}: {counts[0]:,} for training, {counts[1]:,} for validation, {counts[2]:,} for test"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words
        return tip(words) if role == Qt.ItemDataRole.ToolTipRole else None

    def _total(self) -> Counts:
        return (
            sum(one[0] for one in self._counts),
            sum(one[1] for one in self._counts),
            sum(one[2] for one in self._counts),
        )
