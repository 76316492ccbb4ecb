"""The first minute: open the program, press Train, look inside, see the run in the table."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from tests.walks.walker import Walker

pytestmark = pytest.mark.slow


def test_one_click_trains_the_sample_and_every_page_shows_what_came_of_it(walker: Walker) -> None:
    walker.picture("first-start")
    walker.click("Train the network")
    walker.wait_to_read("Epoch 1 of 20")
    walker.wait_to_read("images/s")
    walker.picture("training")
    walker.wait_to_read("run-001 is done: 20 epochs")
    walker.find_a(QPushButton, "Train 10 more epochs")
    walker.picture("trained")

    walker.click("Look inside")
    walker.wait_to_read("run-001, best weights, after epoch")
    walker.wait(lambda: "%" in walker.says("Prediction"), "for the probabilities")
    assert walker.says("Prediction").count("%") >= 5
    walker.picture("inspect")
    walker.click_item("Layers of this run", 3)
    walker.wait_to_read("32 maps of 4 × 4")
    assert walker.reads("MAXPOOLING2D"), "the settings beside show the layer too"
    walker.point("Enlarged feature map")
    value = walker.says("Value under the cursor")
    assert "row" in value.lower()
    walker.click_item("Feature maps", 1)
    walker.wait_to_read("MAP 1")
    assert walker.says("Value under the cursor") != value
    seen = walker.find("* as the network saw it").accessibleName()
    walker.click("Next test image")
    walker.wait_until_gone(seen)

    walker.click("Runs")
    walker.wait(lambda: len(walker.rows("Runs")) == 1, "for the run in the table")
    assert walker.rows("Runs")[0].startswith("run-001 | completed")
    walker.wait_to_read("Training accuracy")
    walker.picture("runs")

    walker.click("Data")
    assert len(walker.rows("Images of the dataset")) == 1797
    assert walker.rows("Images in each class")[1].startswith("0: ")
    assert len(walker.rows("Images in each class")) == 11, "all, and each of ten"
    walker.picture("data")
