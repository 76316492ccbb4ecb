"""One's own photos: a folder is opened, the network made to fit it, trained, and asked about other photos."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from tests.walks.walker import Walker

pytestmark = pytest.mark.slow


def test_a_folder_of_photos_is_opened_fitted_trained_on_and_looked_into(walker: Walker, pictures: Path) -> None:
    walker.click("Data")
    walker.click("Other images…")
    walker.picture("choose-images")
    walker.click("Open a folder…")
    walker.answer_file_dialog(pictures)
    walker.wait_to_read("60 images · 3 classes · 32 × 32 × 3")
    shares = "14 for training, 3 for validation, 3 for test"
    assert walker.rows("Images in each class")[1:] == [f"{name}: {shares}" for name in ("circle", "cross", "triangle")]
    walker.click_item("Images in each class", 2)
    assert len(walker.rows("Images of the dataset")) == 20
    walker.picture("own-images")

    problem = "The network ends in 10 numbers, and the dataset has 3 classes."
    assert walker.reads(problem)
    assert problem in walker.says("10. Dense")
    assert not walker.find("Train the network").isEnabled()
    walker.picture("units-differ")
    walker.click("Set units to 3")
    assert not walker.reads(problem)
    assert "3 units" in walker.says("10. Dense")

    walker.click("Train")
    walker.fill("Epochs", "4")
    walker.keys("Ctrl+Return")
    walker.wait_to_read("run-001 is done: 4 epochs")

    walker.drop([sorted((pictures / "cross").iterdir())[0]])
    walker.wait_to_read("run-001, best weights, after epoch")
    walker.wait(lambda: walker.says("Prediction").count("%") >= 3, "for the probabilities")
    assert all(name in walker.says("Prediction") for name in ("circle", "cross", "triangle"))
    walker.click_item("Layers of this run", 4)
    walker.wait_to_read("64 maps of 16 × 16")
    walker.click_item("Feature maps", 7, twice=True)
    enlarged = "Conv2D · 16 × 16 × 64, map 7"
    walker.find_a(QDialog, enlarged)
    assert len(walker.all_seen("Enlarged feature map")) == 2
    walker.picture("map-enlarged")
    walker.keys("Esc")
    walker.wait_until_gone(enlarged)

    walker.drop(sorted((pictures / "circle").iterdir())[:5])
    walker.wait(lambda: len(walker.rows("Opened images")) == 5, "for the strip of images")
    walker.click_item("Opened images", 3)
    walker.wait(lambda: walker.seen(f"{sorted((pictures / 'circle').iterdir())[3].name}*") is not None, "for its look")
    walker.picture("five-images")
    walker.drop(sorted(pictures.rglob("*.png")))
    walker.wait_to_read("60 IMAGES CLASSIFIED")
    assert len(walker.rows("Classified images")) == 60
    walker.picture("sixty-images")
