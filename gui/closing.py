"""How the window closes: edits are kept, a run is asked about, and the program ends when both are settled."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.page_host import PageHost
from gui.projects import ProjectController

log = logging.getLogger("gui")
_PATIENCE_MS = 10_000


class Closing(QObject):
    """Closes the window for good when everything is safe. `ending` is emitted just before."""

    ending = Signal()

    def __init__(self, window: MainWindow, pages: PageHost, projects: ProjectController) -> None:
        super().__init__(window)
        self._window = window
        self._pages = pages
        self._projects = projects
        self._waiting_for_run = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._end)
        window.close_requested.connect(self.request)

    def request(self) -> None:
        """Close, after asking what becomes of a run that is under way."""
        if not self._training():
            self._settle()
            return
        if self._waiting_for_run:
            return
        from gui.dialogs.closing import ClosingDialog

        dialog = ClosingDialog(self._window)
        dialog.background_chosen.connect(self._on_background_chosen)
        dialog.stop_chosen.connect(self._on_stop_chosen)
        dialog.open()

    def _training(self) -> bool:
        return self._pages.has("train") and self._pages.train.state != "idle"

    def _on_background_chosen(self) -> None:
        log.info("the window is hidden; the program ends with the run")
        self._wait_for_run()

    def _on_stop_chosen(self) -> None:
        self._wait_for_run()
        self._pages.train.stop()

    def _wait_for_run(self) -> None:
        self._waiting_for_run = True
        self._projects.keep_now()
        QApplication.setQuitOnLastWindowClosed(False)
        self._pages.train.state_changed.connect(self._on_training_state_changed)
        self._window.hide()
        self._on_training_state_changed()

    def _on_training_state_changed(self) -> None:
        if self._waiting_for_run and not self._training():
            self._settle()

    def _settle(self) -> None:
        """Hide at once, keep the newest edits, then end; a disk that does not answer cannot hold the program up."""
        self.ending.emit()
        QApplication.setQuitOnLastWindowClosed(False)
        self._window.hide()
        self._patience.start()
        self._projects.keep_now(self._end)

    def _end(self) -> None:
        self._patience.stop()
        self._window.allow_close()
        QApplication.exit(0)
