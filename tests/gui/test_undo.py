"""One undo step: a draft for a draft, and edits of one setting in a row as one."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication

from engine.plan import Draft
from engine.project.sample import sample_draft
from gui.undo import ReplaceDraft


def with_epochs(draft: Draft, epochs: int) -> Draft:
    return dataclasses.replace(draft, recipe=dataclasses.replace(draft.recipe, epochs=epochs))


class Steps:
    """An undo stack and what it shows."""

    def __init__(self) -> None:
        self.stack = QUndoStack()
        self.shown = sample_draft()

    def set_epochs(self, epochs: int, key: str = "epochs") -> None:
        after = with_epochs(self.shown, epochs)
        self.stack.push(ReplaceDraft(self.shown, after, f"set epochs to {epochs}", key, self._show))

    def _show(self, draft: Draft) -> None:
        self.shown = draft


@pytest.fixture
def steps(qapp: QApplication) -> Steps:
    return Steps()


def test_a_step_goes_back_and_forth(steps: Steps) -> None:
    before = steps.shown
    steps.set_epochs(7)
    after = steps.shown
    steps.stack.undo()
    assert steps.shown is before
    steps.stack.redo()
    assert steps.shown is after
    assert steps.stack.undoText() == "set epochs to 7"


def test_edits_of_one_setting_in_a_row_are_one_step_named_by_the_last(steps: Steps) -> None:
    before = steps.shown
    for epochs in (7, 8, 9):
        steps.set_epochs(epochs)
    assert steps.stack.count() == 1
    assert steps.stack.undoText() == "set epochs to 9"
    steps.stack.undo()
    assert steps.shown is before


def test_other_settings_and_steps_without_a_key_stay_apart(steps: Steps) -> None:
    steps.set_epochs(7)
    steps.set_epochs(8, "other")
    steps.set_epochs(9, "")
    steps.set_epochs(10, "")
    assert steps.stack.count() == 4


def test_after_a_while_a_setting_is_a_new_step(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("gui.undo.time.monotonic", lambda: now[0])
    steps.set_epochs(7)
    now[0] += 1.0
    steps.set_epochs(8)
    now[0] += 2.0
    steps.set_epochs(9)
    assert [steps.stack.text(place) for place in range(2)] == ["set epochs to 8", "set epochs to 9"]
    assert steps.stack.count() == 2


def test_edits_that_end_where_they_began_leave_no_step(steps: Steps) -> None:
    first = steps.shown.recipe.epochs
    steps.set_epochs(first + 1)
    steps.set_epochs(first)
    assert steps.stack.count() == 0
