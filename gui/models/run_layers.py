"""The layers of a trained network, to choose the one whose maps are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.analysis import analyse
from engine.network import Network
from gui import words
from gui.theme import family_colour
from gui.words import display_name, tip

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class LayerRow:
    """One node of the network.

    Attributes:
        path: What its maps are keyed by.
        title: The user's name for it, or its kind; children of a block behind the block's.
        shape: What leaves it, in words.
        values: How many values leave it for one image.
    """

    path: str
    title: str
    shape: str
    values: int
    family: str


class RunLayersModel(QAbstractListModel):
    """A row for each layer, children of blocks in their place."""

    PATH = Qt.ItemDataRole.UserRole + 1
    SHAPE = Qt.ItemDataRole.UserRole + 2

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[LayerRow, ...] = ()

    def set_network(self, network: Network | None) -> None:
        """Show the layers of this network."""
        self.beginResetModel()
        self.rows = () if network is None else layer_rows(network)
        self.endResetModel()

    def row_of(self, path: str) -> int:
        """The row of a path, or of what leaves the block of that id; -1 where there is none."""
        paths = [row.path for row in self.rows]
        if path in paths:
            return paths.index(path)
        inside = [place for place, one in enumerate(paths) if one.startswith(f"{path}/")]
        return inside[-1] if path and inside else -1

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == self.SHAPE:
            return row.shape
        if role == Qt.ItemDataRole.DecorationRole:
            return family_colour(row.family)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.family}, {row.shape}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{row.title} ({row.path})\n{row.family}, gives {row.shape}")
        return row.path if role == self.PATH else None


def layer_rows(network: Network) -> tuple[LayerRow, ...]:
    """The nodes of a network's graph in words; () where it has problems."""
    analysis = analyse(network, None)
    if analysis.graph is None:
        return ()
    rows = []
    for node in analysis.graph:
        id, _, child = node.path.partition("/")
        title = display_name(network.layer(id).title) + (f" › {child}" if child else "")
        shape = analysis.facts[node.path].output_shape or ()
        values = 1
        for side in shape:
            values *= side
        rows.append(LayerRow(node.path, title, words.shape(shape), values, str(node.type.family)))
    return tuple(rows)
