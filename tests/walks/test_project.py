"""A project over several sittings: saved, closed, opened again, killed in the middle of an edit; runs used again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.walks.sitting import sitting

pytestmark = pytest.mark.slow


def edit_and_die() -> None:
    """Open the project of last time, rename a layer, wait until that is kept, and die of signal 9."""
    with sitting() as walker:
        walker.click("3. MaxPooling2D")
        walker.keys("F2")
        walker.write("Before the crash")
        walker.keys("Return")
        walker.wait_to_read("Edits kept, not saved yet")
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_project_is_saved_and_reopened_survives_a_crash_and_its_runs_are_used_again(
    qapp: QApplication, tmp_path: Path
) -> None:
    with sitting() as walker:
        walker.wait_to_read("1,797 images")
        walker.fill("Epochs", "3")
        walker.fill("Filters", "8")
        walker.keys("Ctrl+Return")
        walker.wait_to_read("run-001 is done: 3 epochs")
        walker.keys("Ctrl+S")
        walker.answer_file_dialog(tmp_path / "Numbers")
        walker.wait(lambda: walker.says("Project") == "Numbers", "for the project's name")
        assert walker.reads("Saved")
        cards = [(one, walker.says(one)) for one in walker.cards()]
    assert (tmp_path / "Numbers.convoscope" / "runs" / "run-001").is_dir()

    crashed = subprocess.run(
        [sys.executable, "-c", f"from {__name__} import edit_and_die; edit_and_die()"], check=False
    )
    assert crashed.returncode == -signal.SIGKILL

    with sitting() as walker:
        walker.find("3. Before the crash")
        walker.wait_to_read("These are your edits since the last save")
        assert walker.says("Project") == "Numbers — edited"
        walker.picture("after-a-crash")
        walker.wait_to_read("1,797 images")
        walker.click("3. Before the crash")
        walker.keys("F2")
        walker.write("MaxPooling2D")
        walker.keys("Return")
        assert [(one, walker.says(one)) for one in walker.cards()] == cards
        walker.keys("Ctrl+S")
        walker.wait(lambda: walker.says("Project") == "Numbers", "for the project to be saved")
        assert not walker.reads("These are your edits since the last save")

        walker.click("Train 10 more epochs")
        walker.wait_to_read("run-001 is done: 13 epochs")
        walker.fill("Epochs", "1")
        walker.click("Train the network")
        walker.wait_to_read("run-002 is done: 1 epoch")

        walker.click("Inspect")
        walker.wait_to_read("run-002, best weights")
        walker.click("2. Conv2D")
        walker.fill("Filters", "6")
        walker.wait_to_read("The stack has been edited since run-002 was trained.")
        walker.picture("edited-since")
        walker.click("Use this run's settings")
        assert not walker.reads("The stack has been edited since")
        assert "8 filters" in walker.says("2. Conv2D")
        walker.choose("Run to look into", "run-001")
        walker.wait_to_read("run-001, best weights, after epoch")
        walker.click("Last weights")
        walker.wait_to_read("run-001, last weights, after epoch 13 of 13")

        walker.click("Runs")
        walker.wait(lambda: len(walker.rows("Runs")) == 2, "for both runs")
        walker.fill("Filters", "7")
        walker.click_item("Runs", next(row for row, one in enumerate(walker.rows("Runs")) if "run-001" in one))
        walker.click("Use its settings")
        walker.wait_to_read("The settings of run-001 are now those of the stack and the recipe.")
        assert "8 filters" in walker.says("2. Conv2D")
        walker.click("Delete…")
        walker.picture("delete-a-run")
        walker.click("Keep")
        walker.wait_until_gone("Delete run-001?")
        assert len(walker.rows("Runs")) == 2
        walker.click("Delete…")
        walker.click("Delete")
        walker.wait(lambda: len(walker.rows("Runs")) == 1, "for the run to go")
        assert not (tmp_path / "Numbers.convoscope" / "runs" / "run-001").exists()

        walker.keys("Ctrl+N")
        walker.wait(lambda: walker.says("Project") != "Numbers — edited", "for the new project")
        walker.menu("File", "Open recent")
        walker.choose_in_menu("Numbers")
        walker.wait(lambda: walker.says("Project").startswith("Numbers"), "for the project")
        walker.wait(lambda: len(walker.rows("Runs")) == 1, "for its runs")
