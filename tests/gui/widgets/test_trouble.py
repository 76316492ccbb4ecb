"""Panels of trouble: their sentences, their buttons and what is said to a screen reader."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from engine.edits import Insert, Remove
from engine.facts import Problem
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.remedies import Remedy
from gui.widgets.trouble import RemedyButton, TroubleList, TroublePanel
from tests.gui.conftest import by_name

PROBLEM = Problem("layer_001", "It is <b>broken</b>.", "It should be whole.", "Mend it.")
SHORT = Remedy("Remove Dense & co", Remove("layer_001"))
LONG = Remedy("Add GlobalAveragePooling2D and Dense with 10 units", Insert((GlobalAveragePooling2D(), Dense())))


def shown(qtbot: Any, panel: Any, width: int = 240) -> Any:
    qtbot.addWidget(panel)
    panel.resize(width, 400)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def test_the_three_sentences_are_plain_text(qtbot: Any) -> None:
    panel = shown(qtbot, TroublePanel(PROBLEM, ()))
    assert [one.text() for one in (panel.what, panel.expected, panel.fix)] == [
        "It is <b>broken</b>.",
        "It should be whole.",
        "Mend it.",
    ]
    assert panel.what.textFormat() is Qt.TextFormat.PlainText
    assert panel.accessibleName() == PROBLEM.what
    assert panel.accessibleDescription() == "It should be whole. Mend it."


def test_a_button_for_each_remedy_that_the_keyboard_reaches(qtbot: Any) -> None:
    panel = shown(qtbot, TroublePanel(PROBLEM, (SHORT, LONG)))
    button = by_name(panel, "Remove Dense & co", RemedyButton)
    assert button.text() == "Remove Dense && co"
    button.setFocus()
    assert button.hasFocus()
    with qtbot.waitSignal(panel.remedy_chosen) as chosen:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert chosen.args == [SHORT]


def test_long_words_break_into_lines_and_are_never_cut(qtbot: Any) -> None:
    panel = shown(qtbot, TroublePanel(PROBLEM, (LONG,), compact=True))
    (button,) = panel.buttons
    assert "\n" in button.text()
    assert button.text().replace("\n", " ") == LONG.title
    assert button.sizeHint().width() <= panel.width()
    panel.resize(700, 400)
    assert button.text() == LONG.title


def test_a_panel_knows_its_height_at_any_width(qtbot: Any) -> None:
    panel = shown(qtbot, TroublePanel(PROBLEM, (LONG,), compact=True))
    assert panel.height_at(140) > panel.height_at(600)


def test_only_advice_can_be_closed(qtbot: Any) -> None:
    assert not shown(qtbot, TroublePanel(PROBLEM, ())).findChildren(QToolButton)
    panel = shown(qtbot, TroublePanel(PROBLEM, (), advice=True))
    with qtbot.waitSignal(panel.dismissed) as closed:
        by_name(panel, "Do not show this advice again", QToolButton).click()
    assert closed.args == [PROBLEM]


def test_a_list_shows_what_it_is_given_and_passes_on_what_is_chosen(qtbot: Any) -> None:
    troubles = TroubleList()
    troubles.show_troubles([(PROBLEM, (SHORT,), False), (PROBLEM, (Remedy("Insert", Insert((Flatten(),))),), True)])
    shown(qtbot, troubles)
    kept = list(troubles.panels)
    troubles.show_troubles([(PROBLEM, (SHORT,), False), (PROBLEM, (Remedy("Insert", Insert((Flatten(),))),), True)])
    assert troubles.panels == kept
    with qtbot.waitSignal(troubles.remedy_chosen) as chosen:
        by_name(troubles, SHORT.title, RemedyButton).click()
    assert chosen.args == [SHORT]
    troubles.show_troubles(())
    assert not troubles.isVisible()
    assert not troubles.panels
