"""The foot of the left pane as a widget."""

from typing import Any

from PySide6.QtWidgets import QLabel, QToolButton

from engine.edits import SetRecipe
from engine.facts import Problem
from engine.remedies import Remedy
from gui.models.totals import Figure, TotalsView
from gui.stack.totals import Totals
from gui.widgets.trouble import RemedyButton
from tests.gui.conftest import by_name

ONE, TWO = Figure("Parameters", "38", "All of them."), Figure("One epoch here", "about 4 s", "By the last run.")
WARNING = Problem("input", "It does not fit.", "It fits.", "Set the batch size to 8.", "memory")
REMEDY = Remedy("Set batch size to 8", SetRecipe("batch_size", 8))


def foot(qtbot: Any, view: TotalsView) -> Totals:
    made = Totals()
    qtbot.addWidget(made)
    made.resize(280, 300)
    made.show_totals(view)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_each_figure_is_a_row_that_is_read_aloud(qtbot: Any) -> None:
    made = foot(qtbot, TotalsView((ONE, TWO), "", ""))
    assert (made.figure("Parameters"), made.figure("One epoch"), made.figure("Nothing")) == ("38", "about 4 s", "")
    label = by_name(made, "Parameters", QLabel)
    assert label.accessibleDescription() == "38. All of them."
    assert not made.problems.isVisible()
    assert not made.advice.isVisible()


def test_a_row_that_is_gone_is_hidden(qtbot: Any) -> None:
    made = foot(qtbot, TotalsView((ONE, TWO), "1 problem", "2 pieces of advice"))
    assert made.problems.isVisible()
    assert made.advice.isVisible()
    made.show_totals(TotalsView((ONE,), "", ""))
    assert [one.text() for one in made.findChildren(QLabel) if one.isVisible()] == ["Parameters", "38"]


def test_a_run_that_does_not_fit_is_mended_or_closed(qtbot: Any) -> None:
    made = foot(qtbot, TotalsView((ONE,), "", "", WARNING, (REMEDY,)))
    with qtbot.waitSignal(made.remedy_chosen) as chosen:
        by_name(made, "Set batch size to 8", RemedyButton).click()
    assert chosen.args == [REMEDY]
    with qtbot.waitSignal(made.dismissed) as closed:
        by_name(made, "Do not show this advice again", QToolButton).click()
    assert closed.args == [WARNING]
