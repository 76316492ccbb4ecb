"""The pages' code comes on a thread, and its coming is told once, in the GUI thread."""

import threading
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication

from gui import page_code
from gui.page_code import PageCode


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, threading.Thread]]:
    """What is imported, and in which thread."""
    found: list[tuple[str, threading.Thread]] = []
    monkeypatch.setattr(
        "gui.page_code.importlib.import_module", lambda name: found.append((name, threading.current_thread()))
    )
    return found


def test_it_is_imported_on_a_thread(qtbot: Any, imported: list[tuple[str, threading.Thread]]) -> None:
    owner = QObject()
    code = PageCode(owner)
    heard: list[threading.Thread] = []
    code.ready.connect(lambda: heard.append(threading.current_thread()))
    code.fetch()
    qtbot.waitUntil(lambda: bool(heard))
    QCoreApplication.processEvents()
    assert heard == [threading.main_thread()]
    assert [name for name, _ in imported] == list(page_code._MODULES)
    assert all(thread is not threading.main_thread() for _, thread in imported)


def test_what_cannot_be_imported_is_told_where_it_is_needed(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.page_code._MODULES", ("gui.no_such_page",))
    code = PageCode(QObject(QApplication.instance()))
    with qtbot.waitSignal(code.ready):
        code.fetch()
