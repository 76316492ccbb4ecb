"""Training twenty times in a row, and an engine that is killed: nothing stays behind and nothing is lost."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading

import psutil
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from tests.conftest import settle
from tests.walks.sitting import sitting
from tests.walks.walker import Walker

pytestmark = pytest.mark.slow


def _engine() -> psutil.Process:
    engines = [one for one in psutil.Process().children() if "engine.service.child" in one.cmdline()]
    assert len(engines) == 1
    return engines[0]


def _kill_engine() -> None:
    os.kill(_engine().pid, signal.SIGKILL)


def train_and_die() -> None:
    """Start a run, and let the engine and the window die in the middle of it, as in a power cut."""
    with sitting() as walker:
        walker.fill("Epochs", "8")
        walker.click("Train the network")
        walker.wait_to_read("Epoch 2 of 8")
        _kill_engine()
        os.kill(os.getpid(), signal.SIGKILL)


def _train_pause_continue_stop(walker: Walker, run: str) -> None:
    walker.click("Train the network")
    walker.click("Pause")
    walker.wait_to_read("Paused · Epoch")
    walker.click("Continue")
    walker.find("Pause")
    walker.click("Stop and keep")
    walker.wait_to_read(f"{run} was stopped after")


def _left_over() -> dict[str, object]:
    """What twenty runs must not make more of, in the window's process and below it."""
    settle()
    # A timer that fires once, such as the one that keeps edits safe, ends by itself.
    timers = [one for one in gc.get_objects() if type(one) is QTimer and one.isActive() and not one.isSingleShot()]
    return {
        "threads": sorted(one.name for one in threading.enumerate()),
        "windows": len([one for one in QApplication.topLevelWidgets() if one.isVisible()]),
        "widgets": len(QApplication.allWidgets()),
        "timers": len(timers),
        "processes": [one.pid for one in psutil.Process().children(recursive=True)],
        "threads of the engine": _engine().num_threads(),
    }


def test_twenty_runs_in_a_row_leave_nothing_over(walker: Walker) -> None:
    walker.fill("Epochs", "500")
    _train_pause_continue_stop(walker, "run-001")
    before = _left_over()
    for number in range(2, 22):
        _train_pause_continue_stop(walker, f"run-{number:03d}")
    assert _left_over() == before
    walker.click("Runs")
    walker.wait(lambda: len(walker.rows("Runs")) == 21, "for the runs in the table")
    assert all("stopped" in one for one in walker.rows("Runs"))
    walker.picture("twenty-one-runs")


def test_an_engine_that_is_killed_is_named_and_restarted_and_its_run_resumed(walker: Walker) -> None:
    walker.fill("Epochs", "20")
    walker.click("Train the network")
    walker.wait_to_read("Epoch 4 of 20")
    killed = _engine().pid
    _kill_engine()
    walker.wait_to_read("The engine stopped: it was ended from outside (signal 9)")
    walker.wait_to_read("The engine stopped while run-001 was training, and was started again.")
    walker.picture("engine-killed")
    walker.wait_to_read("run-001 is done: 20 epochs")
    assert _engine().pid != killed
    walker.find_a(QPushButton, "Train 10 more epochs")
    walker.picture("resumed")

    # Killed with nothing to do: it is said, and the next run works as ever.
    walker.click("Hide this message")
    _kill_engine()
    walker.wait_to_read("It has been started again; your edits are safe.")
    walker.fill("Epochs", "2")
    walker.click("Train the network")
    walker.wait_to_read("run-002 is done: 2 epochs")


def test_a_run_cut_off_by_a_power_cut_is_offered_for_resume(qapp: QApplication) -> None:
    dying = [sys.executable, "-c", f"from {__name__} import train_and_die; train_and_die()"]
    assert subprocess.run(dying, check=False).returncode == -signal.SIGKILL
    with sitting() as walker:
        walker.find("Resume run-001")
        walker.click("Runs")
        walker.wait(lambda: "interrupted" in "".join(walker.rows("Runs")), "for the run in the table")
        walker.wait_to_read("Its process is gone; it can go on at its last checkpoint.")
        walker.picture("interrupted")
        walker.click("Train")
        walker.click("Resume run-001")
        walker.wait_to_read("run-001 is done: 8 epochs")
