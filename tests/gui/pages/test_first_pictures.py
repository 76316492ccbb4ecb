from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor

from engine.data.source import Source
from engine.service.datasets import GLIMPSE_SIDE, FirstPictures, OpenDataset
from gui.document import Document
from gui.pages.data_controller import DatasetController
from gui.pages.data_page import DataPage
from gui.pages.first_pictures import FirstPicturesStrip
from gui.settings import Settings
from tests.gui.pages.fakes import FakeBridge, dataset

RED = FirstPictures(np.full((3, GLIMPSE_SIDE, GLIMPSE_SIDE, 3), (255, 0, 0), np.uint8))


@pytest.fixture
def page(qtbot: Any) -> DataPage:
    made = DataPage()
    qtbot.addWidget(made)
    return made


def test_pictures_are_painted_as_they_come(qtbot: Any) -> None:
    strip = FirstPicturesStrip()
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.resize(220, 120)
    strip.add(RED)
    strip.add("news of another kind")
    strip.add(RED)
    assert len(strip.pictures) == 6
    with qtbot.waitExposed(strip):
        strip.show()
    seen = strip.grab().toImage()
    middle = strip._row.geometry().center().y()
    assert seen.pixelColor(GLIMPSE_SIDE // 2, middle) == QColor("red")
    assert seen.pixelColor(strip.width() - 3, middle) != QColor("red")  # half a picture is none


def test_they_are_shown_while_the_images_are_read_and_no_longer(
    page: DataPage, document: Document, bridge: FakeBridge, settings: Settings
) -> None:
    controller = DatasetController(page, document, bridge, settings)
    strip = controller.first_pictures
    for _ in range(2):
        controller.open_source(Source("/birds"))
        sent = bridge.last(OpenDataset)
        assert strip.isHidden()
        sent.say("partial", RED)
        assert not strip.isHidden()
        assert len(strip.pictures) == 3
        sent.say("done", dataset(source="/birds"))
        assert strip.isHidden()
