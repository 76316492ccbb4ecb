"""Our side of tests/bench/window.py: `main.py` as a person starts it, until its window has been painted once.

Run as a script, so that nothing is imported which `main.py` would not import.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

ROOT = Path(__file__).parents[2]


def say(window: QMainWindow) -> None:
    """Say when, and end the process."""
    now = time.time()
    print(json.dumps({"painted_at": now, "size": window.size().toTuple()}), flush=True)
    os._exit(0)


class FirstPaint(QObject):
    """Calls a function once a window has been painted for the first time.

    The whole window is painted in one go, so it is called when the loop comes back after that. This must be the newest
    filter of the window, as that is the first to be asked: what the program does after its first paint comes later.
    """

    def __init__(self, window: QMainWindow, painted: Callable[[QMainWindow], None]) -> None:
        super().__init__(window)
        self._window = window
        self._painted = painted
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        self._painted(self._window)


def main() -> None:
    """Run `main.py` with its window watched from the moment that its event loop begins."""
    run_loop = QApplication.exec

    def watched_loop(*_: object) -> int:
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QMainWindow):
                FirstPaint(one, say)
        return run_loop()

    QApplication.exec = watched_loop  # type: ignore[method-assign]
    sys.argv = [str(ROOT / "main.py")]
    sys.path[0] = str(ROOT)
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
