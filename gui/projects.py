"""The verbs of the project: new, open, save, save as, and keeping every edit safe without being asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.errors import EngineError
from engine.plan import Draft
from engine.service.projects import Autosave, NewProject, OpenedProject, OpenProject, SaveProject
from gui.bridge import EngineBridge
from gui.document import Document
from gui.drops import PROJECT_SUFFIX
from gui.settings import LAST, Settings

AUTOSAVE_MS = 1500


class ProjectController(QObject):
    """Opens and saves projects through the engine's jobs.

    Signals: `saved_changed` with the words of the status bar; `opening_changed` with whether a project is being
    opened; `notice` with a sentence; `noted` with one that must not be missed, and `saved` with the same one when a
    save has made it needless; `failed` with an EngineError.
    """

    saved_changed = Signal(str)
    opening_changed = Signal(bool)
    notice = Signal(str)
    noted = Signal(str)
    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, window: QWidget, document: Document, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._bridge = bridge
        self._settings = settings
        self._opened = False
        self._note = ""
        self._kept: Draft | None = None
        self._saving = False
        self._keeping: tuple[Path, Draft] | None = None
        self._after_keeping: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self._keep)
        document.draft_changed.connect(self._on_draft_changed)

    @property
    def returning(self) -> bool:
        """Whether there is a project of last time to open."""
        return bool(self._settings.get(LAST))

    # Open

    def open_last(self) -> None:
        """Open the project of last time, or the sample project."""
        last = self._settings.get(LAST)
        self._open(OpenProject(Path(last) if last else None), self._on_last_failed)

    def open(self, folder: Path) -> None:
        """Open a project folder."""
        self._open(OpenProject(folder), self._on_failed)

    def new(self, draft: Draft) -> None:
        """Start a fresh project; the one that is open stays where it is."""
        self._open(NewProject(draft), self._on_failed)

    def choose(self) -> None:
        """Ask for a project folder and open it."""
        dialog = QFileDialog(self._window, "Open a project (a folder that ends in .convoscope)")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._ask(dialog, self._on_project_chosen)

    def _open(self, job: OpenProject | NewProject, failed: Callable[[EngineError], None]) -> None:
        self.keep_now()
        self.opening_changed.emit(True)
        self._bridge.submit(job, done=self._on_opened, failed=failed)

    def _on_project_chosen(self, path: str) -> None:
        self.open(Path(path))

    def _on_opened(self, project: OpenedProject) -> None:
        self._timer.stop()
        self._opened = True
        self._kept = project.draft
        self._document.set_project(project)
        self._remember(project)
        self.opening_changed.emit(False)
        self._note = project.note
        if project.note:
            self.noted.emit(project.note)
        if self._document.draft != project.draft:
            self._timer.start()
        self._say()

    def _on_failed(self, error: EngineError) -> None:
        self.opening_changed.emit(False)
        self.failed.emit(error)

    def _on_last_failed(self, error: EngineError) -> None:
        # The project of last time is gone or damaged: say so, and start with what can be opened.
        self.failed.emit(error)
        self._settings.set(LAST, "")
        self._bridge.submit(OpenProject(None), done=self._on_opened, failed=self._on_failed)

    # Save

    def save(self) -> None:
        """Save into the project's folder; ask for one where it has none yet."""
        project = self._document.project
        if not self._opened:
            return
        if not project.saved:
            self.save_as()
            return
        self._submit_save(None)

    def save_as(self) -> None:
        """Ask for a place and save there."""
        dialog = QFileDialog(self._window, "Save the project as")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(PROJECT_SUFFIX.lstrip("."))
        dialog.setNameFilter("Convoscope project (*.convoscope)")
        dialog.selectFile(f"{self._document.project.name}{PROJECT_SUFFIX}")
        self._ask(dialog, self._on_target_chosen)

    def _on_target_chosen(self, path: str) -> None:
        self._submit_save(Path(path))

    def _submit_save(self, target: Path | None) -> None:
        self._timer.stop()
        self._saving = True
        job = SaveProject(self._document.project.folder, self._document.draft, target)
        self._bridge.submit(job, done=self._on_saved, failed=self._on_save_failed)

    def _on_save_failed(self, error: EngineError) -> None:
        self._saving = False
        self.failed.emit(error)
        self._keep()
        self._go_on()

    def _on_saved(self, project: OpenedProject) -> None:
        self._saving = False
        self._kept = project.draft
        self._document.set_saved(project)
        self._remember(project)
        self.notice.emit(f"Saved in {project.folder}")
        self.saved.emit(self._note)
        self._keep()
        self._go_on()

    # Keep

    def keep_now(self, then: Callable[[], None] | None = None) -> None:
        """Keep the newest edits at once.

        Args:
            then: Called when they are safe, or when that failed; at once where there is nothing to keep.
        """
        self._timer.stop()
        self._after_keeping = then
        self._keep()
        self._go_on()

    def _keep(self) -> None:
        """Keep the newest edits, if there are any; while others are on their way to the disk, after those."""
        if not self._opened or self._saving or self._keeping is not None or self._document.draft == self._kept:
            return
        folder, draft = self._keeping = self._document.project.folder, self._document.draft
        self._bridge.submit(
            Autosave(folder, draft), done=self._on_kept, failed=self._on_keep_failed, cancelled=self._on_keep_cancelled
        )

    def _on_kept(self, _result: object) -> None:
        assert self._keeping is not None, "only an autosave under way can end"
        (folder, draft), self._keeping = self._keeping, None
        if folder == self._document.project.folder:
            self._kept = draft
        self._keep()
        self._go_on()

    def _on_keep_failed(self, error: EngineError) -> None:
        self.failed.emit(error)
        self._on_keep_cancelled()

    def _on_keep_cancelled(self) -> None:
        self._keeping = None
        self._go_on()

    def _go_on(self) -> None:
        """Do what waits for the edits to be safe, once none is on its way to the disk."""
        self._say()
        if self._keeping is None and not self._saving:
            then, self._after_keeping = self._after_keeping, None
            if then is not None:
                then()

    def _on_draft_changed(self) -> None:
        if self._opened and self._document.draft != self._kept:
            self._timer.start()
        self._say()

    def _say(self) -> None:
        project = self._document.project
        if not self._opened:
            text = ""
        elif self._document.draft != self._kept:
            text = "Edited"
        elif not project.saved:
            text = "Every edit is kept · not saved as a project yet"
        else:
            text = "Edits kept, not saved yet" if self._document.edited else "Saved"
        self.saved_changed.emit(text)

    def _remember(self, project: OpenedProject) -> None:
        self._settings.set(LAST, str(project.folder))
        if project.saved:
            self._settings.add_recent(project.folder)

    def _ask(self, dialog: QFileDialog, chosen: Callable[[str], None]) -> None:
        dialog.setWindowModality(dialog.windowModality().WindowModal)
        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
