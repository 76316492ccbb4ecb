"""Two networks side by side."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.comparison import compare
from engine.errors import EngineError
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Network
from gui.dialogs.comparing import ANOTHER, ComparingDialog
from gui.models.comparison_table import comparison_sentence
from gui.theme import theme

STACK = Network.of(Input(8, 8), [Conv2D(4), Flatten(), Dense(10)])


@pytest.fixture
def owner(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def dialog(qtbot: Any, owner: QWidget) -> ComparingDialog:
    made = ComparingDialog(STACK, [("run:run-002", "run-002"), ("run:run-001", "run-001"), (ANOTHER, "…")], owner)
    with qtbot.waitExposed(made):
        made.open()
    return made


def rows(dialog: ComparingDialog) -> list[tuple[str, str, str]]:
    model = dialog.model
    cells = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    return [(left, middle, right) for left, middle, right in cells]


def test_rows_say_in_words_what_differs(dialog: ComparingDialog) -> None:
    other = STACK.set_type("layer_001", Conv2D(8)).added(Dropout(), 1).renamed("layer_002", "<b>flat</b>\n")
    dialog.show_other(other, "run-002", by_id=True)
    assert [row[1] for row in rows(dialog)] == [
        "same",
        "filters 4 → 8",
        "only in run-002",
        "name Flatten → <b>flat</b>",
        "same",
    ]
    assert dialog.sentence.text() == "2 layers changed and 1 layer only in run-002; 2 layers the same."
    dialog.show_other(STACK.removed(["layer_001"]), "run-002", by_id=True)
    assert rows(dialog)[1][1] == "only in your stack"
    assert "→" in dialog.figures.text()
    headers = [dialog.model.headerData(one, Qt.Orientation.Horizontal) for one in range(3)]
    assert headers == ["Your stack", "Difference", "run-002"]


def test_differences_have_a_colour_too(dialog: ComparingDialog) -> None:
    dialog.show_other(STACK.set_type("layer_001", Conv2D(8)), "run-002", by_id=True)
    background = Qt.ItemDataRole.BackgroundRole
    assert dialog.model.index(0, 1).data(background) is None
    assert dialog.model.index(1, 1).data(background) is not None


def test_what_is_chosen_is_asked_for(qtbot: Any, dialog: ComparingDialog) -> None:
    with qtbot.waitSignal(dialog.other_wanted) as heard:
        dialog.choose("run:run-001")
    assert heard.args == ["run:run-001"]
    with qtbot.waitSignal(dialog.other_wanted) as heard:
        dialog.choose("run:gone")
    assert heard.args == ["run:run-002"]


def test_an_error_takes_the_place_of_the_rows(dialog: ComparingDialog) -> None:
    dialog.show_other(STACK, "run-002", by_id=True)
    assert dialog.sentence.text() == "The two stacks are the same."
    dialog.show_error(EngineError("It is damaged.", "A run.", "Choose another."))
    assert dialog.model.rowCount() == 0
    assert dialog.error_panel.isVisible()
    dialog.show_other(STACK, "run-002", by_id=True)
    assert not dialog.error_panel.isVisible()


def test_a_layer_that_moved_counts_once() -> None:
    said = comparison_sentence(compare(STACK, STACK.moved("layer_001", 2)), "a", "b")
    assert said == "1 layer moved; 3 layers the same."


def test_larger_text_leaves_the_columns_room(qtbot: Any, dialog: ComparingDialog) -> None:
    dialog.show_other(STACK, "run-002", by_id=True)
    theme().theme_changed.emit()
    qtbot.wait(20)
    assert dialog.table.columnWidth(0) > 200
