"""Bad input at the window: what happened, what was expected, what to do; and what is open stays open."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from tests.walks.sitting import sitting
from tests.walks.walker import Walker

pytestmark = pytest.mark.slow


def _photos(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        Image.new("RGB", (16, 16), (number * 9 % 256, 80, 200)).save(folder / f"{number}.png")
    return folder


def test_images_that_cannot_be_used_are_explained_and_the_open_ones_stay(walker: Walker, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    (empty / "cats").mkdir(parents=True)
    one_class = _photos(tmp_path / "single" / "cats", 4).parent
    gone = tmp_path / "gone"
    for folder, what in ((empty, "empty"), (one_class, "only one class"), (gone, "gone")):
        walker.drop([folder])
        panel = walker.find(f"*{folder.name}*")
        assert what in panel.accessibleName()
        walker.picture(f"bad-images-{folder.name}")
        walker.wait_to_read("1,797 images")
        walker.click("Hide this message")
    assert walker.reads("Handwritten digits")

    mixed = tmp_path / "mixed"
    _photos(mixed / "cats", 8)
    _photos(mixed / "dogs", 8)
    (mixed / "dogs" / "notes.jpg").write_text("not a picture at all")
    walker.drop([mixed])
    walker.wait_to_read("16 images · 2 classes")
    walker.click("Notes*")
    assert [one.partition(" | ")[0] for one in walker.rows("Files that were left out")] == ["dogs/notes.jpg"]
    walker.picture("left-out")
    walker.drop([mixed / "dogs" / "notes.jpg"])
    walker.wait_to_read("There is no trained network to look through yet.")

    shutil.rmtree(mixed)
    walker.click("Data")
    walker.click("Size and split")
    walker.fill("Height", "12")
    walker.wait_to_read("mixed")
    walker.find("*mixed*")
    walker.picture("vanished")


def test_learning_rates_that_make_no_sense(walker: Walker) -> None:
    for rate in ("0", "-1", "fast"):
        walker.fill("Learning rate", rate)
        walker.wait(lambda: walker.reads("earning rate"), "for what is wrong")
        assert len(_panel(walker)) == 3, "what, expected, fix"
        walker.picture(f"learning-rate-{rate}")
    walker.fill("Learning rate", "1e30")
    walker.fill("Epochs", "3")
    walker.click("Train the network")
    walker.wait_to_read("run-001 diverged in epoch")
    walker.picture("diverged")
    walker.click("Set learning rate to 0.001")
    assert walker.says("Learning rate") == "0.001"
    walker.click("Runs")
    walker.wait(lambda: len(walker.rows("Runs")) == 1, "for the run")
    assert "diverged" in walker.rows("Runs")[0]


def test_projects_that_cannot_be_read_are_explained_and_lose_nothing(qapp: QApplication, tmp_path: Path) -> None:
    saved = tmp_path / "Good.convoscope"
    with sitting() as walker:
        walker.wait_to_read("1,797 images")
        walker.fill("Filters", "9")
        walker.keys("Ctrl+S")
        walker.answer_file_dialog(saved)
        walker.wait(lambda: walker.says("Project") == "Good", "for the project's name")
        damaged = shutil.copytree(saved, tmp_path / "Damaged.convoscope") / "project.json"
        damaged.write_bytes(damaged.read_bytes()[:200])
        newer = shutil.copytree(saved, tmp_path / "Newer.convoscope") / "project.json"
        newer.write_text(json.dumps(json.loads(newer.read_text()) | {"schema_version": 999}))
        cut = damaged.read_bytes()
        for folder, what in ((damaged.parent, "damaged or was cut short"), (newer.parent, "newer version")):
            walker.drop([folder])
            walker.find(f"*{folder.name}*{what}*")
            walker.picture(f"project-{folder.stem.lower()}")
            assert walker.says("Project") == "Good"
            walker.click("Hide this message")
        assert damaged.read_bytes() == cut

    # The project of last time was damaged while the program was not running.
    file = saved / "project.json"
    file.write_bytes(file.read_bytes()[:200])
    with sitting() as walker:
        walker.find("*Good*damaged or was cut short*")
        walker.wait(lambda: walker.says("Project") == "Sample project", "for what can be opened")
        walker.wait_to_read("1,797 images")
    assert len(file.read_bytes()) == 200, "the damaged file is left as it is"


def _panel(walker: Walker) -> list[str]:
    found = [one for one in walker.panels() if any("earning rate" in line for line in one)]
    assert len(found) == 1
    return found[0]
