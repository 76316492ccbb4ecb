"""The runs of the open project, as the engine reads them from its folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.runs.records import RunSummary
from engine.service.projects import ListRuns
from gui.bridge import EngineBridge
from gui.document import Document

POLL_MS = 2_000


class RunList(QObject):
    """One list for all pages; it is read again while a page that shows it can be seen.

    So a run that was started on the command line, or by another window, appears by itself.

    Signals:
        changed: There are other runs than before, or one of them has gone on.
    """

    changed = Signal()

    def __init__(self, document: Document, bridge: EngineBridge) -> None:
        super().__init__(document)
        self._document = document
        self._bridge = bridge
        self._runs: tuple[RunSummary, ...] = ()
        self._asked: Path | None = None
        self._again = False
        self._watchers: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.refresh)
        document.project_changed.connect(self._on_project_changed)
        self.refresh()

    @classmethod
    def of(cls, document: Document, bridge: EngineBridge) -> RunList:
        """The one list of this document."""
        found = document.findChild(RunList)
        return found if isinstance(found, RunList) else cls(document, bridge)

    @property
    def runs(self) -> tuple[RunSummary, ...]:
        """The runs, oldest first."""
        return self._runs

    @property
    def folder(self) -> Path | None:
        """Where they lie; None while no project is open."""
        folder = self._document.project.folder
        return None if folder == Path() else folder / "runs"

    def find(self, run: str) -> RunSummary | None:
        """The run with this id."""
        return next((one for one in self._runs if one.run == run), None)

    def watch(self, watcher: QObject, watching: bool) -> None:
        """A page can be seen now (keep reading), or no more."""
        (self._watchers.add if watching else self._watchers.discard)(id(watcher))
        if not self._watchers:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
            self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        if self.folder is None:
            return
        if self._asked is not None:
            self._again = True
            return
        self._asked = self._document.project.folder
        self._bridge.submit(
            ListRuns(self._asked), done=self._on_listed, failed=self._on_not_listed, cancelled=self._on_not_listed
        )

    def _on_listed(self, runs: tuple[RunSummary, ...]) -> None:
        current = self._asked == self._document.project.folder
        self._on_not_listed()
        if current and runs != self._runs:
            self._runs = runs
            self.changed.emit()

    def _on_not_listed(self, _error: object = None) -> None:
        self._asked = None
        if self._again:
            self._again = False
            self.refresh()

    def _on_project_changed(self) -> None:
        self._again = self._asked is not None
        if not all(run.folder.is_relative_to(self._document.project.folder) for run in self._runs):
            self._runs = ()
            self.changed.emit()
        self.refresh()
