"""The runs of a project as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QIcon, QPixmap

from engine.runs.records import RunSummary
from gui.models.run_words import state_words
from gui.theme import run_colour
from gui.words import duration, grouped, share, tip

Index = QModelIndex | QPersistentModelIndex
SWATCH = 12
"""Side of the square that shows a run's colour, in pixels."""


@dataclass(frozen=True)
class Column:
    """One column: its title, what it says, and what it is sorted by."""

    title: str
    text: Callable[[RunSummary], str]
    key: Callable[[RunSummary], float | str]
    figure: bool = True


def _known(value: float | None) -> float:
    return -1.0 if value is None else value


def _epochs(run: RunSummary) -> str:
    return f"{run.epochs} of {run.planned_epochs}" if run.epochs != run.planned_epochs else f"{run.epochs}"


def when(started: str) -> str:
    """A time stamp of a run's folder as a person reads it, in local time; as it is where it is none."""
    try:
        return datetime.fromisoformat(started).astimezone().strftime("%d %b %H:%M")
    except ValueError:
        return started


def _swatch(run: str) -> QIcon:
    """The run's colour; the same in a chosen row, where Qt would tint a bare colour."""
    square = QPixmap(SWATCH, SWATCH)
    square.fill(run_colour(run))
    icon = QIcon(square)
    icon.addPixmap(square, QIcon.Mode.Selected)
    return icon


COLUMNS = (
    Column("Run", lambda run: run.run, lambda run: run.run, figure=False),
    Column("State", state_words, state_words, figure=False),
    Column("Validation", lambda run: share(run.validation_accuracy), lambda run: _known(run.validation_accuracy)),
    Column("Best", lambda run: share(run.best_validation_accuracy), lambda run: _known(run.best_validation_accuracy)),
    Column("Epochs", _epochs, lambda run: run.epochs),
    Column("Parameters", lambda run: grouped(run.parameters), lambda run: run.parameters),
    Column("Time", lambda run: duration(run.seconds), lambda run: run.seconds),
    Column("Started", lambda run: when(run.started), lambda run: run.started, figure=False),
)


class RunTableModel(QAbstractTableModel):
    """A row for each run; rows keep their place while figures change, so that a choice survives."""

    SORT_KEY = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs: tuple[RunSummary, ...] = ()

    def set_runs(self, runs: Sequence[RunSummary]) -> None:
        """Show these runs."""
        before = [run.run for run in self.runs]
        now = [run.run for run in runs]
        if now[: len(before)] == before:
            self._grow(tuple(runs))
        elif len(now) < len(before) and [one for one in before if one in set(now)] == now:
            self._shrink(tuple(runs))
        else:
            self.beginResetModel()
            self.runs = tuple(runs)
            self.endResetModel()

    def _grow(self, runs: tuple[RunSummary, ...]) -> None:
        old = len(self.runs)
        if len(runs) > old:
            self.beginInsertRows(QModelIndex(), old, len(runs) - 1)
            self.runs = runs
            self.endInsertRows()
        self._refresh(runs)

    def _shrink(self, runs: tuple[RunSummary, ...]) -> None:
        kept = {run.run for run in runs}
        for row in range(len(self.runs) - 1, -1, -1):
            if self.runs[row].run not in kept:
                self.beginRemoveRows(QModelIndex(), row, row)
                self.runs = self.runs[:row] + self.runs[row + 1 :]
                self.endRemoveRows()
        self._refresh(runs)

    def _refresh(self, runs: tuple[RunSummary, ...]) -> None:
        self.runs = runs
        if runs:
            self.dataChanged.emit(self.index(0, 0), self.index(len(runs) - 1, len(COLUMNS) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.runs)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        run, column = self.runs[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(run)
        if role == self.SORT_KEY:
            return column.key(run)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return _swatch(run.run)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.figure else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(run.error or f"{run.run}: {state_words(run)}")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section].figure else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class SortedRuns(QSortFilterProxyModel):
    """The table sorted by what the figures are, not by how they are written."""

    def __init__(self, model: RunTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSourceModel(model)
        self.setSortRole(RunTableModel.SORT_KEY)
        self.setDynamicSortFilter(True)
