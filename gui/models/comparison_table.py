"""Two networks row by row, in words, as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from engine.comparison import Comparison, Likeness, Match
from engine.network import Layer
from gui.theme import colour, family_colour
from gui.words import display_name, plural, tip

Index = QModelIndex | QPersistentModelIndex
_SHADES = {
    Likeness.CHANGED: "warning_soft",
    Likeness.MOVED: "pressed",
    Likeness.LEFT_ONLY: "bad_soft",
    Likeness.RIGHT_ONLY: "accent_soft",
}


class ComparisonModel(QAbstractTableModel):
    """Columns: a layer of the left network, how they differ, a layer of the right one."""

    FAMILY = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Match, ...] = ()
        self._names = ("", "")

    def show_comparison(self, comparison: Comparison | None, left: str, right: str) -> None:
        """Show these rows under these names."""
        self.beginResetModel()
        self._rows = () if comparison is None else comparison.matches
        self._names = (left, right)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            left, right = self._names
            return (left[:1].upper() + left[1:], "Difference", right)[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        layer = (row.left, None, row.right)[index.column()]
        text = difference_words(row, *self._names) if index.column() == 1 else _layer_words(layer)
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        if role == Qt.ItemDataRole.BackgroundRole and row.likeness in _SHADES and (layer or index.column() == 1):
            return QColor(colour(_SHADES[row.likeness]))
        if role == Qt.ItemDataRole.ForegroundRole and row.likeness is Likeness.SAME:
            return QColor(colour("secondary"))
        if role == Qt.ItemDataRole.DecorationRole and layer is not None:
            return family_colour(layer.type.family.value)
        return None


def difference_words(match: Match, left: str, right: str) -> str:
    """What is different about two layers, as a person says it."""
    details = ", ".join(f"{one.name.replace('_', ' ')} {one.left} → {one.right}" for one in match.differences)
    if match.likeness is Likeness.MOVED:
        return "moved" + (f", {details}" if details else "")
    if match.likeness is Likeness.LEFT_ONLY:
        return f"only in {left}"
    if match.likeness is Likeness.RIGHT_ONLY:
        return f"only in {right}"
    return display_name(details) or "same"


def comparison_sentence(comparison: Comparison, left: str, right: str) -> str:
    """How many layers differ, and in which way."""
    if not comparison.different:
        return "The two stacks are the same."
    count = Counter(one.likeness for one in comparison.matches)
    # A layer that moved stands in two rows.
    parts = (
        (count[Likeness.CHANGED], "changed"),
        ((count[Likeness.MOVED] + 1) // 2, "moved"),
        (count[Likeness.LEFT_ONLY], f"only in {left}"),
        (count[Likeness.RIGHT_ONLY], f"only in {right}"),
    )
    said = _listed([f"{plural(number, 'layer')} {what}" for number, what in parts if number])
    return f"{said}; {plural(count[Likeness.SAME], 'layer')} the same."


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _layer_words(layer: Layer | None) -> str:
    if layer is None:
        return ""
    caption = layer.type.caption() or (f"{layer.type.kind}" if layer.label else "")
    return "  ·  ".join(part for part in (display_name(layer.title), caption) if part)
