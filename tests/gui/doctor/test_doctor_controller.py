"""What the doctor does in the window, over a bridge without an engine."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.data.doctor.examining import Examination
from engine.data.doctor.finding import Cure, Finding, Severity
from engine.data.split import Curation, Part
from engine.plan import Draft
from engine.service.datasets import ReadThumbnails, ThumbnailSheet
from engine.service.doctor import Examine
from engine.service.projects import OpenedProject
from gui.doctor.controller import DoctorController
from gui.doctor.view import DoctorView
from gui.document import Document
from tests.gui.pages.fakes import FakeBridge, dataset, draft, error, progress

DARK = Finding(
    "dark",
    Severity.WARNING,
    "1 image is dark",
    "Why.",
    ("cat/00000.png",),
    cures=(Cure("Leave them out", excluded=("cat/00000.png",)), Cure("Move", moved=(("cat/00000.png", Part.TEST),))),
)


@pytest.fixture
def document(qapp: Any) -> Document:
    made = Document(draft())
    made.project = OpenedProject(Path("/project"), "Pond", made.draft, saved=True)
    made.set_dataset(dataset())
    return made


@pytest.fixture
def view(qtbot: Any) -> DoctorView:
    made = DoctorView()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def controller(view: DoctorView, document: Document, bridge: FakeBridge) -> DoctorController:
    return DoctorController(view, document, bridge)


def examined(document: Document, *findings: Finding) -> Examination:
    assert document.dataset is not None
    return Examination(document.dataset.spec, document.dataset.fingerprint, 30, findings, (), 1.5)


def test_an_examination_shows_progress_findings_as_they_come_and_the_end(
    controller: DoctorController, view: DoctorView, bridge: FakeBridge, document: Document
) -> None:
    view.examine_button.click()
    sent = bridge.last(Examine)
    assert sent.job == Examine(document.draft.data, Path("/project/runs"))
    assert (view.job_bar.isHidden(), view.examine_button.isEnabled()) == (False, False)
    sent.say("progress", progress(10))
    sent.say("partial", DARK)
    assert view.findings == [DARK]
    sent.say("done", examined(document, DARK))
    assert view.status.text() == "30 images examined in 1.5 s: 1 finding."
    assert (view.job_bar.isHidden(), view.examine_button.isEnabled()) == (True, True)


def test_it_can_be_cancelled_and_keeps_what_was_found(
    controller: DoctorController, view: DoctorView, bridge: FakeBridge
) -> None:
    controller.examine()
    bridge.last(Examine).say("partial", DARK)
    view.job_bar.cancel_button.click()
    sent = bridge.last(Examine)
    assert sent.cancelled
    sent.say("cancelled")
    assert view.findings == [DARK]
    assert view.status.text().startswith("Cancelled")
    controller.examine()
    bridge.last(Examine).say("cancelled")
    assert view.status.text() == "These images have not been examined yet."


def test_a_failure_is_said(controller: DoctorController, view: DoctorView, bridge: FakeBridge) -> None:
    controller.examine()
    bridge.last(Examine).say("failed", error("The folder is gone."))
    assert view.error_panel.what.text() == "The folder is gone."
    assert view.examine_button.isEnabled()


def test_a_cure_is_one_undo_step_and_is_marked(
    controller: DoctorController, view: DoctorView, bridge: FakeBridge, document: Document
) -> None:
    controller.examine()
    bridge.last(Examine).say("done", examined(document, DARK))
    before = document.draft
    view._cures[0][0].click()
    assert document.draft.curation == Curation().exclude(["cat/00000.png"])
    assert document.undo_stack.undoText() == "leave them out"
    assert [button.isEnabled() for button, _ in view._cures] == [False, True]
    document.undo_stack.undo()
    assert document.draft == before
    assert view._cures[0][0].isEnabled()


def test_labels_are_confirmed_changed_and_images_left_out(controller: DoctorController, document: Document) -> None:
    controller.confirm(["cat/00000.png", "gone.png"])
    controller.relabel("dog/00001.png", "frog")
    controller.leave_out(["frog/00002.png"])
    assert document.draft.curation == Curation(
        (("cat/00000.png", "cat"), ("dog/00001.png", "frog")), ("frog/00002.png",)
    )
    assert document.undo_stack.count() == 3


def test_findings_are_remembered_by_dataset_and_a_change_is_said(
    controller: DoctorController, view: DoctorView, bridge: FakeBridge, document: Document
) -> None:
    controller.examine()
    bridge.last(Examine).say("done", examined(document, DARK))
    first = document.dataset
    assert first is not None
    document.set_dataset(dataclasses.replace(first, fingerprint="other"))
    assert view.findings == [DARK]
    assert "have changed since" in view.status.text()
    document.set_dataset(dataset(source="sample:shapes"))
    assert view.findings == []
    assert view.status.text() == "These images have not been examined yet."
    document.set_dataset(first)
    assert view.findings == [DARK]
    assert "1 finding" in view.status.text()
    document.set_dataset(None)
    assert not view.examine_button.isEnabled()


def test_pictures_are_read_for_the_open_dataset_alone(
    controller: DoctorController, view: DoctorView, bridge: FakeBridge, document: Document
) -> None:
    view.images.wanted.emit((0,))
    sent = bridge.last(ReadThumbnails)
    assert sent.job.indexes == (0,)
    view.images.show_images(["cat/00000.png"], ())
    sheet = ThumbnailSheet("another", (0,), np.zeros((1, 72, 72, 3), np.uint8))
    sent.say("done", sheet)
    assert view.images.index(0).data(0x1) is None
    view.images.wanted.emit((0,))
    assert document.dataset is not None
    bridge.last(ReadThumbnails).say("done", dataclasses.replace(sheet, identity=document.dataset.identity))
    assert view.images.index(0).data(0x1) is not None
    view.images.wanted.emit((1,))
    bridge.last(ReadThumbnails).say("failed", error())


def test_without_a_project_no_run_is_asked(view: DoctorView, bridge: FakeBridge, qapp: Any) -> None:
    made = Document(Draft(draft().network, preprocessing=draft().preprocessing))
    made.set_dataset(dataset())
    DoctorController(view, made, bridge).examine()
    assert bridge.last(Examine).job.runs is None
