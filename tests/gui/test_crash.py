import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread, qWarning
from PySide6.QtWidgets import QApplication

from gui.crash import CrashReporter


@pytest.fixture
def reporter(qapp: QApplication) -> Iterator[CrashReporter]:
    """Installed over pytest's own hooks, which come back afterwards."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    made = CrashReporter()
    made.install()
    yield made
    made.uninstall()
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


class Keeper(QObject):
    """Keeps what it hears, and whether that was in the GUI thread."""

    def __init__(self, heard: list[tuple[str, bool]]) -> None:
        super().__init__()
        self._heard = heard

    def hear(self, details: str) -> None:
        self._heard.append((details, QThread.isMainThread()))


def fail() -> None:
    raise ZeroDivisionError("three by nothing")


def in_the_main_thread() -> None:
    try:
        fail()
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def in_another_thread() -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


@pytest.mark.parametrize("crash", [in_the_main_thread, in_another_thread])
def test_what_nobody_caught_is_logged_and_shown_in_the_gui_thread(
    qtbot: Any, reporter: CrashReporter, caplog: pytest.LogCaptureFixture, crash: Any
) -> None:
    heard: list[tuple[str, bool]] = []
    keep = Keeper(heard)
    reporter.crashed.connect(keep.hear)
    crash()
    qtbot.waitUntil(lambda: bool(heard))
    details, in_gui_thread = heard[0]
    assert in_gui_thread
    assert "ZeroDivisionError: three by nothing" in details
    assert "in fail" in details
    assert "three by nothing" in caplog.text


def test_ctrl_c_is_no_defect(reporter: CrashReporter, capsys: pytest.CaptureFixture[str]) -> None:
    heard: list[str] = []
    reporter.crashed.connect(heard.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert heard == []


@pytest.mark.qt_no_exception_capture
def test_messages_of_qt_go_to_the_log(reporter: CrashReporter, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "qt"):
        qWarning("a plug is missing")
    assert [(one.levelname, one.message) for one in caplog.records] == [("WARNING", "a plug is missing")]


def test_the_hooks_come_back(qapp: QApplication) -> None:
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    reporter = CrashReporter()
    reporter.install()
    assert sys.excepthook != hooks[0]
    reporter.uninstall()
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
