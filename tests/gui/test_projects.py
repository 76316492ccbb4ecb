from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from engine.layers.conv2d import Conv2D
from engine.project.sample import sample_draft
from engine.service.projects import Autosave, NewProject, OpenedProject, OpenProject, SaveProject
from gui.document import Document
from gui.projects import ProjectController
from gui.settings import LAST, Settings
from tests.gui.conftest import small_draft
from tests.gui.pages.fakes import FakeBridge, error

UNSAVED = Path("/home/unsaved/Sample project-1.convoscope")
POND = Path("/here/Pond.convoscope")


class Heard:
    """What the controller said."""

    def __init__(self, projects: ProjectController) -> None:
        self.words: list[str] = []
        self.notices: list[str] = []
        self.notes: list[str] = []
        self.failures: list[Any] = []
        projects.saved_changed.connect(self.words.append)
        projects.notice.connect(self.notices.append)
        projects.noted.connect(self.notes.append)
        projects.failed.connect(self.failures.append)


@pytest.fixture
def projects(
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
    open_document: Document,
    bridge: FakeBridge,
    settings: Settings,
) -> ProjectController:
    monkeypatch.setattr("gui.projects.AUTOSAVE_MS", 1)
    window = QWidget()
    qtbot.addWidget(window)
    return ProjectController(window, open_document, bridge, settings)


@pytest.fixture
def heard(projects: ProjectController) -> Heard:
    return Heard(projects)


@pytest.fixture
def unsaved(projects: ProjectController, bridge: FakeBridge, heard: Heard) -> ProjectController:
    """A project that has no place of its own yet is open."""
    projects.open_last()
    bridge.last(OpenProject).say("done", OpenedProject(UNSAVED, "Sample project", small_draft(), saved=False))
    return projects


@pytest.fixture
def saved(projects: ProjectController, bridge: FakeBridge, heard: Heard) -> ProjectController:
    """A project with a place of its own is open."""
    projects.open(POND)
    bridge.last(OpenProject).say("done", OpenedProject(POND, "Pond", small_draft(), saved=True))
    return projects


def edit(document: Document, filters: int = 5) -> None:
    document.apply_network(document.network.set_type("layer_001", Conv2D(filters=filters)), f"set filters to {filters}")


def test_a_first_start_has_no_project_to_return_to(projects: ProjectController, bridge: FakeBridge) -> None:
    assert not projects.returning
    projects.open_last()
    assert bridge.jobs(OpenProject) == [OpenProject(None)]


def test_the_project_of_last_time_is_opened_again(unsaved: ProjectController, bridge: FakeBridge) -> None:
    assert unsaved.returning
    unsaved.open_last()
    assert bridge.last(OpenProject).job == OpenProject(UNSAVED)


def test_a_last_project_that_is_gone_is_said_and_gives_way_to_the_sample(
    unsaved: ProjectController, bridge: FakeBridge, heard: Heard, settings: Settings
) -> None:
    unsaved.open_last()
    gone = error("The project is gone.")
    bridge.last(OpenProject).say("failed", gone)
    assert heard.failures == [gone]
    assert bridge.last(OpenProject).job == OpenProject(None)
    assert settings.get(LAST) == ""


def test_a_project_that_cannot_be_opened_changes_nothing(
    qtbot: Any, saved: ProjectController, bridge: FakeBridge, heard: Heard, open_document: Document, settings: Settings
) -> None:
    saved.open(Path("/here/Broken.convoscope"))
    with qtbot.waitSignal(saved.opening_changed) as opening:
        bridge.last(OpenProject).say("failed", error())
    assert opening.args == [False]
    assert open_document.project.folder == POND
    assert settings.get(LAST) == str(POND)


def test_what_was_recovered_is_said(projects: ProjectController, bridge: FakeBridge, heard: Heard) -> None:
    projects.open(POND)
    note = "The newest edits were recovered."
    project = OpenedProject(POND, "Pond", small_draft(), saved=True, recovered=True, note=note)
    bridge.last(OpenProject).say("done", project)
    assert heard.notes == [note]
    assert heard.words[-1] == "Edits kept, not saved yet"


def test_edits_are_kept_soon_without_being_asked(
    qtbot: Any, unsaved: ProjectController, bridge: FakeBridge, heard: Heard, open_document: Document
) -> None:
    assert heard.words[-1] == "Every edit is kept · not saved as a project yet"
    edit(open_document)
    assert heard.words[-1] == "Edited"
    qtbot.waitUntil(lambda: bool(bridge.jobs(Autosave)))
    assert bridge.last(Autosave).job == Autosave(UNSAVED, open_document.draft)
    bridge.last(Autosave).say("done", None)
    assert heard.words[-1] == "Every edit is kept · not saved as a project yet"


def test_edits_before_a_project_is_open_are_not_written_anywhere(
    qtbot: Any, projects: ProjectController, bridge: FakeBridge, open_document: Document
) -> None:
    projects.open_last()
    edit(open_document)
    projects.keep_now()
    qtbot.wait(10)
    assert bridge.jobs(Autosave) == []


def test_a_saved_project_says_whether_its_file_has_the_edits(
    saved: ProjectController, bridge: FakeBridge, heard: Heard, open_document: Document
) -> None:
    assert heard.words[-1] == "Saved"
    edit(open_document)
    saved.keep_now()
    bridge.last(Autosave).say("done", None)
    assert heard.words[-1] == "Edits kept, not saved yet"
    saved.save()
    bridge.last(SaveProject).say("done", OpenedProject(POND, "Pond", open_document.draft, saved=True))
    assert heard.words[-1] == "Saved"
    assert heard.notices == [f"Saved in {POND}"]


def test_another_project_opens_after_the_edits_of_this_one_were_kept(
    saved: ProjectController, bridge: FakeBridge, open_document: Document
) -> None:
    edit(open_document)
    saved.new(sample_draft())
    kept, new = bridge.sent[-2:]
    assert kept.job == Autosave(POND, open_document.draft)
    assert new.job == NewProject(sample_draft())


def test_nothing_to_keep_is_kept_at_once(saved: ProjectController, bridge: FakeBridge) -> None:
    called: list[bool] = []
    saved.keep_now(lambda: called.append(True))
    assert called == [True]
    assert bridge.jobs(Autosave) == []


@pytest.mark.parametrize("end", [("done", None), ("failed", error()), ("cancelled",)], ids=lambda end: str(end[0]))
def test_what_waits_for_the_edits_goes_on_however_keeping_ends(
    saved: ProjectController, bridge: FakeBridge, open_document: Document, end: tuple[Any, ...]
) -> None:
    called: list[bool] = []
    edit(open_document)
    saved.keep_now(lambda: called.append(True))
    assert called == []
    bridge.last(Autosave).say(*end)
    assert called == [True]


def test_edits_made_while_others_are_being_kept_are_kept_too_before_anything_goes_on(
    saved: ProjectController, bridge: FakeBridge, open_document: Document
) -> None:
    called: list[bool] = []
    edit(open_document, 5)
    saved.keep_now()
    edit(open_document, 6)
    saved.keep_now(lambda: called.append(True))
    bridge.last(Autosave).say("done", None)
    assert called == []
    assert bridge.last(Autosave).job.draft == open_document.draft
    bridge.last(Autosave).say("done", None)
    assert called == [True]


def test_keeping_that_ends_after_another_project_was_opened_says_nothing_of_that_one(
    saved: ProjectController, bridge: FakeBridge, heard: Heard, open_document: Document
) -> None:
    edit(open_document)
    saved.new(sample_draft())
    bridge.last(NewProject).say("done", OpenedProject(UNSAVED, "Sample project", sample_draft(), saved=False))
    bridge.last(Autosave).say("done", None)
    assert heard.words[-1] == "Every edit is kept · not saved as a project yet"
    assert bridge.open_jobs(Autosave) == []


def test_edits_are_kept_in_the_new_place_only_once_it_was_saved_there(
    saved: ProjectController, bridge: FakeBridge, open_document: Document
) -> None:
    saved.save()
    before = open_document.draft
    edit(open_document)
    saved.keep_now()
    assert bridge.jobs(Autosave) == []
    moved = Path("/there/Pond.convoscope")
    bridge.last(SaveProject).say("done", OpenedProject(moved, "Pond", before, saved=True))
    assert bridge.last(Autosave).job == Autosave(moved, open_document.draft)


def test_a_place_is_asked_for_only_the_first_time(
    unsaved: ProjectController, bridge: FakeBridge, open_document: Document, tmp_path: Path, settings: Settings
) -> None:
    unsaved.save()
    assert bridge.jobs(SaveProject) == []
    target = tmp_path / "Pond.convoscope"
    answer(unsaved, target)
    assert bridge.last(SaveProject).job == SaveProject(UNSAVED, open_document.draft, target)
    bridge.last(SaveProject).say("done", OpenedProject(target, "Pond", open_document.draft, saved=True))
    assert settings.recent() == (target,)
    assert settings.get(LAST) == str(target)
    unsaved.save()
    assert bridge.last(SaveProject).job == SaveProject(target, open_document.draft, None)


def test_a_save_that_fails_is_said_and_the_edits_are_kept(
    saved: ProjectController, bridge: FakeBridge, heard: Heard, open_document: Document
) -> None:
    edit(open_document)
    saved.save()
    full = error("The disk is full.")
    bridge.last(SaveProject).say("failed", full)
    assert heard.failures == [full]
    assert bridge.last(Autosave).job.draft == open_document.draft
    assert open_document.edited


def test_a_project_folder_is_chosen(saved: ProjectController, bridge: FakeBridge, tmp_path: Path) -> None:
    folder = tmp_path / "Lake.convoscope"
    folder.mkdir()
    saved.choose()
    answer(saved, folder)
    assert bridge.last(OpenProject).job == OpenProject(folder)


def answer(projects: ProjectController, path: Path) -> None:
    """Type a path into the file dialog and accept it."""
    window = projects.parent()
    assert isinstance(window, QWidget)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setText(str(path))
    dialog.accept()
