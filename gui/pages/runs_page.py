"""The Runs page: every run of the project, and the curves of the chosen ones over each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from engine.runs.records import RunSummary
from gui.models.run_table import COLUMNS, RunTableModel, SortedRuns
from gui.models.run_words import can_extend, can_resume, state_sentence
from gui.pages.flow import flowing
from gui.pages.page import Page, quiet_table, scrolled
from gui.plots.learning_charts import LearningCharts
from gui.theme import SPACE_3
from gui.widgets import EmptyState, ErrorPanel, PlainLabel, push_button
from gui.words import plural, tip

HINT = "Choose one or more runs above to see how they learned."


class RunsPage(Page):
    """Shows the runs and asks what to do with the chosen ones.

    Signals: `selection_changed`; `inspect_requested`, `resume_requested`, `more_requested`, `use_settings_requested`,
    `compare_requested` and `delete_requested` for the chosen run or runs; `train_requested` from the empty page.
    """

    selection_changed = Signal()
    inspect_requested = Signal()
    resume_requested = Signal()
    more_requested = Signal()
    use_settings_requested = Signal()
    compare_requested = Signal()
    delete_requested = Signal()
    train_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Runs", parent)
        self.model = RunTableModel(self)
        self.sorted = SortedRuns(self.model, self)
        self.error_panel = ErrorPanel(closable=True)
        self.charts = LearningCharts(HINT, several=True)
        self.table = quiet_table("Runs")
        self.table.setMinimumHeight(180)
        self.inspect_button = push_button("Look inside", icon_name="inspect")
        self.resume_button = push_button("Resume", icon_name="redo")
        self.more_button = push_button("10 more epochs", icon_name="add")
        self.settings_button = push_button("Use its settings", icon_name="settings")
        self.compare_button = push_button("Compare stacks…", icon_name="compare")
        self.delete_button = push_button("Delete…", icon_name="remove")
        self.chosen_label = PlainLabel(role="secondary", wrap=True)
        self._build()
        self._connect()
        self.show_runs(())

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Show these runs; the choice stays."""
        empty = not self.model.runs
        self.model.set_runs(runs)
        self._stack.setCurrentIndex(1 if runs else 0)
        if runs and empty:
            self.table.resizeColumnsToContents()
            self.choose([runs[-1].run])
        self._show_actions()

    def chosen(self) -> list[RunSummary]:
        """The chosen runs, oldest first."""
        rows = {self.sorted.mapToSource(index).row() for index in self.table.selectionModel().selectedRows()}
        return [self.model.runs[row] for row in sorted(rows)]

    def choose(self, runs: Sequence[str]) -> None:
        """Choose these runs in the table."""
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        selection.clearSelection()
        for row, run in enumerate(self.model.runs):
            if run.run in runs:
                index = self.sorted.mapFromSource(self.model.index(row, 0))
                selection.setCurrentIndex(index, flags.Select | flags.Rows)

    def _build(self) -> None:
        train = push_button("Train", icon_name="play", primary=True)
        train.clicked.connect(self.train_requested)
        self._empty = EmptyState(
            "No runs yet",
            "Every training becomes a run and is kept here with its curves and its weights, so that runs can be "
            "compared, looked into and taken up again. Runs started on the command line appear too.",
            icon="runs",
            buttons=[train],
        )
        self.table.setModel(self.sorted)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(COLUMNS.index(COLUMNS[-1]), Qt.SortOrder.DescendingOrder)
        self.table.setIconSize(QSize(12, 12))
        self.table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setSectionsMovable(False)
        actions = flowing(
            self.inspect_button,
            self.resume_button,
            self.more_button,
            self.settings_button,
            self.compare_button,
            self.delete_button,
            right=4,
        )
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(actions)
        column.addWidget(self.table, 2)
        column.addWidget(self.chosen_label)
        column.addWidget(self.charts, 3)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scrolled(content))
        self.column.addWidget(self.error_panel)
        self.column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.table.activated.connect(self.inspect_requested)
        self.inspect_button.clicked.connect(self.inspect_requested)
        self.resume_button.clicked.connect(self.resume_requested)
        self.more_button.clicked.connect(self.more_requested)
        self.settings_button.clicked.connect(self.use_settings_requested)
        self.compare_button.clicked.connect(self.compare_requested)
        self.delete_button.clicked.connect(self.delete_requested)

    def _on_selection_changed(self) -> None:
        self._show_actions()
        self.selection_changed.emit()

    def _show_actions(self) -> None:
        chosen = self.chosen()
        one = chosen[0] if len(chosen) == 1 else None
        only_one = "Choose one run in the table." if one is None else ""
        self._allow(
            self.inspect_button, only_one or ("" if one and one.has_weights else "This run has no weights yet.")
        )
        self._allow(
            self.resume_button,
            only_one or ("" if one and can_resume(one) else "Only a run that was interrupted can be resumed."),
        )
        self._allow(
            self.more_button,
            only_one or ("" if one and can_extend(one) else "Only a run that has ended can be trained further."),
        )
        self._allow(self.settings_button, only_one)
        self._allow(self.compare_button, only_one)
        self._allow(self.delete_button, "" if chosen else "Choose runs in the table.")
        if one is not None:
            self.chosen_label.setText(state_sentence(one))
        else:
            self.chosen_label.setText(f"{plural(len(chosen), 'run')} chosen." if chosen else HINT)

    def _allow(self, button: QWidget, reason: str) -> None:
        button.setEnabled(not reason)
        button.setToolTip(tip(reason))
