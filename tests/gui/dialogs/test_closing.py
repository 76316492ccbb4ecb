from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from gui.dialogs.closing import ClosingDialog
from tests.gui.conftest import by_name, is_gone


@pytest.fixture
def owner(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def dialog(owner: QWidget) -> ClosingDialog:
    made = ClosingDialog(owner)
    made.open()
    return made


@pytest.fixture
def chosen(dialog: ClosingDialog) -> list[str]:
    heard: list[str] = []
    dialog.background_chosen.connect(lambda: heard.append("background"))
    dialog.stop_chosen.connect(lambda: heard.append("stop"))
    return heard


@pytest.mark.parametrize(
    ("words", "meaning"),
    [("Keep training in the background", ["background"]), ("Stop and keep", ["stop"]), ("Cancel", [])],
)
def test_each_button_says_one_thing_and_closes(
    qtbot: Any, dialog: ClosingDialog, chosen: list[str], words: str, meaning: list[str]
) -> None:
    by_name(dialog, words, QPushButton).click()
    qtbot.waitUntil(is_gone(dialog))
    assert chosen == meaning


def test_escape_goes_back_to_the_window(qtbot: Any, dialog: ClosingDialog, chosen: list[str]) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(is_gone(dialog))
    assert chosen == []


def test_return_keeps_training_and_loses_nothing(qtbot: Any, dialog: ClosingDialog, chosen: list[str]) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(is_gone(dialog))
    assert chosen == ["background"]
