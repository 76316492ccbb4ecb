"""Images that were opened to be looked at, and the table of many that were classified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from engine.inspection.results import Classified
from gui.words import display_name, share, tip

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, eq=False)
class Seen:
    """One opened image; the picture and the verdict come later."""

    name: str
    picture: QImage | None = None
    verdict: str = ""


class SeenModel(QAbstractListModel):
    """The strip of opened images: the picture as the network saw it, with the most probable class."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: list[Seen] = []

    def set_names(self, names: Sequence[str]) -> None:
        """Show images of these names, not looked at yet."""
        self.beginResetModel()
        self._images = [Seen(name) for name in names]
        self.endResetModel()

    def set_seen(self, row: int, picture: QImage | None, verdict: str) -> None:
        """One image has been looked at, or could not be."""
        if 0 <= row < len(self._images):
            self._images[row] = replace(self._images[row], picture=picture, verdict=verdict)
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._images)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._images):
            return None
        image = self._images[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return image.picture
        if role == Qt.ItemDataRole.DisplayRole:
            return display_name(image.verdict or image.name)
        words = f"{display_name(image.name)}: {display_name(image.verdict)}" if image.verdict else image.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words
        return tip(words) if role == Qt.ItemDataRole.ToolTipRole else None


class ClassifiedModel(QAbstractTableModel):
    """A row for each classified image; grows while they come in."""

    HEADERS = ("Image", "Class", "Probability", "Next")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: list[Classified] = []

    def clear(self) -> None:
        """Show none."""
        self.beginResetModel()
        self._images = []
        self.endResetModel()

    def set_images(self, images: Sequence[Classified]) -> None:
        """Show these."""
        self.beginResetModel()
        self._images = list(images)
        self.endResetModel()

    def add(self, images: Sequence[Classified]) -> None:
        """Some more have been classified."""
        if images:
            first = len(self._images)
            self.beginInsertRows(QModelIndex(), first, first + len(images) - 1)
            self._images.extend(images)
            self.endInsertRows()

    def image(self, row: int) -> Classified:
        """The image of a row."""
        return self._images[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._images)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.HEADERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        image = self._images[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(display_name(image.path))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        first, *rest = image.top
        following = f"{display_name(rest[0].class_name)} {share(rest[0].probability)}" if rest else ""
        texts = (display_name(image.path), display_name(first.class_name), share(first.probability), following)
        return texts[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.HEADERS[section]
        return None
