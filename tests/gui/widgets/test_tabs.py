from typing import Any

import pytest
from PySide6.QtCore import Qt

from gui.theme import theme
from gui.widgets.tabs import SegmentedTabs


@pytest.fixture
def tabs(qtbot: Any) -> SegmentedTabs:
    made = SegmentedTabs({"data": "Data", "train": "Train & test", "runs": "Runs"})
    qtbot.addWidget(made)
    theme().apply()
    theme().dress(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def chosen(tabs: SegmentedTabs) -> list[str]:
    heard: list[str] = []
    tabs.chosen.connect(heard.append)
    return heard


def test_the_first_is_chosen_at_first_and_one_at_a_time(tabs: SegmentedTabs) -> None:
    assert tabs.current == "data"
    tabs.choose("runs")
    assert [key for key in ("data", "train", "runs") if tabs.button(key).isChecked()] == ["runs"]


def test_only_the_users_choice_is_told(qtbot: Any, tabs: SegmentedTabs, chosen: list[str]) -> None:
    tabs.choose("runs")
    assert chosen == []
    qtbot.mouseClick(tabs.button("train"), Qt.MouseButton.LeftButton)
    assert chosen == ["train"]


def test_arrows_go_to_the_neighbour_and_stop_at_the_ends(qtbot: Any, tabs: SegmentedTabs, chosen: list[str]) -> None:
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(tabs, key)
    assert chosen == ["train", "runs", "train"]
    assert tabs.button("train").hasFocus()


def test_words_are_shown_as_they_are(tabs: SegmentedTabs) -> None:
    assert tabs.button("train").accessibleName() == "Train & test"
    assert tabs.button("train").text() == "Train && test"
    tabs.set_text("runs", "Runs (3)")
    assert tabs.button("runs").text() == "Runs (3)"


def test_choosing_moves_no_tab_and_larger_text_makes_room(tabs: SegmentedTabs) -> None:
    widths = [tabs.button(key).sizeHint().width() for key in ("data", "train", "runs")]
    tabs.choose("runs")
    room = [tabs.button(key).minimumWidth() for key in ("data", "train", "runs")]
    assert room == [max(pair) for pair in zip(room, widths, strict=True)]
    theme().apply(scale=1.5)
    assert all(tabs.button(key).minimumWidth() > old for key, old in zip(("data", "train", "runs"), room, strict=True))
    theme().apply()
