"""One image large: what is said of it, its keys, and how it follows the page."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.data.split import Curation
from engine.images.originals import FileFacts
from engine.service.datasets import OriginalView, ReadOriginal
from gui.dialogs.image_viewer import ImageViewer
from gui.document import Document
from gui.pages.data_controller import DatasetController
from gui.pages.data_page import DataPage
from gui.settings import Settings
from tests.gui.pages.fakes import FakeBridge, dataset, draft, error

FACTS = FileFacts("JPEG", "RGB", 4321, 6, "2024:05:06 07:08:09")


def original(index: int, height: int = 40, width: int = 60) -> OriginalView:
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[..., 0] = 200
    histogram = np.zeros((3, 256), np.int64)
    histogram[0, 200] = histogram[1, 0] = histogram[2, 0] = height * width
    seen = np.full((8, 8, 1), 60, np.uint8)
    box = (0, 0, height, width)
    return OriginalView(dataset().identity, index, height, width, box, pixels, histogram, seen, FACTS, 0.0)


@pytest.fixture
def document(qapp: Any) -> Document:
    return Document(draft())


@pytest.fixture
def page(qtbot: Any, document: Document, bridge: FakeBridge, settings: Settings) -> DataPage:
    made = DataPage()
    qtbot.addWidget(made)
    DatasetController(made, document, bridge, settings)
    document.set_dataset(dataset())
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.grid.setFocus()
    return made


@pytest.fixture
def viewer(qtbot: Any, page: DataPage) -> ImageViewer:
    """On the third image of the page, which is number 6 of the dataset."""
    page.grid.choose([2], 2)
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    found = page.findChild(ImageViewer)
    assert found is not None
    qtbot.waitUntil(found.isActiveWindow)
    return found


def test_all_that_is_known_of_an_image_is_said(viewer: ImageViewer, bridge: FakeBridge) -> None:
    assert bridge.last(ReadOriginal).job.index == 6
    assert viewer.name_label.text() == "00006.png"
    assert viewer.state_label.text() == "cat, for test"
    assert viewer.place_label.text() == "3 of 30"
    bridge.last(ReadOriginal).say("done", original(6))
    lines = viewer.facts_label.text().split("\n")
    assert lines[:6] == [
        "Folder: cat",
        "Size: 60 × 40 pixels",
        "Pixels: colour, 8 bits",
        "Format: JPEG, 4,321 bytes",
        "Orientation (EXIF): 6, turned by 90° to the right",
        "Taken: 2024:05:06 07:08:09",
    ]
    assert lines[6].startswith("File changed: 19")
    assert viewer.seen_label.text() == "8 × 8, grey"
    assert viewer.histogram_label.text() == "Values from 0 to 200, 67 on average; 66.7 % at 0."
    assert viewer.histogram.accessibleDescription() == viewer.histogram_label.text()
    assert viewer.view.size_of_image == (40, 60)


def test_arrow_keys_go_through_the_images_that_are_shown(
    qtbot: Any, viewer: ImageViewer, bridge: FakeBridge, page: DataPage
) -> None:
    first = bridge.last(ReadOriginal)
    qtbot.keyClick(viewer.view, Qt.Key.Key_Right)
    assert first.cancelled
    assert (viewer.number, viewer.name_label.text()) == (9, "00009.png")
    first.say("done", original(6))
    assert viewer.view.size_of_image == (0, 0)
    for _ in range(5):
        qtbot.keyClick(viewer.view, Qt.Key.Key_Left)
    assert viewer.number == 0
    assert not viewer.before_button.isEnabled()
    qtbot.keyClick(viewer.view, Qt.Key.Key_Escape)
    assert viewer.isHidden()
    assert page.grid.chosen_rows().tolist() == [0]
    assert page.grid.currentIndex().row() == 0


def test_the_image_is_edited_from_here_and_undone(qtbot: Any, viewer: ImageViewer, document: Document) -> None:
    qtbot.keyClick(viewer.view, Qt.Key.Key_Delete)
    assert document.draft.curation.excluded == ("cat/00006.png",)
    assert viewer.state_label.text() == "cat, left out"
    assert viewer.out_button.text() == "Take in again"
    qtbot.mouseClick(viewer.out_button, Qt.MouseButton.LeftButton)
    assert document.draft.curation == Curation()
    viewer.image_actions.label_menu.actions()[2].trigger()
    viewer.image_actions.moves[0].trigger()
    assert viewer.state_label.text() == "frog, was cat, for training, moved there"
    qtbot.keyClick(viewer.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert viewer.state_label.text() == "frog, was cat, for test"
    qtbot.keyClick(viewer.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert viewer.state_label.text() == "frog, was cat, for training, moved there"


def test_a_channel_alone_is_shown_in_grey(qtbot: Any, viewer: ImageViewer, bridge: FakeBridge) -> None:
    bridge.last(ReadOriginal).say("done", original(6))

    def middle() -> tuple[int, ...]:
        image = viewer.view.grab().toImage()
        ratio = image.devicePixelRatio()
        colour = image.pixelColor(int(viewer.view.width() * ratio / 2) + 2, int(viewer.view.height() * ratio / 2) + 2)
        return (colour.red(), colour.green(), colour.blue())

    red, green, blue = middle()
    assert red > green + 60
    assert green == pytest.approx(blue, abs=3)
    qtbot.mouseClick(viewer.channels._buttons["green"], Qt.MouseButton.LeftButton)
    red, green, blue = middle()
    assert red == green == blue < 60
    qtbot.mouseClick(viewer.channels._buttons["red"], Qt.MouseButton.LeftButton)
    assert middle()[0] == middle()[2] > 120


def test_a_grey_image_has_no_channels(viewer: ImageViewer, bridge: FakeBridge) -> None:
    grey = dataclasses.replace(original(6), pixels=np.zeros((40, 60, 1), np.uint8), facts=FileFacts(mode="L"))
    bridge.last(ReadOriginal).say("done", grey)
    assert viewer.channels.isHidden()


def test_more_of_a_large_image_is_read_where_one_looks_close(
    qtbot: Any, viewer: ImageViewer, bridge: FakeBridge
) -> None:
    large = dataclasses.replace(original(6), height=4000, width=6000, box=(0, 0, 4000, 6000))
    bridge.last(ReadOriginal).say("done", large)
    viewer.view.zoom_to(1.0)
    qtbot.waitUntil(lambda: bridge.last(ReadOriginal).job.box is not None, timeout=2_000)
    box = bridge.last(ReadOriginal).job.box
    assert box is not None
    assert box[2] <= viewer.view.height() + 2
    assert box[3] <= viewer.view.width() + 2
    part = dataclasses.replace(large, box=box, pixels=np.full((box[2], box[3], 3), 9, np.uint8))
    bridge.last(ReadOriginal).say("done", part)
    asked = len(bridge.jobs(ReadOriginal))
    qtbot.keyClick(viewer.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert viewer.pointed_label.text().endswith("red 9, green 9, blue 9")
    assert len(bridge.jobs(ReadOriginal)) == asked


def test_an_image_that_cannot_be_read_says_why(qtbot: Any, viewer: ImageViewer, bridge: FakeBridge) -> None:
    bridge.last(ReadOriginal).say("failed", error("00006.png could not be read: it is no longer there."))
    assert "no longer there" in viewer.error_panel.what.text()
    qtbot.keyClick(viewer.view, Qt.Key.Key_Right)
    assert viewer.error_panel.isHidden()


def test_one_looks_inside_from_here(qtbot: Any, viewer: ImageViewer, page: DataPage) -> None:
    controller = page.findChild(DatasetController)
    assert controller is not None
    with qtbot.waitSignal(controller.inspect_wanted) as signal:
        qtbot.keyClick(viewer.view, Qt.Key.Key_I)
    assert signal.args == [6]


def test_other_images_close_it(viewer: ImageViewer, document: Document) -> None:
    document.set_dataset(dataset(60))
    assert viewer.isHidden()
