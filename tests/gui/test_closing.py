from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication, QPushButton

from engine.errors import EngineError
from engine.events import Reason, RunEnded
from engine.service.projects import Autosave
from engine.service.training import Train
from gui.app import Convoscope
from gui.dialogs.closing import ClosingDialog
from gui.main_window import MainWindow
from gui.settings import PAGE
from tests.fakes import FakeEngine
from tests.gui.conftest import by_name
from tests.gui.pages.fakes import summary


def question(window: MainWindow) -> ClosingDialog:
    dialog = window.findChild(ClosingDialog)
    assert dialog is not None
    return dialog


def choose(window: MainWindow, words: str) -> None:
    by_name(question(window), words, QPushButton).click()


def has_ended(exits: list[int]) -> Callable[[], bool]:
    return lambda: exits == [0]


def test_the_window_stays_until_the_edits_are_safe_and_then_the_program_ends(
    qtbot: Any, opened: Convoscope, window: MainWindow, engine: FakeEngine, exits: list[int]
) -> None:
    opened.desk.stack.duplicate_layer()
    window.close()
    assert not window.isVisible()
    assert engine.newest(Autosave)[1].draft == opened.document.draft
    qtbot.wait(20)
    assert exits == []
    engine.finish(Autosave)
    qtbot.waitUntil(has_ended(exits))


def test_edits_that_cannot_be_kept_do_not_hold_the_program_up(
    qtbot: Any, opened: Convoscope, window: MainWindow, engine: FakeEngine, exits: list[int]
) -> None:
    opened.desk.stack.duplicate_layer()
    window.close()
    engine.fail(Autosave, EngineError("The disk is full.", "Room for 12 kB.", "Delete something."))
    qtbot.waitUntil(has_ended(exits))


def test_without_edits_the_program_ends_at_once_and_remembers_its_page(
    opened: Convoscope, window: MainWindow, exits: list[int]
) -> None:
    opened.desk.show_page("runs")
    window.close()
    assert exits == [0]
    assert opened.settings.get(PAGE) == "runs"


def test_a_run_is_asked_about_and_going_back_leaves_it_alone(
    training: Convoscope, window: MainWindow, engine: FakeEngine, exits: list[int]
) -> None:
    window.close()
    assert window.isVisible()
    choose(window, "Cancel")
    assert window.isVisible()
    assert training.desk.pages.train.state == "running"
    assert engine.controls == []
    assert exits == []


def test_a_run_goes_on_in_the_background_and_the_program_ends_with_it(
    qtbot: Any, training: Convoscope, window: MainWindow, engine: FakeEngine, exits: list[int]
) -> None:
    window.close()
    choose(window, "Keep training in the background")
    assert not window.isVisible()
    assert not QApplication.quitOnLastWindowClosed()
    assert engine.controls == []
    qtbot.wait(20)
    assert exits == []
    ended = RunEnded(
        run="run-001",
        sequence=2,
        reason=Reason.COMPLETED,
        epochs=3,
        train_accuracy=0.9,
        validation_accuracy=0.8,
        images_per_second=100.0,
        seconds=3.0,
    )
    engine.part(Train, ended)
    engine.finish(Train, summary(1))
    qtbot.waitUntil(has_ended(exits))


def test_stop_and_keep_ends_the_run_before_the_program(
    qtbot: Any, training: Convoscope, window: MainWindow, engine: FakeEngine, exits: list[int]
) -> None:
    window.close()
    choose(window, "Stop and keep")
    assert not window.isVisible()
    assert [type(control).__name__ for _, control in engine.controls] == ["Stop"]
    assert exits == []
    engine.finish(Train, summary(1))
    qtbot.waitUntil(has_ended(exits))


def test_a_run_that_fails_in_the_background_ends_the_program_too(
    qtbot: Any, training: Convoscope, window: MainWindow, engine: FakeEngine, exits: list[int]
) -> None:
    window.close()
    choose(window, "Keep training in the background")
    engine.fail(Train, EngineError("The disk is full.", "Room for 12 MB.", "Delete something."))
    qtbot.waitUntil(has_ended(exits))


def test_the_key_to_quit_asks_the_same(qtbot: Any, training: Convoscope, window: MainWindow) -> None:
    qtbot.keySequence(window, "Ctrl+Q")
    choose(window, "Cancel")
    assert window.isVisible()
