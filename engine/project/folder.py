"""Project folders: make, open, save, and save in another place."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.errors import EngineError
from engine.home import unsaved_folder
from engine.plan import Draft
from engine.project import file
from engine.project.autosave import discard_autosave, is_unsaved, recovered
from engine.project.sample import sample_draft
from engine.storage import clear_leftovers, disk, explained, load_json, make_folder, save_json

SUFFIX: Final = ".convoscope"
_CURRENT: Final = "current.json"
_numbered = re.compile(r"(.*?)-\d+")


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


def project_folder(path: Path) -> Path:
    """The project's folder for a path with or without `.convoscope`, or for its `project.json`."""
    whole = file.plain(path)
    if whole.name == file.FILE:
        return whole.parent
    if whole.suffix == SUFFIX or (whole / file.FILE).is_file():
        return whole
    if not whole.name:
        raise EngineError(f"{path} cannot be a project.", "A project is a folder with a name.", "Give it a name.")
    return whole.with_name(whole.name + SUFFIX)


def runs_folder(folder: Path) -> Path:
    """Where the runs of a project lie; it may not be there yet."""
    return folder / "runs"


def create(path: Path, draft: Draft) -> OpenedProject:
    """Make a project where there is nothing yet.

    Args:
        path: With or without `.convoscope`.

    Raises:
        EngineError: where something stands there already, or the disk refuses.
    """
    folder = project_folder(path)
    refuse_existing(folder)
    make_folder(folder.parent)
    temporary = _beside(folder)
    with _no_leftover(temporary):
        make_folder(temporary)
        file.write(temporary, draft, {}, 1, base=folder)
        with explained(folder):
            disk.DISK.rename(temporary, folder)
    return OpenedProject(folder, folder.stem, draft, saved=not is_unsaved(folder))


def new_project(draft: Draft, name: str = "Untitled") -> OpenedProject:
    """A fresh unsaved project with this draft; the next start opens it again."""
    taken = {one.stem for one in unsaved_folder().iterdir()}
    number = 1
    while f"{name}-{number}" in taken:
        number += 1
    opened = create(unsaved_folder() / f"{name}-{number}{SUFFIX}", draft)
    save_json(unsaved_folder() / _CURRENT, {"folder": opened.folder.name})
    return OpenedProject(opened.folder, name, draft, saved=False)


def open_project(path: Path | None = None) -> OpenedProject:
    """Open a project.

    Args:
        path: Its folder, with or without `.convoscope`; None opens the unsaved project of last time, or makes the
            sample project.

    Raises:
        EngineError: where it is no project, damaged, or from a newer version; nothing is changed then.
    """
    if path is None:
        return _last_or_sample()
    folder = project_folder(path)
    current = file.read(folder)
    clear_leftovers(folder)
    if is_unsaved(folder):
        match = _numbered.fullmatch(folder.stem)
        return OpenedProject(folder, match[1] if match else folder.stem, current.draft, saved=False)
    kept = recovered(folder, current)
    if kept is None:
        return OpenedProject(folder, folder.stem, current.draft, saved=True)
    note = "These are your edits since the last save, which the program had kept. Save to keep them for good."
    return OpenedProject(folder, folder.stem, kept, saved=True, recovered=True, note=note)


def read_project(path: Path) -> OpenedProject:
    """Another project as it was last saved, to look at; nothing in its folder is touched.

    Raises:
        EngineError: where it is no project, damaged, or from a newer version.
    """
    folder = project_folder(path)
    return OpenedProject(folder, folder.stem, file.read(folder).draft, saved=True)


def _last_or_sample() -> OpenedProject:
    note = ""
    current = unsaved_folder() / _CURRENT
    if current.exists():
        try:
            name = str(load_json(current)["folder"])
            folder = unsaved_folder() / Path(name).name
            if folder.is_dir():
                return open_project(folder)
        except (EngineError, KeyError, TypeError) as error:
            what = error.what if isinstance(error, EngineError) else f"{current} is damaged."
            note = f"The project of last time could not be opened and is kept as it is. {what}"
    sample = new_project(sample_draft(), "Sample project")
    return OpenedProject(sample.folder, sample.name, sample.draft, saved=False, note=note)


def save_project(folder: Path, draft: Draft, target: Path | None = None) -> OpenedProject:
    """Save a draft as a version of its own; the five before it are kept.

    Args:
        folder: Where the project is.
        target: Where it shall be, with or without `.convoscope`: an unsaved project moves there with its runs, a
            saved one is copied.

    Raises:
        EngineError: where something stands at the target, a run is being trained, or the disk refuses; the project
            then is as it was.
    """
    goal = folder if target is None else project_folder(target)
    if goal.resolve() == folder.resolve():
        _save_here(folder, draft)
        return OpenedProject(folder, folder.stem, draft, saved=not is_unsaved(folder))
    refuse_existing(goal)
    _refuse_training(folder)
    make_folder(goal.parent)
    if is_unsaved(folder):
        _move(folder, goal, draft)
    else:
        _copy(folder, goal, draft)
    return OpenedProject(goal, goal.stem, draft, saved=True)


def _save_here(folder: Path, draft: Draft) -> None:
    try:
        current: file.ProjectFile | None = file.read(folder)
    except EngineError:
        if not folder.is_dir():
            raise
        current = None  # damaged since it was opened: its bytes are kept as a version
    if current is None or current.draft != draft:
        file.keep_version(folder)
        extra, saves = (current.extra, current.saves) if current else ({}, 0)
        file.write(folder, draft, extra, saves + 1, base=folder)
    discard_autosave(folder)


def _move(folder: Path, goal: Path, draft: Draft) -> None:
    current = file.read(folder)
    file.write(folder, draft, current.extra, current.saves + 1, base=None)  # right in both places
    try:
        disk.DISK.rename(folder, goal)
    except OSError:  # another disk
        _copy(folder, goal, draft)
        shutil.rmtree(folder, ignore_errors=True)
    else:
        file.write(goal, draft, current.extra, current.saves + 2, base=goal)
    with contextlib.suppress(OSError):
        (unsaved_folder() / _CURRENT).unlink(missing_ok=True)


def _copy(folder: Path, goal: Path, draft: Draft) -> None:
    current = file.read(folder)
    temporary = _beside(goal)
    with _no_leftover(temporary), explained(goal, _size(folder)):
        try:
            shutil.copytree(folder, temporary, symlinks=True)
        except shutil.Error as error:
            why = str(error.args[0][0][2])
            raise OSError(_system_number(why), why) from error
        file.write(temporary, draft, current.extra, current.saves + 1, base=goal)
        disk.DISK.rename(temporary, goal)
    discard_autosave(folder)


def _system_number(why: str) -> int:
    """The system's number of a fault, which shutil gives only in its text."""
    match = re.search(r"\[Errno (\d+)\]", why)
    return int(match[1]) if match else 0


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def _beside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.{os.getpid()}.tmp")


@contextlib.contextmanager
def _no_leftover(temporary: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def refuse_existing(folder: Path) -> None:
    """Raise EngineError where something stands in the place of a project that is to be made."""
    if os.path.lexists(folder):
        raise EngineError(
            f"{folder} exists already.",
            "A project is saved where there is nothing yet; nothing is ever overwritten.",
            "Choose another name, or move the old one away.",
        )


def _refuse_training(folder: Path) -> None:
    from engine.runs.folder import list_runs
    from engine.runs.records import State

    busy = [one.run for one in list_runs(runs_folder(folder)) if one.state in (State.RUNNING, State.PAUSED)]
    if busy:
        raise EngineError(
            f"{busy[0]} is being trained in this project.",
            "A project is moved or copied while none of its runs is being trained.",
            "Stop the run or wait for its end, then save again.",
        )
