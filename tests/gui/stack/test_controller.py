"""Remedies, advice and costs in the stack: what its controller does with them, over a real document."""

import dataclasses
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from engine.layers.conv2d import Conv2D
from gui.document import Document
from gui.stack.card import LayerCard
from gui.stack.controller import StackController
from gui.stack.view import StackView
from gui.widgets.trouble import RemedyButton
from tests.gui.conftest import by_name
from tests.gui.pages.fakes import dataset

# What the platform without a screen says of every popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def stack(qtbot: Any, open_document: Document) -> StackController:
    view = StackView()
    qtbot.addWidget(view)
    controller = StackController(view, open_document)
    view.resize(300, 640)
    with qtbot.waitExposed(view):
        view.show()
    return controller


def card(stack: StackController, name: str) -> LayerCard:
    found = by_name(stack.view, name, LayerCard)
    assert isinstance(found, LayerCard)
    return found


def broken(document: Document) -> None:
    """The document with a window that does not fit on its first card."""
    too_large = Conv2D(filters=4, kernel_size=(9, 9), padding="valid")
    document.apply_network(document.network.set_type("layer_001", too_large), "break")


def test_a_card_mends_its_problem_by_keyboard_and_has_the_keyboard_then(
    qtbot: Any, stack: StackController, open_document: Document
) -> None:
    open_document.select("layer_003")
    broken(open_document)
    button = by_name(stack.view, "Set padding to same", RemedyButton)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert open_document.analysis.problems == ()
    assert open_document.selected == "layer_001"
    assert card(stack, "1. Conv2D").hasFocus()
    assert open_document.undo_stack.undoText() == "set padding to same"
    open_document.undo_stack.undo()
    assert by_name(stack.view, "Set padding to same", RemedyButton).isVisible()


def test_a_card_that_grows_is_brought_into_sight_as_a_whole(
    qtbot: Any, stack: StackController, open_document: Document
) -> None:
    stack.view.resize(300, 420)
    open_document.select("layer_001")
    broken(open_document)
    area, seen = stack.view.area, card(stack, "1. Conv2D")

    def whole() -> bool:
        bottom = seen.mapTo(area.viewport(), seen.rect().bottomLeft()).y()
        return seen.height() > area.viewport().height() or bottom <= area.viewport().height()

    qtbot.waitUntil(lambda: whole() and area.verticalScrollBar().value() > 0)


def test_advice_draws_a_sign_on_the_card_until_it_is_closed(stack: StackController, open_document: Document) -> None:
    signed = card(stack, "1. Conv2D").grab().toImage()
    for one in open_document.advice:
        open_document.dismiss(one)
    assert card(stack, "1. Conv2D").grab().toImage() != signed
    assert not stack.view.totals.advice.isVisible()


def test_pixels_that_no_window_reaches_have_a_line_on_the_card(stack: StackController, open_document: Document) -> None:
    plain = card(stack, "2. MaxPooling2D").height()
    pool = open_document.network.layer("layer_002").type.changed(pool_size=(4, 4))
    open_document.apply_network(open_document.network.set_type("layer_002", pool), "set pool size")
    assert "2 rows and 2 columns at the edge not used" in card(stack, "2. MaxPooling2D").accessibleDescription()
    assert card(stack, "2. MaxPooling2D").height() > plain


def test_the_foot_says_memory_and_with_images_and_a_pace_the_time_of_an_epoch(
    stack: StackController, open_document: Document
) -> None:
    assert stack.view.totals.figure("Memory at batch 32").endswith("kB")
    assert stack.view.totals.figure("One epoch") == ""
    open_document.set_dataset(dataset())
    assert stack.view.totals.figure("One epoch") == "after a first run"
    stack.set_pace(1e7)
    assert stack.view.totals.figure("One epoch").startswith("about ")
    broken(open_document)
    assert stack.view.totals.figure("One epoch") == "unknown"
    assert stack.view.totals.figure("Memory") == "unknown"


def test_a_run_that_would_not_fit_is_said_with_the_batch_that_would(qtbot: Any, open_document: Document) -> None:
    view = StackView()
    qtbot.addWidget(view)
    StackController(view, open_document, free_memory=lambda: 500_000_000)
    view.resize(300, 640)
    with qtbot.waitExposed(view):
        view.show()
    assert not view.totals.warning.isVisible()
    recipe = open_document.draft.recipe.with_value("batch_size", 65_536)
    wide = open_document.network.set_type("layer_001", Conv2D(filters=64, activation="relu"))
    open_document.apply(dataclasses.replace(open_document.draft, network=wide, recipe=recipe), "widen")
    (panel,) = view.totals.warning.panels
    assert "500 MB are free" in panel.problem.what
    (button,) = panel.buttons
    button.click()
    assert open_document.draft.recipe.batch_size == 8_192
    assert not view.totals.warning.isVisible()
    open_document.undo_stack.undo()
    by_name(view, "Do not show this advice again", QAbstractButton).click()
    assert not view.totals.warning.isVisible()
    assert open_document.draft.recipe.batch_size == 65_536
