"""What keys, menus, drops and buttons of the whole window do."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton

from engine.errors import EngineError
from engine.events import RunPaused
from engine.jobs import EngineLost, EngineStarted
from engine.project.sample import sample_draft
from engine.runs.records import State
from engine.service.datasets import OpenDataset
from engine.service.inspection import Inspect
from engine.service.projects import ListRuns, NewProject, OpenProject, ReadRun, SaveProject
from engine.service.training import ResumeRun, Train
from gui.app import Convoscope
from gui.main_window import MainWindow
from gui.models.run_list import RunList
from gui.settings import RECENT
from gui.stack.card import LayerCard
from gui.stack.palette import LayerPalette
from tests.fakes import FakeEngine
from tests.gui.conftest import by_name, run_started, saved_project
from tests.gui.pages.fakes import record, summary

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize(("keys", "page"), [("Ctrl+1", "data"), ("Ctrl+3", "inspect"), ("Ctrl+4", "runs")])
def test_keys_bring_up_the_pages(qtbot: Any, window: MainWindow, keys: str, page: str) -> None:
    qtbot.keySequence(window, keys)
    assert window.top.tabs.current == page
    shown = window.pages.currentWidget()
    qtbot.keySequence(window, "Ctrl+2")
    assert window.top.tabs.current == "train"
    assert window.pages.currentWidget() is not shown


def test_a_tab_brings_up_its_page(qtbot: Any, window: MainWindow) -> None:
    before = window.pages.currentWidget()
    qtbot.mouseClick(window.top.tabs.button("runs"), Qt.MouseButton.LeftButton)
    assert window.pages.currentWidget() is not before


def test_keys_hide_and_show_the_panes(qtbot: Any, window: MainWindow) -> None:
    for keys, pane in (("Ctrl+B", window.stack), ("Ctrl+Shift+B", window.settings_pane)):
        qtbot.keySequence(window, keys)
        assert not pane.isVisible()
        qtbot.keySequence(window, keys)
        assert pane.isVisible()


def test_delete_removes_a_layer_only_while_the_stack_has_the_keyboard(
    qtbot: Any, opened: Convoscope, window: MainWindow
) -> None:
    layers = len(opened.document.network.layers)
    for focus, left in (
        (by_name(window.settings_pane, "Filters").setFocus, layers),
        (window.stack.cards.focus_selected, layers - 1),
    ):
        focus()
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Delete)
        assert len(opened.document.network.layers) == left


def test_the_slash_key_offers_the_layer_types_and_return_adds_one(
    qtbot: Any, opened: Convoscope, window: MainWindow
) -> None:
    layers = len(opened.document.network.layers)
    qtbot.keySequence(window, "/")
    search = by_name(by_name(window.stack, "Add a layer", LayerPalette), "Search layer types", QLineEdit)
    qtbot.keyClicks(search, "dropout")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert len(opened.document.network.layers) == layers + 1
    assert opened.document.network.layer(opened.document.selected).type.kind == "Dropout"


def test_a_layer_is_named_from_the_keyboard_alone(qtbot: Any, opened: Convoscope, window: MainWindow) -> None:
    window.stack.cards.focus_selected()
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keySequence(focused, "F2")
    editor = by_name(window.stack, "Name of the layer", QLineEdit)
    qtbot.keyClicks(editor, "Edges")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert opened.document.network.layer(opened.document.selected).label == "Edges"


def test_a_right_click_on_a_card_offers_what_can_be_done_with_it(
    qtbot: Any, opened: Convoscope, window: MainWindow
) -> None:
    card = by_name(window.stack, "3. MaxPooling2D", LayerCard)
    place = QPoint(20, 20)
    QApplication.sendEvent(card, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, card.mapToGlobal(place)))
    assert opened.document.selected == card.id
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    edits = ["Cut", "Copy", "Paste", "Duplicate", "Rename", "Switch off", "Open block", "Add a branch…"]
    assert words == [*edits, "Move up", "Move down", "Remove"]
    menu.close()


# Projects


def test_a_key_saves_a_project_that_has_a_place(
    qtbot: Any, opened: Convoscope, window: MainWindow, engine: FakeEngine, home: Path
) -> None:
    opened.desk.projects.open(home / "Pond.convoscope")
    engine.finish(OpenProject, saved_project(home, sample_draft()))
    qtbot.waitUntil(lambda: window.top.project.text() == "Pond")
    qtbot.keySequence(window, "Ctrl+S")
    assert engine.newest(SaveProject)[1] == SaveProject(home / "Pond.convoscope", sample_draft(), None)


def test_the_menu_of_recent_projects_opens_one(opened: Convoscope, engine: FakeEngine, home: Path) -> None:
    menu = opened.desk.actions["recent"].menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions()] == [False]
    opened.settings.set(RECENT, str(home / "Old & new.convoscope"))
    menu.aboutToShow.emit()
    assert menu.actions()[0].text().startswith("Old && new")
    menu.actions()[0].trigger()
    assert engine.newest(OpenProject)[1].path == home / "Old & new.convoscope"


def test_a_project_that_cannot_be_opened_is_said_across_the_window(
    qtbot: Any, opened: Convoscope, window: MainWindow, engine: FakeEngine, home: Path
) -> None:
    before = opened.document.draft
    opened.desk.projects.open(home / "Broken.convoscope")
    engine.fail(OpenProject, EngineError("The file is cut off.", "It is whole.", "Use a copy."))
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.text.text() == "The file is cut off. It is whole. Use a copy."
    assert opened.document.draft == before


def test_new_starts_from_the_sample(qtbot: Any, opened: Convoscope, window: MainWindow, engine: FakeEngine) -> None:
    qtbot.keySequence(window, "Ctrl+N")
    assert engine.newest(NewProject)[1].draft == sample_draft()


# Drops


def drop(window: MainWindow, *addresses: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl(address) for address in addresses])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), copy, mime, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, mime, left, none))


def test_a_dropped_folder_becomes_the_dataset(opened: Convoscope, window: MainWindow, engine: FakeEngine) -> None:
    drop(window, "file:///photos/pond")
    assert window.top.tabs.current == "data"
    assert engine.newest(OpenDataset)[1].data.source.location == "/photos/pond"


def test_a_dropped_project_opens(opened: Convoscope, window: MainWindow, engine: FakeEngine) -> None:
    drop(window, "file:///home/Pond.convoscope")
    assert engine.newest(OpenProject)[1].path == Path("/home/Pond.convoscope")


def test_dropped_images_are_looked_at(qtbot: Any, ready: Convoscope, window: MainWindow, engine: FakeEngine) -> None:
    engine.finish(ListRuns, (summary(1),))
    qtbot.waitUntil(lambda: len(RunList.of(ready.document, ready.bridge).runs) == 1)
    drop(window, "file:///frog.png")
    assert window.top.tabs.current == "inspect"
    assert any(isinstance(job, Inspect) for job in engine.jobs.values())


def test_what_is_no_file_of_this_computer_is_not_taken(window: MainWindow, engine: FakeEngine) -> None:
    jobs = len(engine.jobs)
    drop(window, "https://example.com/frog.png", "file://server/share/frog.png")
    assert len(engine.jobs) == jobs


# Training


def test_keys_train_pause_continue_and_stop(
    qtbot: Any, ready: Convoscope, window: MainWindow, engine: FakeEngine
) -> None:
    qtbot.keySequence(window, "Ctrl+Return")
    assert engine.newest(Train)[1].draft == ready.document.draft
    engine.part(Train, run_started())
    qtbot.waitUntil(lambda: ready.desk.pages.train.state == "running")
    qtbot.keySequence(window, "Ctrl+P")
    engine.part(Train, RunPaused(run="run-001", sequence=2, step=3))
    qtbot.waitUntil(lambda: ready.desk.pages.train.state == "paused")
    qtbot.keySequence(window, "Ctrl+P")
    qtbot.keySequence(window, "Ctrl+.")
    assert [type(control).__name__ for _, control in engine.controls] == ["Pause", "Continue", "Stop"]


def test_the_train_button_leads_to_a_run_under_way_and_starts_no_other(
    training: Convoscope, window: MainWindow, engine: FakeEngine
) -> None:
    training.desk.show_page("data")
    window.top.train_button.click()
    assert window.top.tabs.current == "train"
    assert sum(isinstance(job, Train) for job in engine.jobs.values()) == 1


def test_a_lost_engine_is_named_and_its_run_can_be_resumed(
    qtbot: Any, training: Convoscope, window: MainWindow, engine: FakeEngine
) -> None:
    engine.fail(Train, EngineError("The engine stopped.", "It runs.", "Resume."))
    engine.say(EngineLost("killed by signal 9"))
    engine.say(EngineStarted(4711))
    qtbot.waitUntil(window.banner.isVisible)
    assert "killed by signal 9" in window.banner.text.text()
    by_name(window.banner, "Resume run-001", QPushButton).click()
    engine.finish(ReadRun, record(1, state=State.INTERRUPTED))
    qtbot.waitUntil(lambda: any(isinstance(job, ResumeRun) for job in engine.jobs.values()))
    assert engine.newest(ResumeRun)[1].run_folder == Path("/project/runs/run-001")
    assert not window.banner.isVisible()


def test_an_engine_lost_while_idle_offers_nothing(qtbot: Any, window: MainWindow, engine: FakeEngine) -> None:
    engine.say(EngineLost("killed by signal 9"))
    qtbot.waitUntil(window.banner.isVisible)
    assert not window.banner.button.isVisible()
