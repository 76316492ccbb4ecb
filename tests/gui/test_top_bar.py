from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from gui.top_bar import TopBar


@pytest.fixture
def bar(qtbot: Any) -> TopBar:
    made = TopBar()
    qtbot.addWidget(made)
    made.resize(1000, made.sizeHint().height())
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_actions_stand_before_the_train_button_in_their_order(qtbot: Any, bar: TopBar) -> None:
    called: list[str] = []
    actions = [QAction(name, bar) for name in ("Undo", "Redo")]
    for action in actions:
        action.triggered.connect(lambda _checked=False, action=action: called.append(action.text()))
    bar.add_actions(*actions)
    buttons = {one.accessibleName(): one for one in bar.findChildren(QToolButton)}
    qtbot.waitUntil(lambda: 0 < buttons["Undo"].x() < buttons["Redo"].x() < bar.train_button.x())
    buttons["Redo"].click()
    assert called == ["Redo"]


def test_a_name_from_a_file_is_one_line_of_text(bar: TopBar) -> None:
    bar.show_project("<b>a</b>\nb", edited=True)
    assert bar.project.text() == "<b>a</b>\\u000ab — edited"


def test_a_long_name_leaves_room_for_everything_else(bar: TopBar) -> None:
    bar.show_project("n" * 400, edited=False)
    assert bar.minimumSizeHint().width() <= 1000
    assert bar.train_button.isVisible()


def test_the_train_button_says_what_it_does_now(bar: TopBar) -> None:
    bar.show_training(False, "", "<p>Train</p>")
    assert bar.train_button.isEnabled()
    assert bar.train_button.accessibleName() == "Train the network"
    bar.show_training(False, "No images <are> open.", "<p>Train</p>")
    assert not bar.train_button.isEnabled()
    assert bar.train_button.toolTip() == "<p>No images &lt;are&gt; open.</p>"
    bar.show_training(True, "", "<p>Train</p>")
    assert bar.train_button.isEnabled()
    assert bar.train_button.accessibleName() == "Go to the training run"
