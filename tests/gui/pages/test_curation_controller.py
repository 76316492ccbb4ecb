"""Single images labelled, left out and moved: at once on the page, undone by name, worked out by the engine."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy

from engine.data.split import Curation, Part, Split
from engine.service.datasets import Curate, Curated, OpenDataset, ReadThumbnails
from gui.dialogs.choosing_class import ClassDialog
from gui.document import Document
from gui.pages.curation_controller import CurationController
from gui.pages.data_controller import DatasetController
from gui.pages.data_page import DataPage
from gui.settings import Settings
from tests.gui.pages.fakes import FakeBridge, dataset, error


@pytest.fixture
def page(qtbot: Any) -> DataPage:
    made = DataPage()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def controller(page: DataPage, document: Document, bridge: FakeBridge, settings: Settings) -> DatasetController:
    made = DatasetController(page, document, bridge, settings)
    document.set_dataset(dataset())
    return made


@pytest.fixture
def curation(controller: DatasetController) -> CurationController:
    return controller.curation


def answer(bridge: FakeBridge, document: Document, fingerprint: str = "curated") -> None:
    """As the engine does: the labels and exclusions of the page, and parts of its own."""
    sent = bridge.last(Curate)
    found = document.dataset
    assert found is not None
    from gui.models.image_filter import CuratedImages

    seen = CuratedImages(found).with_curation(sent.job.data.curation).dataset
    sent.say("done", Curated(sent.job.data, seen.class_names, seen.labels, seen.parts, fingerprint, ("note",)))


def test_an_image_left_out_is_shown_so_at_once_and_the_engine_is_asked_without_reading(
    curation: CurationController, document: Document, bridge: FakeBridge, page: DataPage
) -> None:
    curation.leave_out([0, 3, 6])
    assert document.draft.curation.excluded == ("cat/00000.png", "cat/00003.png", "cat/00006.png")
    assert document.undo_stack.undoText() == "leave 3 images out"
    assert page.images.images is not None
    assert page.images.images.left_out.nonzero()[0].tolist() == [0, 3, 6]
    assert page.facts_label.text() == "30 images · 3 left out · 3 classes · 8 × 8 × 1"
    assert page.sentence.text().endswith("3 images left out.")
    assert bridge.jobs(OpenDataset) == []
    assert bridge.last(Curate).job == Curate(document.draft.data, dataset().identity)
    answer(bridge, document)
    assert document.dataset is not None
    assert (document.dataset.fingerprint, document.dataset.spec) == ("curated", document.draft.data)
    assert document.undo_stack.count() == 1


def test_each_edit_is_undone_by_name(curation: CurationController, document: Document, page: DataPage) -> None:
    curation.leave_out([0])
    curation.label([1, 2], "lion")
    curation.move([4, 5, 7], Part.TEST)
    curation.label([1], None)
    curation.move([4], None)
    curation.leave_out([0], out=False)
    texts = [document.undo_stack.text(place) for place in range(document.undo_stack.count())]
    assert texts == [
        "leave 00000.png out",
        "label 2 images “lion”",
        "move 3 images to test",
        "give 00001.png the class of the source",
        "leave 00004.png to the rule",
        "take 00000.png in again",
    ]
    assert document.draft.curation.labels == (("frog/00002.png", "lion"),)
    assert [id for id, _ in document.draft.curation.parts] == ["frog/00005.png", "dog/00007.png"][::-1]
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.draft.curation == Curation()
    assert page.images.images is not None
    assert not page.images.images.left_out.any()
    assert page.images.images.dataset.class_names == ("cat", "dog", "frog")


def test_an_edit_while_the_engine_works_is_not_undone_by_its_answer(
    curation: CurationController, document: Document, bridge: FakeBridge
) -> None:
    curation.leave_out([0])
    first = bridge.last(Curate)
    curation.leave_out([3])
    assert first.cancelled
    first.say("done", Curated(first.job.data, ("cat",), dataset().labels, dataset().parts, "old", ()))
    assert document.draft.curation.excluded == ("cat/00000.png", "cat/00003.png")
    assert document.dataset is not None
    assert document.dataset.fingerprint != "old"
    answer(bridge, document)
    assert document.dataset.fingerprint == "curated"


def test_undone_before_the_engine_has_answered_the_open_dataset_is_shown_again(
    curation: CurationController, document: Document, bridge: FakeBridge, page: DataPage
) -> None:
    curation.label([0], "lion")
    document.undo_stack.undo()
    assert bridge.last(Curate).cancelled
    assert page.images.images is not None
    assert page.images.images.dataset.spec == dataset().spec
    assert page.classes.rowCount() == 4


def test_what_is_so_already_is_no_edit(curation: CurationController, document: Document) -> None:
    curation.leave_out([0], out=False)
    curation.label([0], "cat")
    curation.label([], "lion")
    curation.move([0], None)
    assert document.undo_stack.count() == 0


def test_one_class_alone_is_refused_and_nothing_changes(
    curation: CurationController, document: Document, page: DataPage
) -> None:
    curation.label(list(range(30)), "all")
    assert document.undo_stack.count() == 0
    assert page.error_panel.what.text() == "All images would be of one class."


def test_a_class_is_renamed_and_another_merged_into_it(
    curation: CurationController, document: Document, page: DataPage, bridge: FakeBridge
) -> None:
    curation.rename_class("cat", "kitten")
    assert document.undo_stack.undoText() == "rename class “cat” to “kitten”"
    assert page.images.images is not None
    assert page.images.images.dataset.class_names == ("dog", "frog", "kitten")
    assert page.thumbnails.rowCount() == 10
    answer(bridge, document)
    curation.rename_class("frog", "kitten")
    assert document.undo_stack.undoText() == "merge “frog” into “kitten”"
    assert page.classes.rowCount() == 3
    curation.rename_class("kitten", "cat")
    assert [name for _, name in document.draft.curation.labels] == ["cat"] * 10
    assert document.draft.curation.labels[0][0].startswith("frog/")


def test_the_name_is_asked_in_a_dialog_and_typed(
    qtbot: Any, curation: CurationController, document: Document, page: DataPage
) -> None:
    page.show()
    curation.ask_class([0, 3])
    dialog = page.findChild(ClassDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "Class of 2 images"
    qtbot.keyClicks(dialog.field, "lion")
    assert dialog.button.text() == "Add the class “lion”"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert document.draft.curation.labels == (("cat/00000.png", "lion"), ("cat/00003.png", "lion"))
    curation.ask_new_name("lion")
    dialog = next(one for one in page.findChildren(ClassDialog) if one.isVisible())
    assert dialog.field.text() == "lion"
    qtbot.keyClicks(dialog.field, "dog")
    assert dialog.button.text() == "Merge into “dog”"
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert document.draft.curation.labels == (("cat/00000.png", "dog"), ("cat/00003.png", "dog"))


def test_another_split_of_open_images_reads_nothing_either(
    qtbot: Any, controller: DatasetController, document: Document, bridge: FakeBridge
) -> None:
    controller.set_split(Split(seed=5), "set seed")
    qtbot.waitUntil(lambda: bool(bridge.jobs(Curate)), timeout=2_000)
    assert bridge.last(Curate).job.data.split == Split(seed=5)
    assert bridge.jobs(OpenDataset) == []


def test_images_that_changed_on_the_disk_meanwhile_come_whole(
    curation: CurationController, document: Document, bridge: FakeBridge, page: DataPage
) -> None:
    curation.leave_out([0])
    others = dataclasses.replace(dataset(33), spec=document.draft.data)
    bridge.last(Curate).say("done", others)
    assert document.dataset is others
    assert page.thumbnails.rowCount() == 33


def test_a_failure_is_said_and_the_images_stay(
    curation: CurationController, document: Document, bridge: FakeBridge, page: DataPage
) -> None:
    curation.leave_out([0])
    bridge.last(Curate).say("failed", error("The engine stopped."))
    assert page.error_panel.what.text() == "The engine stopped."
    assert document.dataset is not None


def test_pictures_are_asked_for_one_page_at_a_time_and_given_up_when_out_of_sight(
    controller: DatasetController, bridge: FakeBridge, page: DataPage, document: Document
) -> None:
    page.thumbnails.wanted.emit((1, 2))
    first = bridge.last(ReadThumbnails)
    assert first.job.data.curation == Curation()
    page.thumbnails.given_up.emit()
    assert first.cancelled
    first.say("cancelled")
    page.thumbnails.wanted.emit((8, 9))
    assert bridge.last(ReadThumbnails).job.indexes == (8, 9)


def test_what_was_done_is_said(curation: CurationController) -> None:
    spy = QSignalSpy(curation.notice)
    curation.leave_out([0, 3])
    curation.label([1], "cat")
    assert [spy.at(place)[0] for place in range(spy.count())] == [
        "2 images left out; nothing on the disk is changed.",
        "00001.png labelled “cat”.",
    ]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_class_has_a_menu(qtbot: Any, curation: CurationController, page: DataPage) -> None:
    from PySide6.QtWidgets import QApplication, QMenu

    page.show()
    page.chart.customContextMenuRequested.emit(QPoint(20, page.chart.visualRect(page.classes.index(1)).center().y()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == ["Rename…", "Merge into…"]
    menu.close()
