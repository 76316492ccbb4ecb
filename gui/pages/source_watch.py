"""Watches the images on the disk: says on the Data page when they have changed since they were read, or are gone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from engine.data.dataset import DatasetSpec
from engine.service.source_news import CheckSource, SourceNews, SourceState
from gui.bridge import EngineBridge
from gui.document import Document
from gui.pages.data_page import DataPage
from gui.pages.notice_panel import NoticePanel
from gui.settings import IMAGE_FOLDER, Settings
from gui.words import display_name, plural

LOOK_EVERY_SECONDS: Final = 10.0
"""A large folder takes a second to go through, and a slow drive longer."""
UPDATE: Final = "Update"
LOCATE: Final = "Locate…"


class SourceWatch(QObject):
    """Looks whenever the window comes to the front again, and when images could not be opened.

    Signals: `update_wanted` when the images should be read as they are now; `located` with the path of the folder
    that the images are in now.
    """

    update_wanted = Signal()
    located = Signal(str)

    def __init__(self, page: DataPage, document: Document, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(page)
        self._page = page
        self._document = document
        self._bridge = bridge
        self._settings = settings
        self._asked: DatasetSpec | None = None
        self._looked = -LOOK_EVERY_SECONDS
        self.panel = NoticePanel()
        page.column.insertWidget(1, self.panel)
        self.panel.action_requested.connect(self._on_action_requested)
        document.dataset_changed.connect(self._on_dataset_changed)
        application = QCoreApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_application_state_changed)

    def look(self) -> None:
        """Compare the images that the draft asks for with what was read of them."""
        spec, dataset = self._document.draft.data, self._document.dataset
        if spec.source.is_sample or self._asked is not None:
            return
        self._asked = spec
        self._looked = time.monotonic()
        state = "" if dataset is None else dataset.state
        self._bridge.submit(
            CheckSource(spec, state), done=self._on_checked, failed=self._on_not_checked, cancelled=self._on_not_checked
        )

    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        due = time.monotonic() - self._looked >= LOOK_EVERY_SECONDS
        if state is Qt.ApplicationState.ApplicationActive and due and self._document.dataset is not None:
            self.look()

    def _on_checked(self, news: SourceNews) -> None:
        asked, self._asked = self._asked, None
        source = self._document.draft.source
        if asked is None or source != asked.source:
            return  # the user has gone on to other images
        if news.state is SourceState.GONE:
            self._page.error_panel.clear()  # it would say the same
            read = self._document.dataset is not None
            self.panel.show_notice(
                f"The folder {display_name(source.name)} is not there any more.",
                f"It was {display_name(source.location)}. "
                + ("What was read of it can still be trained on. " if read else "")
                + "If it was moved or renamed, show where it is now: labels and choices are kept.",
                warning=True,
                action=LOCATE,
            )
        elif news.state is SourceState.CHANGED and self._document.dataset is not None:
            self.panel.show_notice(
                f"The images in {display_name(source.name)} have changed since they were read.",
                f"{_counts(news)}Only what is new is read again.",
                action=UPDATE,
            )
        elif news.state is SourceState.SAME:
            self.panel.hide()

    def _on_not_checked(self, _error: object = None) -> None:
        self._asked = None

    def _on_dataset_changed(self) -> None:
        if self._document.dataset is not None:
            self._looked = time.monotonic()
            self.panel.hide()

    def _on_action_requested(self) -> None:
        self.panel.hide()
        if self.panel.action_button.text() == UPDATE:
            self.update_wanted.emit()
        else:
            self._choose_folder()

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self._page.window(), "Where are the images now?", self._settings.get(IMAGE_FOLDER))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_folder_chosen(self, folder: str) -> None:
        self._settings.set(IMAGE_FOLDER, str(Path(folder).parent))
        self.located.emit(folder)


def _counts(news: SourceNews) -> str:
    """How many files are new, gone and changed, where that is known."""
    parts = [
        f"{plural(count, 'file')} {'is' if count == 1 else 'are'} {word}"
        for count, word in ((news.added, "new"), (news.removed, "gone"), (news.edited, "changed"))
        if count
    ]
    return f"{', '.join(parts)}. " if parts else ""
