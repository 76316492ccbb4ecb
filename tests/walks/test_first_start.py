"""The first minute: open the program, press Train, look inside, see the run in the table."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from tests.walks.walker import Walker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_the_sample_project_trains_with_one_click_and_shows_what_it_learned(walker: Walker) -> None:
    walker.wait_to_read("1,797 images")
    walker.picture("first-start")
    walker.click("Train")
    walker.fill("Epochs", "3")
    walker.click("Train the network")
    walker.wait_to_read("Epoch 1 of", 180)
    walker.wait_to_read("images/s")
    walker.picture("training")
    walker.find("Train 10 more epochs", seconds=300)
    walker.picture("trained")

    walker.click("Inspect")
    walker.wait_to_read("best weights")
    walker.click("Next test image")
    prediction: QWidget = walker.find("Prediction")
    walker.wait(lambda: "%" in prediction.accessibleDescription(), "for the probabilities")
    walker.click_item("Layers of this run", 2)
    maps = walker.find("Feature maps", QAbstractItemView)
    walker.wait(lambda: maps.model().rowCount() > 1, "for the feature maps")
    walker.click_item("Feature maps", 1)
    walker.find("Enlarged feature map")
    walker.picture("inspect")

    walker.click("Runs")
    table = walker.find("Runs", QTableView)
    walker.wait(lambda: table.model().rowCount() == 1, "for the run in the table")
    walker.picture("runs")
    walker.click("Data")
    images = walker.find("Images of the dataset", QAbstractItemView)
    walker.wait(lambda: images.model().rowCount() == 1797, "for the thumbnails")
    walker.picture("data")
