"""Images of every kind: what was dropped is told, trained on for one epoch, and its faults are found and cured."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.engine.data.folders import cut_jpeg, huge_header
from tests.engine.data.readers import making
from tests.walks.walker import Walker

pytestmark = pytest.mark.slow


def train_one_epoch(walker: Walker, run: str) -> None:
    """Make the network's end fit the classes, and train."""
    mend = walker.seen("Set units to *")
    if mend is not None:
        walker.press(mend)
    walker.click("Train")
    walker.fill("Epochs", "1")
    walker.keys("Ctrl+Return")
    walker.wait_to_read(f"{run} is done: 1 epoch")


def test_mnist_and_cifar_files_are_dropped_told_and_trained_on(walker: Walker, tmp_path: Path) -> None:
    making.save_idx(tmp_path / "digits", "train", 60, ".gz")
    making.save_idx(tmp_path / "digits", "t10k", 20, ".gz", seed=1)
    walker.drop([tmp_path / "digits"])
    walker.wait_to_read("80 images")
    walker.click("Notes*")
    walker.wait_to_read("IDX")
    walker.picture("idx")
    train_one_epoch(walker, "run-001")

    batch = tmp_path / "cifar" / "data_batch_1.bin"
    batch.parent.mkdir()
    batch.write_bytes(making.cifar(60))
    walker.drop([batch])
    walker.wait_to_read("60 images")
    walker.click("Notes*")
    walker.wait_to_read("CIFAR-10")
    walker.picture("cifar")
    train_one_epoch(walker, "run-002")


def test_a_messy_folder_is_opened_examined_cured_and_trained_on(walker: Walker, pictures: Path) -> None:
    (pictures / "circle" / "half.jpg").write_bytes(cut_jpeg())
    (pictures / "circle" / "huge.png").write_bytes(huge_header())
    (pictures / "cross" / "words.jpg").write_text("no image")
    Image.new("RGB", (32, 32), "white").save(pictures / "cross" / "blank.png")
    twice = sorted((pictures / "triangle").iterdir())[0]
    shutil.copy(twice, pictures / "cross" / "copy.png")
    walker.drop([pictures])
    walker.wait_to_read("62 images · 3 classes")

    walker.click("Doctor")
    walker.click("Examine the images")
    walker.wait_to_read("62 images examined")
    walker.picture("examined")
    first = walker.rows("Findings, worst first")[0]
    assert first.startswith("Serious")
    assert "different classes" in first
    walker.click_item("Findings, worst first", 0)
    cure = "Leave all of them out (2 images)"
    walker.click(cure)
    walker.wait(lambda: not walker.find(cure).isEnabled(), "for the cure to be done")
    walker.picture("cured")
    walker.keys("Ctrl+Z")
    walker.wait(lambda: walker.find(cure).isEnabled(), "for the cure to be undone")
    walker.click(cure)
    train_one_epoch(walker, "run-001")
