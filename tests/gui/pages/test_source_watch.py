import dataclasses
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.data.source import Source
from engine.data.split import Curation
from engine.service.datasets import OpenDataset
from engine.service.source_news import CheckSource, SourceNews, SourceState
from gui.document import Document
from gui.pages import source_watch
from gui.pages.data_controller import DatasetController
from gui.pages.data_page import DataPage
from gui.pages.source_watch import SourceWatch
from gui.settings import Settings
from tests.gui.pages.fakes import FakeBridge, dataset, error

PLACE = "/images/<b>birds"
GONE = SourceNews(SourceState.GONE)


@pytest.fixture
def page(qtbot: Any) -> DataPage:
    made = DataPage()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def controller(page: DataPage, document: Document, bridge: FakeBridge, settings: Settings) -> DatasetController:
    made = DatasetController(page, document, bridge, settings)
    document.set_dataset(dataclasses.replace(dataset(source=PLACE), state="as it was"))
    return made


@pytest.fixture
def watch(controller: DatasetController) -> SourceWatch:
    return controller.watch


def came_to_front() -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)


def test_it_looks_when_the_window_comes_to_the_front_but_not_all_the_time(
    watch: SourceWatch, bridge: FakeBridge, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    came_to_front()
    assert bridge.jobs(CheckSource) == []  # it was read a moment ago
    monkeypatch.setattr(source_watch, "LOOK_EVERY_SECONDS", 0.0)
    came_to_front()
    came_to_front()  # the first one is under way
    assert bridge.jobs(CheckSource) == [CheckSource(document.draft.data, "as it was")]
    bridge.last(CheckSource).say("done", SourceNews(SourceState.SAME))
    assert watch.panel.isHidden()
    came_to_front()
    assert len(bridge.jobs(CheckSource)) == 2


def test_changed_images_are_offered_and_read_again(
    qtbot: Any, watch: SourceWatch, bridge: FakeBridge, document: Document
) -> None:
    watch.look()
    bridge.last(CheckSource).say("done", SourceNews(SourceState.CHANGED, added=2, removed=1))
    assert watch.panel.title.text() == "The images in <b>birds have changed since they were read."
    assert watch.panel.text.text() == "2 files are new, 1 file is gone. Only what is new is read again."
    assert watch.panel.action_button.text() == "Update"
    qtbot.mouseClick(watch.panel.action_button, Qt.MouseButton.LeftButton)
    assert bridge.last(OpenDataset).job.data == document.draft.data
    bridge.last(OpenDataset).say("done", dataclasses.replace(dataset(40, source=PLACE), state="as it is"))
    assert watch.panel.isHidden()
    assert document.dataset is not None
    assert document.dataset.state == "as it is"


def test_a_folder_that_has_moved_is_located_and_nothing_is_lost(
    qtbot: Any, watch: SourceWatch, bridge: FakeBridge, document: Document, settings: Settings, tmp_path: Path
) -> None:
    curation = Curation(labels=(("cat/00000.png", "dog"),))
    document.apply(dataclasses.replace(document.draft, curation=curation), "relabel")
    document.undo_stack.setClean()
    before = document.draft
    watch.look()
    bridge.last(CheckSource).say("done", GONE)
    assert watch.panel.title.text() == "The folder <b>birds is not there any more."
    assert PLACE in watch.panel.text.text()
    assert watch.panel.action_button.text() == "Locate…"
    qtbot.mouseClick(watch.panel.action_button, Qt.MouseButton.LeftButton)
    dialog = watch._page.window().findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    asked = bridge.last(OpenDataset).job.data
    assert (asked.source, asked.curation) == (Source(str(tmp_path)), curation)
    assert document.draft == before  # until the folder could be read
    bridge.last(OpenDataset).say("done", dataclasses.replace(dataset(), spec=asked))
    assert document.draft == dataclasses.replace(before, source=Source(str(tmp_path)))
    assert watch.panel.isHidden()
    document.undo_stack.undo()
    assert document.draft == before


def test_a_project_whose_folder_is_gone_offers_to_locate_it(
    qtbot: Any, page: DataPage, document: Document, bridge: FakeBridge, settings: Settings
) -> None:
    document.apply(dataclasses.replace(document.draft, source=Source(PLACE)), "open images")
    controller = DatasetController(page, document, bridge, settings)
    qtbot.waitUntil(lambda: bool(bridge.jobs(OpenDataset)), timeout=2_000)
    bridge.last(OpenDataset).say("failed", error("The folder /images/<b>birds is not there."))
    assert not page.error_panel.isHidden()
    bridge.last(CheckSource).say("done", GONE)
    assert page.error_panel.isHidden()
    assert not controller.watch.panel.isHidden()
    assert "can still be trained on" not in controller.watch.panel.text.text()


def test_news_of_images_that_are_not_wanted_any_more_are_not_told(
    watch: SourceWatch, bridge: FakeBridge, document: Document
) -> None:
    watch.look()
    document.apply(dataclasses.replace(document.draft, source=Source("/others")), "open images")
    bridge.last(CheckSource).say("done", GONE)
    assert watch.panel.isHidden()
    watch.look()
    bridge.last(CheckSource).say("failed", error())
    assert watch.panel.isHidden()
    watch.look()
    assert len(bridge.jobs(CheckSource)) == 3


def test_a_sample_is_not_watched(watch: SourceWatch, bridge: FakeBridge, document: Document) -> None:
    document.set_dataset(dataset())
    watch.look()
    assert bridge.jobs(CheckSource) == []
