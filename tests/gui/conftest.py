"""What the tests of the window share."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

from engine.events import RunStarted
from engine.jobs import OnEvent
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.network import Network
from engine.plan import Draft
from engine.project.sample import sample_draft
from engine.service.datasets import DatasetSummary, OpenDataset
from engine.service.projects import OpenedProject, OpenProject
from engine.service.training import Train
from gui.app import Convoscope, make_application
from gui.document import Document
from gui.main_window import MainWindow
from gui.settings import Settings
from gui.theme import theme
from gui.top_bar import PAGES
from tests.fakes import FakeEngine
from tests.gui.pages.fakes import FakeBridge, dataset

PATIENCE_MS = 60_000
"""For the pages of a window to be made on a busy machine."""


def small_draft() -> Draft:
    """Four layers: Conv2D, MaxPooling2D, Flatten, Dense of three."""
    types = (Conv2D(filters=4), MaxPooling2D(), Flatten(), Dense(units=3, activation="softmax"))
    return Draft(Network.of(Input(8, 8, "grayscale"), types))


@pytest.fixture
def open_document(qapp: Any) -> Document:
    """A document with a small draft."""
    return Document(small_draft())


@pytest.fixture
def bridge(qapp: QApplication) -> FakeBridge:
    """A bridge that records what is asked."""
    return FakeBridge()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings in a file of their own, all at their defaults."""
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def engines() -> list[FakeEngine]:
    """The fake engines that were made, newest last."""
    return []


@pytest.fixture
def exits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The exit statuses that were asked for. Qt itself is not asked: its event loops would not run again after it."""
    asked: list[int] = []
    monkeypatch.setattr("gui.closing.QApplication.exit", asked.append)
    return asked


@pytest.fixture
def program(qapp: QApplication, engines: list[FakeEngine], exits: list[int]) -> Iterator[Convoscope]:
    """The whole window, shown, over a fake engine."""
    make_application()

    def make(on_event: OnEvent) -> FakeEngine:
        engines.append(FakeEngine(on_event))
        return engines[-1]

    made = Convoscope(engine=make)
    made.show()
    yield made
    made.close()
    QApplication.setQuitOnLastWindowClosed(True)
    theme().apply()


@pytest.fixture
def window(qtbot: Any, program: Convoscope) -> MainWindow:
    """The window with all its pages and the keyboard."""
    qtbot.waitUntil(lambda: all(program.desk.pages.has(name) for name in PAGES), timeout=PATIENCE_MS)
    with qtbot.waitActive(program.window):
        program.window.activateWindow()
    return program.window


@pytest.fixture
def engine(window: MainWindow, engines: list[FakeEngine]) -> FakeEngine:
    """The fake engine of the window."""
    return engines[-1]


@pytest.fixture
def opened(qtbot: Any, window: MainWindow, engine: FakeEngine, program: Convoscope, home: Path) -> Convoscope:
    """The program with the sample project open; its images are still being read."""
    engine.finish(OpenProject, sample_project(home))
    qtbot.waitUntil(lambda: any(isinstance(job, OpenDataset) for job in engine.jobs.values()))
    return program


@pytest.fixture
def ready(qtbot: Any, opened: Convoscope, engine: FakeEngine) -> Convoscope:
    """The program, ready to train."""
    engine.finish(OpenDataset, digits(opened.document))
    qtbot.waitUntil(lambda: opened.document.dataset is not None)
    return opened


@pytest.fixture
def training(qtbot: Any, ready: Convoscope, engine: FakeEngine) -> Convoscope:
    """The program with a run under way."""
    ready.window.top.train_button.click()
    engine.part(Train, run_started())
    qtbot.waitUntil(lambda: ready.desk.pages.train.state == "running")
    return ready


def run_started() -> RunStarted:
    """What the engine says when a run of three epochs begins."""
    return RunStarted(
        run="run-001",
        sequence=1,
        folder="/project/runs/run-001",
        epochs=3,
        steps_per_epoch=4,
        images=30,
        validation_images=6,
        parameters=1234,
    )


def sample_project(home: Path) -> OpenedProject:
    """The sample project as it is at a first start."""
    return OpenedProject(
        home / "unsaved" / "Sample project-1.convoscope", "Sample project", sample_draft(), saved=False
    )


def saved_project(home: Path, draft: Draft) -> OpenedProject:
    """A project that the user saved under a name of their own."""
    return OpenedProject(home / "Pond.convoscope", "Pond", draft, saved=True)


def digits(document: Document) -> DatasetSummary:
    """A dataset that fits the sample project."""
    return dataclasses.replace(dataset(), spec=document.draft.data, class_names=tuple("0123456789"))


def is_gone(dialog: QWidget) -> Callable[[], bool]:
    """Whether a dialog was deleted, to wait for."""
    return lambda: not shiboken6.isValid(dialog)


def by_name(root: QWidget, name: str, kind: type[QWidget] = QWidget) -> Any:
    """The visible widget of this accessible name: what a person with a screen reader would find."""
    found = [one for one in root.findChildren(kind) if one.accessibleName() == name and one.isVisible()]
    assert len(found) == 1, f"{len(found)} widgets are called {name!r}"
    return found[0]
