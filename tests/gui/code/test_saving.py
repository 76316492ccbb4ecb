from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.errors import EngineError
from engine.service.code import SaveScript
from gui.settings import CODE_FOLDER, Settings
from tests.gui.code.conftest import Code


def dialog(qtbot: Any) -> QFileDialog:
    """The file dialog in front."""
    found: list[QFileDialog] = []

    def there() -> bool:
        found[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]
        return bool(found)

    qtbot.waitUntil(there)
    return found[0]


@pytest.fixture(autouse=True)
def own_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.code.saving.QFileDialog.open", QFileDialog.show)


def test_the_script_is_saved_where_the_user_says_and_the_folder_is_remembered(
    qtbot: Any, code: Code, settings: Settings, tmp_path: Path
) -> None:
    code.pane.save_requested.emit()
    asked = dialog(qtbot)
    assert asked.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert not asked.testOption(QFileDialog.Option.DontConfirmOverwrite)
    assert [Path(one).name for one in asked.selectedFiles()] == ["untitled.py"]
    asked.fileSelected.emit(str(tmp_path / "net.py"))
    asked.reject()
    with qtbot.waitSignal(code.controller.notice) as said:
        code.answer()
    assert said.args == [f"Saved in {tmp_path / 'net.py'}"]
    assert (tmp_path / "net.py").read_text().startswith(code.text)
    assert settings.get(CODE_FOLDER) == str(tmp_path)


def test_a_notebook_has_the_name_of_one(qtbot: Any, code: Code) -> None:
    code.pane.save_requested.emit()
    asked = dialog(qtbot)
    asked.filterSelected.emit(asked.nameFilters()[1])
    assert [Path(one).name for one in asked.selectedFiles()] == ["untitled.ipynb"]
    assert asked.defaultSuffix() == "ipynb"
    asked.reject()


def test_what_is_still_wrong_is_not_saved_and_that_is_said(qtbot: Any, code: Code, tmp_path: Path) -> None:
    whole = code.text
    code.replace("layers.Flatten", "layers.Flatter")
    code.settle()
    code.controller.save_as()
    asked = dialog(qtbot)
    asked.fileSelected.emit(str(tmp_path / "net.py"))
    asked.reject()
    with qtbot.waitSignal(code.controller.notice) as said:
        code.answer()
    assert "still wrong is not in it" in said.args[0]
    assert (tmp_path / "net.py").read_text().startswith(whole)


def test_a_disk_that_is_full_is_said(qtbot: Any, code: Code, tmp_path: Path) -> None:
    code.controller.save_as()
    asked = dialog(qtbot)
    asked.fileSelected.emit(str(tmp_path / "net.py"))
    asked.reject()
    error = EngineError("The disk is full.", "It has room.", "Make room.")
    with qtbot.waitSignal(code.controller.failed) as said:
        code.bridge.last(SaveScript).say("failed", error)
    assert said.args == [error]
