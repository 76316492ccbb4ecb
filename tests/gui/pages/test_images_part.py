"""The images of the Data page: filtered, chosen, and what is asked of them by mouse and keyboard."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from engine.data.split import Curation, Part
from gui.pages.images_part import ImagesPart
from tests.gui.pages.fakes import dataset


@pytest.fixture
def part(qtbot: Any) -> ImagesPart:
    made = ImagesPart()
    qtbot.addWidget(made)
    made.show_dataset(dataset(unreadable=2))
    made.resize(900, 600)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.grid.setFocus()
    return made


def edit(part: ImagesPart, curation: Curation) -> None:
    assert part.images is not None
    part.show_curated(part.images.with_curation(curation))


def press(qtbot: Any, part: ImagesPart, row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    place = part.grid.visualRect(part.thumbnails.index(row)).center()
    qtbot.mouseClick(part.grid.viewport(), Qt.MouseButton.LeftButton, keys, place)


def test_typing_a_name_shows_what_has_it_and_says_how_many(qtbot: Any, part: ImagesPart) -> None:
    assert part.count_label.text() == "All 30 images"
    qtbot.keyClick(part, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert part.filter_bar.search.hasFocus()
    qtbot.keyClicks(part.filter_bar.search, "dog 1")
    assert part.count_label.text() == "5 of 30 images"
    assert {part.thumbnails.index(row).data() for row in range(5)} == {"dog"}
    qtbot.keyClick(part.filter_bar.search, Qt.Key.Key_Down)
    assert part.grid.hasFocus()
    assert part.chosen() == [1]


def test_where_nothing_fits_the_page_says_so_and_shows_all_again(qtbot: Any, part: ImagesPart) -> None:
    part.filter_bar.search.setText("unicorn")
    assert part.stack.currentWidget() is part.nothing
    qtbot.mouseClick(part.show_all_button, Qt.MouseButton.LeftButton)
    assert part.stack.currentWidget() is part.grid
    assert part.filter_bar.search.text() == ""
    assert part.count_label.text() == "All 30 images"


def test_class_part_and_state_work_together(part: ImagesPart) -> None:
    edit(part, Curation().exclude(["cat/00000.png", "dog/00001.png"]))
    part.filter_bar.state_box.setCurrentIndex(1)
    assert part.filter_bar.state_box.currentText() == "Left out (2)"
    assert len(part.thumbnails.shown) == 2
    part.chart.setCurrentIndex(part.classes.index(2))
    assert part.thumbnails.shown.tolist() == [1]
    part.show_all()
    part.filter_bar.part_box.setCurrentIndex(3)
    assert part.thumbnails.rowCount() == 9


def test_files_that_could_not_be_read_are_listed_with_the_reason(part: ImagesPart) -> None:
    part.filter_bar.state_box.setCurrentIndex(4)
    assert part.stack.currentWidget() is part.files
    assert part.count_label.text() == "2 files could not be read"
    assert part.unreadable.index(0, 1).data() == "It is a text file."
    part.filter_bar.search.setText("bad1")
    assert part.unreadable.rowCount() == 1


def test_several_are_chosen_by_control_shift_and_all(qtbot: Any, part: ImagesPart) -> None:
    keys = Qt.KeyboardModifier
    press(qtbot, part, 2)
    press(qtbot, part, 5, keys.ControlModifier)
    assert part.grid.chosen_rows().tolist() == [2, 5]
    press(qtbot, part, 9, keys.ShiftModifier)
    assert part.grid.chosen_rows().tolist() == [5, 6, 7, 8, 9]
    press(qtbot, part, 3, keys.ShiftModifier)
    assert part.grid.chosen_rows().tolist() == [3, 4, 5]
    qtbot.keyClick(part.grid, Qt.Key.Key_A, keys.ControlModifier)
    assert part.grid.chosen_count() == 30
    assert part.count_label.text() == "All 30 images, 30 chosen"


def test_several_are_chosen_by_keyboard(qtbot: Any, part: ImagesPart) -> None:
    keys = Qt.KeyboardModifier
    part.grid.choose([4], 4)
    qtbot.keyClick(part.grid, Qt.Key.Key_Right, keys.ShiftModifier)
    qtbot.keyClick(part.grid, Qt.Key.Key_Right, keys.ShiftModifier)
    assert part.grid.chosen_rows().tolist() == [4, 5, 6]
    qtbot.keyClick(part.grid, Qt.Key.Key_Right, keys.ControlModifier)
    assert part.grid.chosen_rows().tolist() == [4, 5, 6]
    qtbot.keyClick(part.grid, Qt.Key.Key_Space)
    assert part.grid.chosen_rows().tolist() == [4, 5, 6, 7]
    qtbot.keyClick(part.grid, Qt.Key.Key_Space)
    assert part.grid.chosen_rows().tolist() == [4, 5, 6]
    qtbot.keyClick(part.grid, Qt.Key.Key_Home)
    assert part.grid.chosen_rows().tolist() == [0]


def test_dragging_chooses_what_lies_between(qtbot: Any, part: ImagesPart) -> None:
    view = part.grid.viewport()
    start, end = (part.grid.visualRect(part.thumbnails.index(row)).center() for row in (1, 8))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 11):
        qtbot.mouseMove(view, start + (end - start) * step / 10)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert part.grid.chosen_rows().tolist() == list(range(1, 9))


def test_an_edit_keeps_the_choice_the_place_and_every_image(qtbot: Any, part: ImagesPart) -> None:
    part.show_dataset(dataset(3000))
    part.chart.setCurrentIndex(part.classes.index(1))
    part.grid.choose([500, 501], 501)
    bar = part.grid.verticalScrollBar()
    part.grid.scrollTo(part.thumbnails.index(501))
    place, rows = bar.value(), part.thumbnails.rowCount()
    assert place > 0
    assert part.images is not None
    ids = [part.images.dataset.ids[one] for one in part.chosen()]
    edit(part, Curation().label(ids, "lion"))
    part.show_dataset(dataclasses.replace(part.images.dataset, fingerprint="as the engine says"))
    assert (bar.value(), part.thumbnails.rowCount(), part.grid.chosen_rows().tolist()) == (place, rows, [500, 501])
    assert part.count_label.text() == "1,000 of 3,000 images, 2 chosen; 2 are not like this any more"
    assert part.classes.rowCount() == 5
    assert part.chart.currentIndex().data() == "cat"
    qtbot.mouseClick(part.refresh_button, Qt.MouseButton.LeftButton)
    assert part.thumbnails.rowCount() == rows - 2
    assert part.refresh_button.isHidden()


def test_every_action_has_its_key(qtbot: Any, part: ImagesPart) -> None:
    said: list[Any] = []
    actions = part.image_actions
    actions.open_wanted.connect(lambda: said.append("open"))
    actions.look_wanted.connect(lambda: said.append("look"))
    actions.class_wanted.connect(lambda: said.append("class"))
    actions.leave_out_wanted.connect(said.append)
    actions.move_wanted.connect(said.append)
    ctrl_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(part.grid, Qt.Key.Key_Delete)
    assert said == []
    part.grid.choose([0], 0)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_I, Qt.Key.Key_L, Qt.Key.Key_Delete):
        qtbot.keyClick(part.grid, key)
    for key in (Qt.Key.Key_1, Qt.Key.Key_3):
        qtbot.keyClick(part.grid, key, ctrl_alt)
    edit(part, Curation().exclude(["cat/00000.png"]).move(["cat/00000.png"], Part.TEST))
    qtbot.keyClick(part.grid, Qt.Key.Key_Insert)
    qtbot.keyClick(part.grid, Qt.Key.Key_0, ctrl_alt)
    assert said == ["open", "look", "class", True, Part.TRAIN, Part.TEST, False, None]


def test_what_cannot_be_done_says_why(part: ImagesPart) -> None:
    actions = part.image_actions
    assert not part.out_button.isEnabled()
    assert "Choose images first" in part.out_button.toolTip()
    assert "Choose images first" in actions.leave_out.toolTip()
    part.grid.choose([0, 1], 0)
    assert part.out_button.isEnabled()
    assert "one image alone" in actions.look.toolTip()
    assert not actions.take_in.isEnabled()
    edit(part, Curation().exclude(["cat/00000.png", "cat/00003.png"]))
    assert part.out_button.text() == "Take in again"
    assert "left out already" in actions.leave_out.toolTip()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_offers_every_class_and_a_new_one(qtbot: Any, part: ImagesPart) -> None:
    part.grid.choose([0], 0)
    part.grid.customContextMenuRequested.emit(QPoint(20, 20))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions() if one.text()] == [
        *("Show large", "Look inside with the network", "Class", "Move to", "Leave out", "Take in again")
    ]
    assert [one.text() for one in part.image_actions.label_menu.actions() if one.text()] == [
        *("cat", "dog", "frog", "Choose or add a class…", "As in the source")
    ]
    with qtbot.waitSignal(part.image_actions.label_wanted) as signal:
        part.image_actions.label_menu.actions()[1].trigger()
    assert signal.args == ["dog"]
    menu.close()


def test_a_class_is_renamed_and_merged_by_key(qtbot: Any, part: ImagesPart) -> None:
    part.chart.setFocus()
    part.chart.setCurrentIndex(part.classes.index(3))
    with qtbot.waitSignal(part.rename_wanted) as signal:
        qtbot.keyClick(part.chart, Qt.Key.Key_F2)
    assert signal.args == ["frog"]
    with qtbot.waitSignal(part.merge_wanted) as signal:
        qtbot.keyClick(part.chart, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert signal.args == ["frog"]
    part.chart.setCurrentIndex(part.classes.index(0))
    with qtbot.assertNotEmitted(part.rename_wanted):
        qtbot.keyClick(part.chart, Qt.Key.Key_F2)


def test_another_dataset_is_shown_whole(part: ImagesPart) -> None:
    part.filter_bar.search.setText("dog")
    part.show_class("dog")
    part.show_dataset(dataset(60))
    assert part.thumbnails.rowCount() == 60
    assert part.filter_bar.search.text() == ""
    assert part.chart.currentIndex().row() == 0
