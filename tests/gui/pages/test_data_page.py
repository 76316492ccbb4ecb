from typing import Any

import numpy as np
from PySide6.QtCore import Qt

from engine.service.datasets import ThumbnailSheet
from gui.pages.data_page import DataPage
from gui.widgets import PlainLabel
from tests.gui.pages.fakes import dataset, draft


def shown(qtbot: Any, found: Any) -> Any:
    page = DataPage()
    qtbot.addWidget(page)
    page.show_settings(draft().preprocessing, draft().split)
    page.show_dataset(found)
    page.resize(800, 700)
    with qtbot.waitExposed(page):
        page.show()
    return page


def test_an_empty_page_says_what_it_is_for_and_offers_a_folder_and_samples(qtbot: Any) -> None:
    page = shown(qtbot, None)
    assert page.chooser.isVisible()
    asked: list[Any] = []
    page.folder_requested.connect(lambda: asked.append("folder"))
    page.file_requested.connect(lambda: asked.append("file"))
    page.sample_requested.connect(asked.append)
    for button in page.chooser.buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["folder", "file", "sample:digits", "sample:shapes"]


def test_a_dataset_is_said_in_figures_and_in_a_sentence(qtbot: Any) -> None:
    page = shown(qtbot, dataset())
    assert page.facts_label.text() == "30 images · 3 classes · 8 × 8 × 1"
    assert page.source_label.text() == "Handwritten digits"
    assert page.sentence.text() == ("3 classes, 10 images in each; 12 for training, 9 for validation, 9 for test.")


def test_choosing_a_class_shows_its_images_alone(qtbot: Any) -> None:
    page = shown(qtbot, dataset())
    qtbot.keyClick(page.chart, Qt.Key.Key_Down)
    assert page.thumbnails.rowCount() == 10
    qtbot.keyClick(page.chart, Qt.Key.Key_Up)
    assert page.thumbnails.rowCount() == 30


def test_only_the_images_in_view_are_asked_for(qtbot: Any) -> None:
    page = DataPage()
    qtbot.addWidget(page)
    page.resize(800, 700)
    asked: list[Any] = []
    page.thumbnails_wanted.connect(asked.extend)
    page.show_dataset(dataset(100_000))
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: bool(asked), timeout=2_000)
    assert 0 < len(asked) < 200


def test_i_on_an_image_asks_to_look_at_it_with_the_network(qtbot: Any) -> None:
    page = shown(qtbot, dataset())
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.thumbnails.index(4))
    with qtbot.waitSignal(page.image_activated) as signal:
        qtbot.keyClick(page.grid, Qt.Key.Key_I)
    assert signal.args == [12]


def test_files_left_out_are_listed_with_the_reason(qtbot: Any) -> None:
    page = shown(qtbot, dataset(unreadable=2))
    assert page.tabs.button("notes").text() == "Notes (3)"
    qtbot.mouseClick(page.tabs.button("notes"), Qt.MouseButton.LeftButton)
    assert page.unreadable_table.isVisible()
    assert page.unreadable_label.text() == "2 files could not be read and were left out."
    assert page.unreadable.index(0, 1).data() == "It is a text file."


def test_one_can_go_back_from_the_choice_of_other_images(qtbot: Any) -> None:
    page = shown(qtbot, dataset())
    qtbot.mouseClick(page.change_button, Qt.MouseButton.LeftButton)
    assert page.chooser.isVisible()
    qtbot.mouseClick(page.chooser.back_button, Qt.MouseButton.LeftButton)
    assert page.grid.isVisible()


def test_every_label_is_plain_text(qtbot: Any) -> None:
    page = shown(qtbot, dataset(unreadable=1))
    labels = page.findChildren(PlainLabel)
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_pictures_arrive(qtbot: Any) -> None:
    page = shown(qtbot, dataset())
    page.add_thumbnails(ThumbnailSheet(dataset().identity, (0,), np.full((1, 8, 8, 3), 200, np.uint8)))
    assert page.thumbnails.index(0).data(Qt.ItemDataRole.DecorationRole).width() == 8


def test_the_page_fits_beside_both_panes_of_a_small_window(qtbot: Any) -> None:
    page = shown(qtbot, dataset())
    assert page.minimumSizeHint().width() <= 480
