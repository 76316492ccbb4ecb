from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox

from engine.recipe import Recipe
from gui.pages.train_page import Progress, TrainPage


@pytest.fixture
def page(qtbot: Any) -> TrainPage:
    made = TrainPage()
    qtbot.addWidget(made)
    made.recipe.show_recipe(Recipe())
    made.resize(900, 800)
    with qtbot.waitExposed(made):
        made.show()
    return made


VISIBLE = {
    "idle": {"train"},
    "starting": {"pause", "stop"},
    "running": {"pause", "stop"},
    "paused": {"continue", "stop"},
    "stopping": {"continue", "stop"},
}


@pytest.mark.parametrize("state", VISIBLE)
def test_each_state_has_its_buttons(page: TrainPage, state: str) -> None:
    page.show_state(state)
    names = ("train", "pause", "continue", "stop")
    assert {name for name in names if getattr(page, f"{name}_button").isVisible()} == VISIBLE[state]


@pytest.mark.parametrize("name", ["train", "pause", "continue", "stop", "more", "resume", "inspect"])
def test_each_button_asks_for_its_verb(qtbot: Any, page: TrainPage, name: str) -> None:
    page.show_state("paused" if name == "continue" else "running" if name in ("pause", "stop") else "idle")
    page.show_blocked("")
    page.show_run("run-001", more=True, resume=True, inspect=True)
    with qtbot.waitSignal(getattr(page, f"{name}_requested")):
        qtbot.mouseClick(getattr(page, f"{name}_button"), Qt.MouseButton.LeftButton)


def test_a_disabled_train_button_says_what_is_missing_and_escapes_it(page: TrainPage) -> None:
    page.show_blocked("The layer <b>x</b> has no input.")
    assert not page.train_button.isEnabled()
    assert "&lt;b&gt;" in page.train_button.toolTip()


def test_progress_is_shown_in_words_and_on_the_bar(page: TrainPage) -> None:
    page.show_state("running")
    page.show_progress(Progress(14, 20, 41, 71, 0.68, 1252.4, 54.0))
    assert page.status_label.text() == "Epoch 14 of 20, step 41 of 71"
    assert page.figures_label.text() == "1,252 images/s · 54 s left"
    assert page.bar.value() == 680


def test_everything_that_can_be_pressed_has_a_name(page: TrainPage) -> None:
    page.show_run("run-001", more=True, resume=True, inspect=True)
    for control in [*page.findChildren(QAbstractButton), *page.findChildren(QComboBox)]:
        if control.isVisible():
            assert control.accessibleName(), control.objectName()


def test_the_page_fits_beside_both_panes_of_a_small_window(page: TrainPage) -> None:
    assert page.minimumSizeHint().width() <= 480
