"""The whole window over a fake engine: how it starts, and what holds for all of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from engine.errors import EngineError
from engine.jobs import OnEvent
from engine.service.datasets import OpenDataset
from engine.service.projects import OpenProject
from engine.service.training import Train, WarmUp
from gui.app import Convoscope, make_application
from gui.main_window import MainWindow
from gui.settings import LAST, TEXT_SCALE, THEME
from gui.stack.card import LayerCard
from gui.theme import theme
from gui.top_bar import PAGES
from tests.fakes import FakeEngine
from tests.gui.conftest import by_name, sample_project


class Shown(QObject):
    """Remembers every widget that was shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.kinds.append(type(watched).__name__)
        return False


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[Shown]:
    watching = Shown()
    qapp.installEventFilter(watching)
    yield watching
    qapp.removeEventFilter(watching)


def test_the_first_paint_waits_for_no_engine_and_no_page(qapp: QApplication) -> None:
    def make(on_event: OnEvent) -> FakeEngine:
        raise AssertionError("no engine before the first paint")

    make_application()
    program = Convoscope(engine=make)
    program.window.show()
    program.window.grab()
    assert not any(program.desk.pages.has(name) for name in PAGES)
    assert by_name(program.window, "1. Rescaling", LayerCard).isVisible()
    program.close()


def test_no_other_window_shows_while_the_pages_are_made(shown: Shown, window: MainWindow) -> None:
    assert shown.kinds == ["MainWindow"]


def test_a_first_start_opens_the_sample_project_and_warms_up(window: MainWindow, engine: FakeEngine) -> None:
    assert engine.newest(OpenProject)[1] == OpenProject(None)
    assert engine.newest(WarmUp)[1] == WarmUp()
    assert window.top.project.text() == "Sample project"
    assert window.top.tabs.current == "train"


def test_the_sample_project_is_ready_to_train_with_one_click(
    ready: Convoscope, window: MainWindow, engine: FakeEngine
) -> None:
    assert "30 images · 10 classes" in window.dataset_label.text()
    button = window.top.train_button
    assert button.isEnabled()
    button.click()
    assert engine.newest(Train)[1].draft == ready.document.draft
    assert button.text() == "Training…"


def test_what_was_named_at_the_start_is_opened_when_the_pages_are_there(
    qtbot: Any, qapp: QApplication, engines: list[FakeEngine], exits: list[int]
) -> None:
    make_application()

    def make(on_event: OnEvent) -> FakeEngine:
        engines.append(FakeEngine(on_event))
        return engines[-1]

    program = Convoscope([Path("/photos/pond")], engine=make)
    program.show()

    def places() -> list[str]:
        jobs = engines[-1].jobs.values() if engines else ()
        return [job.data.source.location for job in jobs if isinstance(job, OpenDataset)]

    # A slow computer has begun to read the sample by then.
    qtbot.waitUntil(lambda: places()[-1:] == ["/photos/pond"])
    assert program.window.top.tabs.current == "data"
    program.close()


def test_a_last_project_that_is_gone_gives_way_to_the_sample(
    qtbot: Any, qapp: QApplication, home: Path, engines: list[FakeEngine]
) -> None:
    make_application()

    def make(on_event: OnEvent) -> FakeEngine:
        engines.append(FakeEngine(on_event))
        return engines[-1]

    program = Convoscope(engine=make)
    program.settings.set(LAST, str(home / "Gone.convoscope"))
    program.show()
    qtbot.waitUntil(lambda: bool(engines and engines[-1].jobs))
    assert not program.window.stack.cards.isVisible()
    engines[-1].fail(OpenProject, EngineError("It is gone.", "It is there.", "Locate it."))
    qtbot.waitUntil(lambda: engines[-1].newest(OpenProject)[1] == OpenProject(None))
    engines[-1].finish(OpenProject, sample_project(home))
    qtbot.waitUntil(program.window.stack.cards.isVisible)
    assert program.window.banner.isVisible()
    program.close()


def test_the_theme_changes_live_and_is_remembered(qtbot: Any, program: Convoscope, window: MainWindow) -> None:
    assert not theme().dark
    qtbot.keySequence(window, "Ctrl+Shift+D")
    assert theme().dark
    assert program.settings.get(THEME) == "dark"
    qtbot.keySequence(window, "Ctrl+Shift+D")
    assert not theme().dark


def test_the_text_grows_and_shrinks(program: Convoscope, window: MainWindow) -> None:
    before = window.stack.cards.card("input").height()
    program.desk.dialogs.larger_text()
    assert window.stack.cards.card("input").height() > before
    program.desk.dialogs.smaller_text()
    assert program.settings.get(TEXT_SCALE) == 1.0
    assert window.stack.cards.card("input").height() == before


def test_settings_that_make_no_sense_do_not_keep_the_window_from_showing(
    qapp: QApplication, home: Path, engines: list[FakeEngine]
) -> None:
    (home / "settings.ini").write_text("[look]\ntheme=plaid\ntext_scale=9e9\n", "utf-8")
    make_application()
    program = Convoscope(engine=FakeEngine)
    assert program.settings.get(THEME) == "plaid"
    program.window.show()
    assert program.window.grab().height() < 20_000
    program.close()
    theme().apply()
