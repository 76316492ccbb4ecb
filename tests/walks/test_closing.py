"""Closing the window while a run is training: what the user chooses happens, and the program always ends."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.walks.sitting import sitting, to_its_end
from tests.walks.walker import Walker

pytestmark = pytest.mark.slow


def _train(walker: Walker, epochs: str) -> None:
    walker.wait_to_read("1,797 images")
    walker.fill("Epochs", epochs)
    walker.click("Train the network")
    walker.wait_to_read("Epoch 1 of")


def test_closing_asks_what_becomes_of_the_run(qapp: QApplication) -> None:
    def go_back_and_then_stop(walker: Walker) -> None:
        _train(walker, "400")
        walker.close_window()
        walker.find("A run is still training")
        walker.picture("closing")
        walker.click("Cancel")
        walker.wait_until_gone("A run is still training")
        assert walker.window.isVisible()
        walker.find("Stop and keep")
        walker.keys("Ctrl+Q")
        walker.find("A run is still training")
        walker.click("Stop and keep")

    def leave_it_training(walker: Walker) -> None:
        _train(walker, "12")
        walker.keys("Ctrl+Q")
        walker.click("Keep training in the background")
        assert not walker.window.isVisible()

    assert to_its_end(go_back_and_then_stop) == 0
    assert to_its_end(leave_it_training) == 0
    with sitting() as walker:
        walker.wait_to_read("1,797 images")
        walker.click("Runs")
        walker.wait(lambda: len(walker.rows("Runs")) == 2, "for the runs in the table")
        found = {one.split(" | ")[0]: one.split(" | ")[1:] for one in walker.rows("Runs")}
        assert found["run-001"][0] == "stopped"
        assert found["run-002"][0] == "completed"
        assert found["run-002"][3] == "12", "all of its epochs"
