"""The verbs of the picture: show it, keep it as the network is, save it as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.errors import EngineError
from engine.picture import Scene, draw
from engine.service.saving import SaveFile
from gui.bridge import EngineBridge
from gui.document import Document
from gui.picture.exporting import Format, exported, format_of
from gui.picture.painting import look
from gui.picture.window import Paper, PictureWindow
from gui.settings import (
    PICTURE_FOLDER,
    PICTURE_FORMAT,
    PICTURE_INSIDE,
    PICTURE_PAPER,
    PICTURE_SCALE,
    PICTURE_TRANSPARENT,
    Settings,
)
from gui.theme import theme
from gui.words import display_name

_WAIT_MS: Final = 25
"""So long an edit waits for the next before the picture is drawn anew: a held key does not draw it at every step."""


class PictureController(QObject):
    """Owns the window of the picture, made when it is first wanted."""

    def __init__(self, parent: QWidget, document: Document, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(parent)
        self._document = document
        self._bridge = bridge
        self._settings = settings
        self.window = PictureWindow(parent)
        self.scene: Scene | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.refresh)
        self.window.choose(
            settings.get(PICTURE_PAPER),
            settings.get(PICTURE_SCALE),
            inside=bool(settings.get(PICTURE_INSIDE)),
            transparent=bool(settings.get(PICTURE_TRANSPARENT)),
        )
        self.window.options_changed.connect(self._on_options_changed)
        self.window.export_requested.connect(self.ask_for_file)
        self.window.closed.connect(self._timer.stop)
        self.window.view.layer_chosen.connect(self._on_layer_chosen)
        parent.installEventFilter(self)
        document.analysis_changed.connect(self._on_changed)
        document.selection_changed.connect(self._on_changed)
        theme().theme_changed.connect(self._on_changed)

    def show(self) -> None:
        """Bring the window up, with the picture as the network is now."""
        self.refresh()
        self.window.show()
        self.window.activateWindow()
        self.window.view.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with the main window when the program hides it."""
        if event.type() is QEvent.Type.Hide and not event.spontaneous():
            self.window.close()
        return False

    def refresh(self) -> None:
        """Draw the picture anew."""
        self._timer.stop()
        paper = self.window.paper
        dark = theme().dark if paper is Paper.WINDOW else paper is Paper.DARK
        document = self._document
        self.scene = draw(
            document.network,
            document.analysis,
            look(dark=dark),
            inside=self.window.inside,
            title=display_name(document.project.name),
        )
        self.window.view.show_scene(self.scene, document.selected)

    def ask_for_file(self) -> None:
        """Ask where the picture should go. The dialog itself asks before a file is replaced."""
        dialog = QFileDialog(self.window, "Save the picture as", self._settings.get(PICTURE_FOLDER))
        dialog.setObjectName("Picture file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        filters = {one.words: one for one in Format}
        last = self._settings.get(PICTURE_FORMAT)
        chosen = Format(last) if last in list(Format) else Format.PDF
        dialog.setNameFilters(list(filters))
        dialog.selectNameFilter(chosen.words)
        dialog.setDefaultSuffix(chosen.value)

        # The suffix follows the format before the dialog looks whether the file exists.
        def follow(words: str) -> None:
            dialog.setDefaultSuffix(filters.get(words, chosen).value)

        dialog.filterSelected.connect(follow)
        dialog.selectFile(_file_name(self._document.project.name))
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, path: Path, format: Format) -> None:
        """Save the picture, as a job; whoever calls has asked before a file is replaced."""
        if self.scene is None:
            self.refresh()
        assert self.scene is not None, "drawn just before"
        window = self.window
        window.trouble.clear()
        try:
            data = exported(self.scene, format, scale=window.png_scale, transparent=window.transparent)
        except EngineError as error:
            window.trouble.show_error(error)
            return
        window.said.setText(f"Saving {display_name(path.name)}…")
        self._bridge.submit(SaveFile(path, data), done=self._on_saved, failed=self._on_failed)

    def _on_file_chosen(self, name: str) -> None:
        dialog = self.sender()
        assert isinstance(dialog, QFileDialog), "the only one that is joined to it"
        picked = next((one for one in Format if one.words == dialog.selectedNameFilter()), Format.PDF)
        path = Path(name)
        format = format_of(path, picked)
        self._settings.set(PICTURE_FOLDER, str(path.parent))
        self._settings.set(PICTURE_FORMAT, format.value)
        self.save(path, format)

    def _on_saved(self, path: Path) -> None:
        self.window.said.setText(f"Saved as {display_name(str(path))}")

    def _on_failed(self, error: EngineError) -> None:
        self.window.said.setText("")
        self.window.trouble.show_error(error)

    def _on_options_changed(self) -> None:
        window, settings = self.window, self._settings
        settings.set(PICTURE_PAPER, window.paper.value)
        settings.set(PICTURE_SCALE, window.png_scale)
        settings.set(PICTURE_INSIDE, int(window.inside))
        settings.set(PICTURE_TRANSPARENT, int(window.transparent))
        self._on_changed()

    def _on_changed(self) -> None:
        if self.window.isVisible():
            self._timer.start()

    def _on_layer_chosen(self, path: str) -> None:
        self._document.select(path.split("/")[0])


def _file_name(project: str) -> str:
    kept = "".join(one if one.isalnum() or one in " -_" else "_" for one in project).strip()
    return f"{kept or 'network'}"
