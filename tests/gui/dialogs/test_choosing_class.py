"""The choice of a class by typing."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.dialogs.choosing_class import ClassDialog

NAMES = ("cat", "cattle", "dog", "evil\u202ename")


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def dialog(parent: QWidget, **options: Any) -> ClassDialog:
    made = ClassDialog(
        "Class", "Text.", NAMES, lambda name, there: f"{'Label' if there else 'Add'} {name}", parent, **options
    )
    made.open()
    return made


def rows(made: ClassDialog) -> list[str]:
    return [made._model.index(row).data() for row in range(made._model.rowCount())]


def test_typing_narrows_the_list_and_the_button_says_what_it_does(qtbot: Any, parent: QWidget) -> None:
    made = dialog(parent)
    assert not made.button.isEnabled()
    qtbot.keyClicks(made.field, "cat")
    assert rows(made) == ["cat", "cattle"]
    assert made.button.text() == "Label cat"
    qtbot.keyClicks(made.field, "fish")
    assert rows(made) == []
    assert made.button.text() == "Add catfish"
    with qtbot.waitSignal(made.chosen) as signal:
        qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert signal.args == ["catfish"]


def test_arrows_go_through_the_list(qtbot: Any, parent: QWidget) -> None:
    made = dialog(parent)
    for _ in range(3):
        qtbot.keyClick(made.field, Qt.Key.Key_Down)
    qtbot.keyClick(made.field, Qt.Key.Key_Up)
    assert made.field.text() == "cattle"
    qtbot.mouseClick(made.button, Qt.MouseButton.LeftButton)


def test_a_name_of_strange_characters_is_harmless_and_chosen_as_it_is(qtbot: Any, parent: QWidget) -> None:
    made = dialog(parent)
    qtbot.keyClick(made.field, Qt.Key.Key_Down)
    for _ in range(5):
        qtbot.keyClick(made.field, Qt.Key.Key_Down)
    assert made.field.text() == "evil\\u202ename"
    assert made.name == "evil\u202ename"
    made.reject()


@pytest.mark.parametrize(("typed", "name"), [("  ", ""), ("DOG", "dog"), ("fish", "")])
def test_where_none_may_be_added_only_one_that_there_is_can_be_chosen(
    qtbot: Any, parent: QWidget, typed: str, name: str
) -> None:
    made = dialog(parent, may_add=False)
    qtbot.keyClicks(made.field, typed)
    assert made.name == name
    assert made.button.isEnabled() is bool(name)
    made.reject()
