"""Sitting down at the program: its window is shown, someone uses it, and it is put away for good."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from gui.app import Convoscope, make_application, run
from tests.conftest import settle
from tests.walks.walker import Walker

COMMON = (1440, 900)


@contextlib.contextmanager
def sitting(paths: Sequence[Path] = (), size: tuple[int, int] = COMMON) -> Iterator[Walker]:
    """Convoscope as `main.py PATHS` starts it; what is open when the sitting ends is as safe as after a crash."""
    make_application()
    program = Convoscope(paths)
    program.show()
    try:
        yield _at_the_window(size)
    finally:
        program.close()
        program.deleteLater()
        del program
        settle()


def to_its_end(walk: Callable[[Walker], None], paths: Sequence[Path] = ()) -> int:
    """Run the whole program, its own event loop too, while someone walks; its exit status once it has ended itself."""
    failures: list[BaseException] = []

    def walking() -> None:
        try:
            walk(_at_the_window(COMMON))
        except BaseException as error:  # noqa: BLE001 - it belongs to the test, not to Qt's event loop
            failures.append(error)
            QApplication.exit(70)

    QTimer.singleShot(0, walking)
    status = run([os.fspath(one) for one in paths])
    settle()
    if failures:
        raise failures[0]
    return status


def _at_the_window(size: tuple[int, int]) -> Walker:
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMainWindow))
    room = QGuiApplication.primaryScreen().size()
    if QGuiApplication.platformName() == "offscreen" or (room.width(), room.height()) != size:
        window.resize(*size)
    assert QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    walker = Walker(window)
    walker.wait(lambda: any("kept" in one or one == "Saved" for one in walker.read()), "for the project to be open")
    return walker
