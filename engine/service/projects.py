"""Jobs on project folders and their runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from engine.jobs import Context, Job, Lane
from engine.plan import Draft
from engine.runs.records import RunRecord, RunSummary


@dataclass(frozen=True)
class OpenedProject:
    """A project as it was read.

    Attributes:
        folder: `Name.convoscope`; one under CONVOSCOPE_HOME where the project was never saved.
        name: What the title bar shows.
        saved: Whether the user chose the folder; an unsaved project lives in CONVOSCOPE_HOME.
        recovered: Whether the draft is an autosave newer than the project file.
        note: What the user should know, or "".
    """

    folder: Path
    name: str
    draft: Draft
    saved: bool
    recovered: bool = False
    note: str = ""


@dataclass(frozen=True)
class OpenProject(Job):
    """Open a project folder; None opens the unsaved one of last time, or the sample project; gives `OpenedProject`."""

    title: ClassVar[str] = "Opening the project"
    lane: ClassVar[Lane] = Lane.FILES

    path: Path | None = None

    def run(self, context: Context) -> OpenedProject:
        raise NotImplementedError


@dataclass(frozen=True)
class NewProject(Job):
    """A fresh unsaved project that holds this draft; gives `OpenedProject`."""

    title: ClassVar[str] = "Starting a project"
    lane: ClassVar[Lane] = Lane.FILES

    draft: Draft

    def run(self, context: Context) -> OpenedProject:
        raise NotImplementedError


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
        raise NotImplementedError


@dataclass(frozen=True)
class Autosave(Job):
    """Keep a draft apart from the user's file, against a crash; gives None."""

    title: ClassVar[str] = "Keeping your edits safe"
    lane: ClassVar[Lane] = Lane.FILES

    folder: Path
    draft: Draft

    def run(self, context: Context) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class ListRuns(Job):
    """The runs of a project, oldest first; gives a tuple of `RunSummary`."""

    title: ClassVar[str] = "Reading the runs"
    lane: ClassVar[Lane] = Lane.FILES

    folder: Path

    def run(self, context: Context) -> tuple[RunSummary, ...]:
        raise NotImplementedError


@dataclass(frozen=True)
class ReadRun(Job):
    """One run with its curves; gives a `RunRecord`."""

    title: ClassVar[str] = "Reading a run"
    lane: ClassVar[Lane] = Lane.FILES

    run_folder: Path

    def run(self, context: Context) -> RunRecord:
        raise NotImplementedError


@dataclass(frozen=True)
class DeleteRun(Job):
    """Delete a run's folder for good; gives None."""

    title: ClassVar[str] = "Deleting a run"
    lane: ClassVar[Lane] = Lane.FILES

    run_folder: Path

    def run(self, context: Context) -> None:
        raise NotImplementedError
