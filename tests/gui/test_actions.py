from typing import Any

import pytest
from PySide6.QtWidgets import QMainWindow, QWidget

from gui.actions import ACTIONS, MENUS, ActionSet
from gui.app import Convoscope


@pytest.fixture
def owner(qtbot: Any) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.setCentralWidget(QWidget())
    return made


def stack_of(owner: QMainWindow) -> QWidget:
    stack = owner.centralWidget()
    assert stack is not None
    return stack


@pytest.fixture
def called() -> list[str]:
    return []


@pytest.fixture
def actions(owner: QMainWindow, called: list[str]) -> ActionSet:
    verbs = {"train": lambda: called.append("train"), "remove": lambda: called.append("remove")}
    return ActionSet(owner, stack_of(owner), verbs)


def test_every_action_has_words_and_an_id_and_a_key_of_its_own() -> None:
    assert len({one.id for one in ACTIONS}) == len(ACTIONS)
    keys = [one.shortcut for one in ACTIONS if one.shortcut]
    assert len(set(keys)) == len(keys)
    assert all(one.text and one.menu in MENUS for one in ACTIONS)


def test_every_action_of_the_program_does_something(program: Convoscope) -> None:
    assert {one.id for one in ACTIONS} - set(program.desk._verbs()) == {"recent"}


def test_an_action_calls_its_verb_and_hands_nothing_over(actions: ActionSet, called: list[str]) -> None:
    actions["train"].trigger()
    assert called == ["train"]


def test_a_disabled_action_says_what_is_missing_and_does_nothing(actions: ActionSet, called: list[str]) -> None:
    usual = actions["train"].toolTip()
    actions.enable("train", "No <images> are open.")
    actions["train"].trigger()
    assert called == []
    assert actions["train"].toolTip() == "<p>No &lt;images&gt; are open.</p>"
    actions.enable("train")
    assert actions["train"].isEnabled()
    assert actions["train"].toolTip() == usual


def test_a_tool_tip_names_the_keys(actions: ActionSet) -> None:
    assert "Ctrl+Return" in actions["train"].toolTip()
    assert actions.tool_tip("train", "Go") == "<p>Go  ( Ctrl+Return )</p>"
    assert actions.tool_tip("about", "Go") == "<p>Go</p>"


def test_the_menus_hold_every_action_once_and_in_order(owner: QMainWindow, actions: ActionSet) -> None:
    menus = actions.fill(owner.menuBar())
    assert [action.text() for action in owner.menuBar().actions()] == [f"&{name}" for name in MENUS]
    for name, menu in menus.items():
        held = [action.objectName() for action in menu.actions() if not action.isSeparator()]
        assert held == [one.id for one in ACTIONS if one.menu == name]


def test_keys_that_work_in_the_stack_alone_belong_to_it(owner: QMainWindow, actions: ActionSet) -> None:
    assert actions["remove"] in stack_of(owner).actions()
    assert actions["remove"] not in owner.actions()
    assert actions["train"] in owner.actions()
