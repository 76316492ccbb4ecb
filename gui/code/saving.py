"""Saving the code as a script or a notebook, where the user says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.code.script import Script
from engine.service.code import SaveScript
from gui.bridge import EngineBridge
from gui.settings import CODE_FOLDER, Settings

_FILTERS = {"Python script (*.py)": "py", "Jupyter notebook (*.ipynb)": "ipynb"}


class CodeSaver(QObject):
    """Asks for a file and lets the engine write it; a file that is there is replaced only where the user says so.

    Signals: `notice` with a sentence when it is saved; `failed` with an EngineError.
    """

    notice = Signal(str)
    failed = Signal(object)

    def __init__(self, window: QWidget, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._settings = settings
        self._script: Script | None = None
        self._without = ""

    def ask(self, script: Script, name: str, *, typed: bool) -> None:
        """Ask for a file and save the script.

        Args:
            script: What is saved.
            name: The project's, for the file's name.
            typed: Whether something was typed that is not in the script.
        """
        self._script = script
        self._without = "; what was typed and is still wrong is not in it" if typed else ""
        dialog = QFileDialog(self._window, "Save the code as", self._settings.get(CODE_FOLDER))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(_FILTERS))
        dialog.setDefaultSuffix("py")
        dialog.filterSelected.connect(self._on_filter_selected)
        dialog.selectFile(f"{_file_name(name)}.py")
        dialog.setWindowModality(dialog.windowModality().WindowModal)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_filter_selected(self, chosen: str) -> None:
        dialog = self.sender()
        assert isinstance(dialog, QFileDialog), "only the dialog says this"
        suffix = _FILTERS.get(chosen, "py")
        dialog.setDefaultSuffix(suffix)
        named = dialog.selectedFiles()
        if named:
            dialog.selectFile(str(Path(named[0]).with_suffix(f".{suffix}")))

    def _on_file_selected(self, path: str) -> None:
        assert self._script is not None, "a file is asked for with a script"
        self._settings.set(CODE_FOLDER, str(Path(path).parent))
        self._bridge.submit(SaveScript(Path(path), self._script), done=self._on_saved, failed=self.failed.emit)

    def _on_saved(self, path: Path) -> None:
        self.notice.emit(f"Saved in {path}{self._without}")


def _file_name(name: str) -> str:
    """The project's name as that of a Python module could be."""
    plain = "".join(one if one.isalnum() else "_" for one in name).strip("_").lower()
    return plain[:60] or "network"
