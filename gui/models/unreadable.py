"""Files that were left out, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.data.dataset import Unreadable
from gui.words import display_name, tip

Index = QModelIndex | QPersistentModelIndex

HEADERS = ("File", "Why it was left out")


class UnreadableModel(QAbstractTableModel):
    """A row for each file: its path and the reason, both as plain text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[Unreadable, ...] = ()

    def set_files(self, files: Sequence[Unreadable]) -> None:
        """Show these files."""
        self.beginResetModel()
        self._files = tuple(files)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._files)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        file = self._files[index.row()]
        text = display_name(file.path) if index.column() == 0 else file.why
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        return tip(text) if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADERS[section]
        return None
