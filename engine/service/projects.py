"""Jobs on project folders and their runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from engine import project
from engine.jobs import Context, Job, Lane
from engine.plan import Draft
from engine.project import OpenedProject
from engine.runs.records import RunRecord, RunSummary

__all__ = [
    "Autosave",
    "DeleteRun",
    "DiscardAutosave",
    "ListRuns",
    "NewProject",
    "OpenProject",
    "OpenedProject",
    "ReadProject",
    "ReadRun",
    "SaveProject",
]


@dataclass(frozen=True)
class OpenProject(Job):
    """Open a project folder; None opens the unsaved one of last time, or the sample project; gives `OpenedProject`."""

    title: ClassVar[str] = "Opening the project"
    lane: ClassVar[Lane] = Lane.FILES

    path: Path | None = None

    def run(self, context: Context) -> OpenedProject:
        return project.open_project(self.path)


@dataclass(frozen=True)
class ReadProject(Job):
    """Another project as it was last saved, to look at; gives `OpenedProject`."""

    title: ClassVar[str] = "Reading a project"
    lane: ClassVar[Lane] = Lane.FILES

    path: Path

    def run(self, context: Context) -> OpenedProject:
        return project.read_project(self.path)


@dataclass(frozen=True)
class NewProject(Job):
    """A fresh unsaved project that holds this draft; gives `OpenedProject`."""

    title: ClassVar[str] = "Starting a project"
    lane: ClassVar[Lane] = Lane.FILES

    draft: Draft

    def run(self, context: Context) -> OpenedProject:
        return project.new_project(self.draft)


@dataclass(frozen=True)
class SaveProject(Job):
    """Save a draft into `folder`; with `target` the project and its runs move (unsaved) or are copied there first.

    Gives `OpenedProject` of where it is now.
    """

    title: ClassVar[str] = "Saving the project"
    lane: ClassVar[Lane] = Lane.FILES

    folder: Path
    draft: Draft
    target: Path | None = None

    def run(self, context: Context) -> OpenedProject:
        return project.save_project(self.folder, self.draft, self.target)


@dataclass(frozen=True)
class Autosave(Job):
    """Keep a draft apart from the user's file, against a crash; gives None."""

    title: ClassVar[str] = "Keeping your edits safe"
    lane: ClassVar[Lane] = Lane.FILES

    folder: Path
    draft: Draft

    def run(self, context: Context) -> None:
        project.autosave(self.folder, self.draft)


@dataclass(frozen=True)
class DiscardAutosave(Job):
    """Forget the edits that were kept apart from the user's file, which the user does not want; gives None."""

    title: ClassVar[str] = "Dropping your edits"
    lane: ClassVar[Lane] = Lane.FILES

    folder: Path

    def run(self, context: Context) -> None:
        project.discard_autosave(self.folder)


@dataclass(frozen=True)
class ListRuns(Job):
    """The runs of a project, oldest first; gives a tuple of `RunSummary`."""

    title: ClassVar[str] = "Reading the runs"
    lane: ClassVar[Lane] = Lane.FILES

    folder: Path

    def run(self, context: Context) -> tuple[RunSummary, ...]:
        from engine.runs.folder import list_runs

        return list_runs(project.runs_folder(self.folder))


@dataclass(frozen=True)
class ReadRun(Job):
    """One run with its curves; gives a `RunRecord`."""

    title: ClassVar[str] = "Reading a run"
    lane: ClassVar[Lane] = Lane.FILES

    run_folder: Path

    def run(self, context: Context) -> RunRecord:
        from engine.runs.folder import RunFolder

        return RunFolder.open(self.run_folder).read()


@dataclass(frozen=True)
class DeleteRun(Job):
    """Delete a run's folder for good; gives None."""

    title: ClassVar[str] = "Deleting a run"
    lane: ClassVar[Lane] = Lane.FILES

    run_folder: Path

    def run(self, context: Context) -> None:
        from engine.runs.folder import delete_run

        delete_run(self.run_folder)
