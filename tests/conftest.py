"""What every test stands on: a home of its own, no screen, and nothing of a window left behind."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
GUI_TESTS = (Path(__file__).parent / "gui", Path(__file__).parent / "walks")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The window's tests first: each looks through every object there is, and training leaves many."""
    items.sort(key=lambda item: not _of_the_window(item.path))


def pytest_collection_finish() -> None:
    """What was imported stays: no test looks through it for what another left behind."""
    _leave_out_what_stays()


def _leave_out_what_stays() -> None:
    if gc.get_freeze_count() == 0:  # at first, and when a window's collector has given all of it back
        gc.collect()
        gc.freeze()


def _of_the_window(path: Path) -> bool:
    return any(folder in path.parents for folder in GUI_TESTS)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A CONVOSCOPE_HOME of the test's own, so that no test sees or touches the real one."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CONVOSCOPE_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test of the window fails where it leaves a top-level widget, a thread, a running timer or an animation."""
    if not _of_the_window(request.path):
        yield
        return
    before = _left()
    threads = set(threading.enumerate())
    yield
    settle()
    left = {name: sorted(found - before[name]) for name, found in _left().items() if found - before[name]}
    running = [one.name for one in threading.enumerate() if one not in threads and one.is_alive() and not one.daemon]
    if running:
        left["threads of Python"] = running
    _leave_out_what_stays()
    if left:
        pytest.fail(f"The test left behind: {left}", pytrace=False)


def settle() -> None:
    """Let Qt delete what waits for it, and Python what nobody holds."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtGui import QGuiApplication

    if not isinstance(QCoreApplication.instance(), QGuiApplication):
        return
    # What a test copied would be destroyed after Python itself, which crashes.
    QGuiApplication.clipboard().clear()
    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    gc.collect()


def _left() -> dict[str, set[str]]:
    """Names of everything that could be left behind, by kind; each with its address, as names repeat."""
    if "PySide6.QtWidgets" not in sys.modules:
        return {"widgets": set(), "timers": set(), "threads": set(), "animations": set()}
    import shiboken6
    from PySide6.QtCore import QAbstractAnimation, QThread, QTimer
    from PySide6.QtWidgets import QApplication

    found: dict[str, set[str]] = {"widgets": set(), "timers": set(), "threads": set(), "animations": set()}
    if QApplication.instance() is None:
        return found
    for widget in QApplication.topLevelWidgets():
        found["widgets"].add(_name(widget))
    for one in gc.get_objects():
        # type(), not isinstance(): asking a lazy module or a proxy for its class would wake it.
        kind = type(one)
        if issubclass(kind, QTimer | QThread | QAbstractAnimation) and shiboken6.isValid(one):
            if issubclass(kind, QTimer) and one.isActive():
                found["timers"].add(_name(one))
            elif issubclass(kind, QThread) and one.isRunning() and one is not QThread.currentThread():
                found["threads"].add(_name(one))
            elif issubclass(kind, QAbstractAnimation) and one.state() is QAbstractAnimation.State.Running:
                found["animations"].add(_name(one))
    return found


def _name(one: Any) -> str:
    return f"{type(one).__name__} {one.objectName()!r} of {type(one.parent()).__name__} at {id(one):x}"
