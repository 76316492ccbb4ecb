"""A pytest plugin: each walk runs in a process of its own, on a virtual screen where the machine has Xvfb.

The other tests of the window share one process without a screen, and a Qt application cannot change its platform. What
a walk leaves behind, a killed engine or a program that was closed, then touches no other test either. Without Xvfb
the walks run all the same, on Qt's offscreen platform.
"""

from __future__ import annotations

import ctypes.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest

REPORTS: Final = "CONVOSCOPE_WALK_REPORTS"
"""Set for the process of one walk: the file that its reports go to."""
HERE: Final = Path(__file__).parent
LONGEST: Final = 280
"""Seconds that a walk may take; less than any other test may, so that the walk itself says where it stood."""


class Screen:
    """A virtual X display, as large as a common laptop's."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.name = f":{number}"

    def close(self) -> None:
        """Switch the display off."""
        self._process.terminate()
        self._process.wait()


_screen = pytest.StashKey[Screen]()


def has_screen() -> bool:
    """Whether this machine can show windows on a virtual display: Xvfb, and the library that Qt's xcb plugin needs."""
    return shutil.which("Xvfb") is not None and ctypes.util.find_library("xcb-cursor") is not None


def in_own_process() -> bool:
    """Whether this is the process of one walk."""
    return REPORTS in os.environ


def pytest_itemcollected(item: pytest.Item) -> None:
    """What the offscreen platform says of itself, where the walks have to do with it, is no fault of ours."""
    if HERE in item.path.parents:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """Run a walk elsewhere and report what it reported."""
    if in_own_process() or HERE not in item.path.parents:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in _run_elsewhere(item):
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In the walk's process: write each report down for the process that waits for it."""
    report = yield
    if in_own_process():
        data = item.config.hook.pytest_report_to_serializable(config=item.config, report=report)
        with Path(os.environ[REPORTS]).open("a") as file:
            file.write(json.dumps(data) + "\n")
    return report


def pytest_unconfigure(config: pytest.Config) -> None:
    """Switch the screen off that the first walk switched on."""
    screen = config.stash.get(_screen, None)
    if screen is not None:
        screen.close()


def _run_elsewhere(item: pytest.Item) -> list[pytest.TestReport]:
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports"
        reports.touch()
        command = [sys.executable, "-m", "pytest", item.nodeid, "-p", "no:cacheprovider", f"--timeout={LONGEST}"]
        ended = subprocess.run(
            command,
            cwd=item.config.rootpath,
            env=_environment(item.config) | {REPORTS: str(reports)},
            capture_output=True,
            text=True,
            check=False,
        )
        found = [json.loads(line) for line in reports.read_text().splitlines()]
    if not found or found[-1]["when"] != "teardown":
        return [_broken(item, f"The walk's process ended with {ended.returncode}.\n{ended.stdout}\n{ended.stderr}")]
    hook = item.config.hook
    return [hook.pytest_report_from_serializable(config=item.config, data=data) for data in found]


def _environment(config: pytest.Config) -> dict[str, str]:
    # A desktop's own file dialogs could not be operated by name, and differ from one desktop to the next.
    kept = {name: value for name, value in os.environ.items() if name not in {"XDG_CURRENT_DESKTOP", "WAYLAND_DISPLAY"}}
    if not has_screen():
        return kept | {"QT_QPA_PLATFORM": "offscreen"}
    if _screen not in config.stash:
        config.stash[_screen] = Screen()
    return kept | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": config.stash[_screen].name, "QT_QPA_PLATFORMTHEME": ""}


def _broken(item: pytest.Item, text: str) -> pytest.TestReport:
    return pytest.TestReport(item.nodeid, item.location, {}, "failed", text, "call")
