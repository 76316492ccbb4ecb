from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from gui.dialogs.deleting import DeletingDialog
from tests.gui.conftest import by_name, is_gone


@pytest.fixture
def owner(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize(("words", "deletes"), [("Delete", [True]), ("Keep", [])])
def test_only_delete_deletes(qtbot: Any, owner: QWidget, words: str, deletes: list[bool]) -> None:
    dialog, heard = DeletingDialog("run-003", owner), list[bool]()
    dialog.delete_chosen.connect(lambda: heard.append(True))
    dialog.open()
    assert dialog.windowTitle() == "Delete run-003?"
    by_name(dialog, words, QPushButton).click()
    qtbot.waitUntil(is_gone(dialog))
    assert heard == deletes


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_no_key_deletes_by_accident(qtbot: Any, owner: QWidget, key: Qt.Key) -> None:
    dialog, heard = DeletingDialog("2 runs", owner), list[bool]()
    dialog.delete_chosen.connect(lambda: heard.append(True))
    dialog.open()
    qtbot.keyClick(dialog, key)
    qtbot.waitUntil(is_gone(dialog))
    assert heard == []
