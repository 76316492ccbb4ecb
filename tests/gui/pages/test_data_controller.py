import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog

from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.data.split import Split
from engine.images.preprocessing import Preprocessing
from engine.service.datasets import OpenDataset, ReadThumbnails, ThumbnailSheet
from gui.document import Document
from gui.pages.data_controller import DatasetController
from gui.pages.data_page import DataPage
from gui.settings import IMAGE_FOLDER, Settings
from tests.gui.pages.fakes import FakeBridge, dataset, error, progress


@pytest.fixture
def page(qtbot: Any) -> DataPage:
    made = DataPage()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def controller(page: DataPage, document: Document, bridge: FakeBridge, settings: Settings) -> DatasetController:
    return DatasetController(page, document, bridge, settings)


def opened(bridge: FakeBridge, found: Any) -> None:
    bridge.last(OpenDataset).say("done", found)


def test_the_drafts_dataset_is_opened_by_itself(
    qtbot: Any, controller: DatasetController, bridge: FakeBridge, document: Document
) -> None:
    qtbot.waitUntil(lambda: bool(bridge.jobs(OpenDataset)), timeout=2_000)
    assert bridge.jobs(OpenDataset)[0].data == document.draft.data
    opened(bridge, dataset())
    assert document.dataset is not None
    assert document.dataset.fingerprint == dataset().fingerprint
    assert not document.undo_stack.count()


def test_a_folder_that_cannot_be_used_changes_nothing(
    controller: DatasetController, bridge: FakeBridge, document: Document, page: DataPage
) -> None:
    document.set_dataset(dataset())
    before = document.draft
    controller.open_source(Source("/gone"))
    bridge.last(OpenDataset).say("failed", error("There is no folder /gone."))
    assert document.draft == before
    assert document.dataset is not None
    assert page.error_panel.what.text() == "There is no folder /gone."
    assert page.job_bar.isHidden()


def test_a_file_is_chosen_and_its_folder_remembered(
    controller: DatasetController, bridge: FakeBridge, page: DataPage, qtbot: Any, tmp_path: Path
) -> None:
    (tmp_path / "mnist.npz").touch()
    page.chooser.buttons[1].click()
    dialog = page.window().findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFile
    dialog.fileSelected.emit(str(tmp_path / "mnist.npz"))
    dialog.close()
    assert bridge.last(OpenDataset).job.data == DatasetSpec(Source(str(tmp_path / "mnist.npz")))
    assert controller.settings.get(IMAGE_FOLDER) == str(tmp_path)


def test_a_new_source_enters_the_draft_as_one_undo_step_and_back(
    controller: DatasetController, bridge: FakeBridge, document: Document
) -> None:
    document.set_dataset(dataset())
    before = document.draft
    controller.open_source(Source("sample:shapes"))
    other = dataset(source="sample:shapes")
    opened(
        bridge, dataclasses.replace(other, spec=dataclasses.replace(other.spec, preprocessing=Preprocessing(32, 32)))
    )
    assert document.draft.source == Source("sample:shapes")
    assert document.network.input.shape == (32, 32, 3)
    document.undo_stack.undo()
    assert document.draft == before
    document.undo_stack.redo()
    assert document.draft.source == Source("sample:shapes")


def test_the_same_folder_is_read_again_and_keeps_what_the_user_made_of_its_images(
    controller: DatasetController, bridge: FakeBridge, document: Document
) -> None:
    document.set_dataset(dataset())
    controller.curation.leave_out([0])
    controller.open_source(document.draft.source)
    assert bridge.last(OpenDataset).job.data == document.draft.data
    assert document.draft.curation.excluded == ("cat/00000.png",)


def test_after_undo_the_old_images_are_opened_again(
    qtbot: Any, controller: DatasetController, bridge: FakeBridge, document: Document
) -> None:
    document.set_dataset(dataset())
    controller.open_source(Source("sample:shapes"))
    opened(bridge, dataset(source="sample:shapes"))
    asked = len(bridge.jobs(OpenDataset))
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: len(bridge.jobs(OpenDataset)) > asked, timeout=2_000)
    assert bridge.jobs(OpenDataset)[-1].data.source == Source("sample:digits")


def test_edits_of_size_in_a_row_open_the_dataset_once(
    qtbot: Any, controller: DatasetController, bridge: FakeBridge, document: Document
) -> None:
    document.set_dataset(dataset())
    for side in range(9, 20):
        controller.set_preprocessing(Preprocessing(side, side, "grayscale"), "set height")
    assert document.network.input.shape == (19, 19, 1)
    qtbot.waitUntil(lambda: bool(bridge.jobs(OpenDataset)), timeout=2_000)
    qtbot.wait(350)
    assert [job.data.preprocessing for job in bridge.jobs(OpenDataset)] == [Preprocessing(19, 19, "grayscale")]


def test_a_split_is_edited_through_the_form(controller: DatasetController, document: Document, page: DataPage) -> None:
    page.split_form.edited.emit(Split(validation=0.3), "set validation to 0.3")
    assert document.draft.split.validation == 0.3
    document.undo_stack.undo()
    assert document.draft.split == Split()
    assert page.split_form.configured == Split()


def test_what_the_draft_asks_for_and_cannot_be_had_is_not_asked_for_again(
    qtbot: Any, controller: DatasetController, bridge: FakeBridge, document: Document, page: DataPage
) -> None:
    qtbot.waitUntil(lambda: bool(bridge.jobs(OpenDataset)), timeout=2_000)
    bridge.last(OpenDataset).say("failed", error())
    assert document.dataset is None
    document.apply_network(document.network.renamed("layer_001", "x"), "rename")
    qtbot.wait(350)
    assert len(bridge.jobs(OpenDataset)) == 1


def test_cancel_ends_the_job_and_keeps_the_open_images(
    controller: DatasetController, bridge: FakeBridge, document: Document, page: DataPage
) -> None:
    document.set_dataset(dataset())
    controller.open_source(Source("/large"))
    bridge.last(OpenDataset).say("progress", progress(10))
    assert not page.job_bar.isHidden()
    page.job_bar.cancel_requested.emit()
    sent = bridge.last(OpenDataset)
    assert sent.cancelled
    sent.say("cancelled")
    assert page.job_bar.isHidden()
    assert document.dataset is not None


def test_a_text_that_is_no_source_is_refused_in_three_sentences(
    controller: DatasetController, page: DataPage, bridge: FakeBridge
) -> None:
    controller.open_location("sample:unicorns")
    assert not page.error_panel.isHidden()
    assert bridge.jobs(OpenDataset) == []


def test_thumbnails_are_read_for_what_is_seen(
    controller: DatasetController, bridge: FakeBridge, document: Document, page: DataPage
) -> None:
    found = dataset()
    document.set_dataset(found)
    page.thumbnails.wanted.emit((3, 1))
    job = bridge.last(ReadThumbnails).job
    assert (job.data, job.indexes) == (found.spec, (3, 1))
    sheet = ThumbnailSheet(found.identity, (3, 1), np.zeros((2, 4, 4, 3), np.uint8))
    bridge.last(ReadThumbnails).say("done", sheet)
    assert page.thumbnails._pictures.keys() == {3, 1}
