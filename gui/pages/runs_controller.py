"""What the Runs page can do: compare runs, take one up again, look into it, delete it."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal

from engine.errors import EngineError
from engine.runs.records import RunRecord, RunSummary, State
from engine.service.projects import DeleteRun, ReadRun
from gui.bridge import EngineBridge
from gui.controller import PageController
from gui.document import Document
from gui.models.learning import Learning
from gui.models.run_list import RunList
from gui.pages.inspect_controller import apply_plan
from gui.pages.latest import Latest
from gui.pages.runs_page import RunsPage
from gui.plots.learning_charts import NamedLearning
from gui.settings import Settings
from gui.words import plural

DRAWN_AT_MOST = 8
"""Runs drawn over each other: as many as there are colours."""


class RunsController(PageController):
    """Reads what the table and the charts show, and hands on what others do.

    Signals: `inspect_wanted` with a run's id; `resume_wanted` with a run's folder and how many epochs more;
    `train_wanted`; `compare_wanted` with the id of a run whose stack is to be compared.
    """

    inspect_wanted = Signal(str)
    resume_wanted = Signal(Path, int)
    train_wanted = Signal()
    compare_wanted = Signal(str)

    def __init__(self, page: RunsPage, document: Document, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(page, document, bridge, settings)
        self._page = page
        self._runs = RunList.of(document, bridge)
        self._read: dict[str, tuple[RunSummary, Learning]] = {}
        self._to_read: deque[RunSummary] = deque()
        self._asked: RunSummary | None = None
        self._to_delete: list[RunSummary] = []
        self._reading = Latest(bridge, self)
        self._planning = Latest(bridge, self)
        self._connect()
        self._on_runs_changed()

    def _connect(self) -> None:
        page = self._page
        page.installEventFilter(self)
        page.selection_changed.connect(self._on_selection_changed)
        page.inspect_requested.connect(self._on_inspect_requested)
        page.resume_requested.connect(self._on_resume_requested)
        page.more_requested.connect(self._on_more_requested)
        page.use_settings_requested.connect(self.use_settings)
        page.compare_requested.connect(self._on_compare_requested)
        page.delete_requested.connect(self.ask_to_delete)
        page.train_requested.connect(self.train_wanted)
        self._runs.changed.connect(self._on_runs_changed)
        self._reading.done.connect(self._on_read)
        self._reading.failed.connect(self._on_failed)
        self._planning.done.connect(self._on_plan_read)
        self._planning.failed.connect(self._on_failed)

    # verbs

    def use_settings(self) -> None:
        """Make the chosen run's network, recipe and data settings those of the draft."""
        chosen = self._page.chosen()
        if len(chosen) == 1:
            self._planning.submit(ReadRun(chosen[0].folder))

    def ask_to_delete(self) -> None:
        """Delete the chosen runs for good, once the user has said so."""
        chosen = self._page.chosen()
        if not chosen:
            return
        running = [run.run for run in chosen if run.state in (State.RUNNING, State.PAUSED)]
        if running:
            self._page.error_panel.show_error(
                EngineError(f"{running[0]} is being trained.", "Only a run that has ended can be deleted.", "Stop it.")
            )
            return
        from gui.dialogs.deleting import DeletingDialog

        self._to_delete = chosen
        dialog = DeletingDialog(chosen[0].run if len(chosen) == 1 else plural(len(chosen), "run"), self._page.window())
        dialog.delete_chosen.connect(self._on_delete_chosen)
        dialog.open()

    def delete(self, runs: list[RunSummary]) -> None:
        """Delete these runs without asking."""
        for run in runs:
            self._read.pop(run.run, None)
            self.bridge.submit(DeleteRun(run.folder), done=self._on_deleted, failed=self._on_failed)

    # curves

    def _on_runs_changed(self) -> None:
        self._page.show_runs(self._runs.runs)
        self._on_selection_changed()

    def _on_selection_changed(self) -> None:
        chosen = self._page.chosen()[-DRAWN_AT_MOST:]
        if self._page.isVisible():
            self._to_read = deque(run for run in chosen if run not in (self._known(run.run), self._asked))
            self._read_next()
        self._draw()

    def _draw(self) -> None:
        chosen = self._page.chosen()[-DRAWN_AT_MOST:]
        self._page.charts.show_runs(
            [NamedLearning(run.run, self._read[run.run][1]) for run in chosen if run.run in self._read]
        )

    def _read_next(self) -> None:
        if self._to_read and self._reading.job is None:
            self._asked = self._to_read.popleft()
            self._reading.submit(ReadRun(self._asked.folder))

    def _known(self, run: str) -> RunSummary | None:
        """The state of a run that its curves are drawn from."""
        return self._read[run][0] if run in self._read else None

    def _on_read(self, record: RunRecord) -> None:
        asked, self._asked = self._asked, None
        self._read[record.summary.run] = (asked or record.summary, Learning.of_record(record))
        self._draw()
        self._read_next()

    def _on_plan_read(self, record: RunRecord) -> None:
        apply_plan(self.document, record.plan, record.summary.run)
        self.notice.emit(f"The settings of {record.summary.run} are now those of the stack and the recipe.")

    def _on_deleted(self, _result: object) -> None:
        self._runs.refresh()

    def _on_failed(self, error: EngineError) -> None:
        self._asked = None
        self._page.error_panel.show_error(error)
        self._runs.refresh()
        self._read_next()

    # what others do

    def _on_delete_chosen(self) -> None:
        self.delete(self._to_delete)

    def _on_inspect_requested(self) -> None:
        chosen = self._page.chosen()
        if len(chosen) == 1 and chosen[0].has_weights:
            self.inspect_wanted.emit(chosen[0].run)
            self.page_wanted.emit("inspect")

    def _on_compare_requested(self) -> None:
        chosen = self._page.chosen()
        if len(chosen) == 1:
            self.compare_wanted.emit(chosen[0].run)

    def _on_resume_requested(self) -> None:
        self._resume(0)

    def _on_more_requested(self) -> None:
        self._resume(10)

    def _resume(self, more_epochs: int) -> None:
        chosen = self._page.chosen()
        if len(chosen) == 1:
            self.resume_wanted.emit(chosen[0].folder, more_epochs)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the list of runs fresh while the page can be seen."""
        if event.type() == QEvent.Type.Show:
            self._runs.watch(self, True)
            self._on_selection_changed()
        elif event.type() == QEvent.Type.Hide:
            self._runs.watch(self, False)
        return False
