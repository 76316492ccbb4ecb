"""Where the code stands in the window; over the whole program and an engine that answers when it is told to."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.jobs import Quiet
from engine.service.code import WriteScript
from gui.app import Convoscope
from gui.main_window import MainWindow
from gui.settings import CODE_OPEN
from tests.fakes import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def resize(qtbot: Any, window: MainWindow, width: int) -> None:
    window.resize(width, 700)
    qtbot.waitUntil(lambda: window.width() == width)
    qtbot.wait(20)


def test_a_key_shows_the_code_and_the_key_hides_it(
    qtbot: Any, ready: Convoscope, window: MainWindow, engine: FakeEngine
) -> None:
    qtbot.keySequence(window, "Ctrl+5")
    pane = ready.desk.code.pane
    assert pane.isVisible()
    qtbot.waitUntil(lambda: any(isinstance(job, WriteScript) for job in engine.jobs.values()))
    _, job = engine.newest(WriteScript)
    assert job.class_names == tuple("0123456789")
    assert job.data == ready.document.dataset.spec  # type: ignore[union-attr]
    engine.finish(WriteScript, WriteScript(job.draft, job.class_names).run(Quiet()))
    qtbot.waitUntil(lambda: "def build_network" in pane.editor.toPlainText())
    assert pane.editor.hasFocus()
    QTest.keyClick(pane.editor, Qt.Key.Key_Escape)
    assert not pane.editor.hasFocus()
    qtbot.keySequence(window, "Ctrl+5")
    assert not pane.isVisible()
    assert window.pages.isVisible()


def test_it_is_remembered(qtbot: Any, opened: Convoscope, window: MainWindow) -> None:
    opened.desk.code.toggle()
    assert opened.settings.get(CODE_OPEN) == 1
    opened.desk.code.pane.close_requested.emit()
    assert opened.settings.get(CODE_OPEN) == 0
    opened.settings.set(CODE_OPEN, 1)
    opened.desk.code.restore()
    assert opened.desk.code.shown


def test_code_and_page_stand_side_by_side_where_there_is_room(
    qtbot: Any, opened: Convoscope, window: MainWindow
) -> None:
    opened.desk.code.toggle()
    for width, page, settings in ((1700, True, True), (1300, False, True), (1024, False, False), (1700, True, True)):
        resize(qtbot, window, width)
        assert window.pages.isVisible() is page
        assert window.settings_pane.isVisible() is settings


def test_in_a_narrow_window_the_code_has_all_the_room_beside_the_stack(
    qtbot: Any, opened: Convoscope, window: MainWindow
) -> None:
    resize(qtbot, window, 1024)
    opened.desk.code.toggle()
    assert not window.pages.isVisible()
    assert not window.settings_pane.isVisible()
    qtbot.keySequence(window, "Ctrl+Shift+B")
    assert window.settings_pane.isVisible()
    qtbot.keySequence(window, "Ctrl+Shift+B")
    opened.desk.code.toggle()
    assert window.pages.isVisible()
    assert window.settings_pane.isVisible()


def test_a_page_that_is_asked_for_takes_the_place_of_the_code(
    qtbot: Any, opened: Convoscope, window: MainWindow
) -> None:
    resize(qtbot, window, 1024)
    opened.desk.code.toggle()
    tab = window.top.tabs.button(window.top.tabs.current)
    assert tab.property("covered") == "true"
    assert "The code covers this page" in tab.toolTip()
    qtbot.mouseClick(window.top.tabs.button(window.top.tabs.current), Qt.MouseButton.LeftButton)
    assert window.pages.isVisible()
    assert not opened.desk.code.shown
    assert tab.property("covered") == "false"
    assert not tab.toolTip()
    resize(qtbot, window, 1700)
    opened.desk.code.toggle()
    opened.desk.show_page("runs")
    assert opened.desk.code.shown
