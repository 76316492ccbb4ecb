"""A listing: which images a source has, in which class and part, before any is decoded."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine import limits
from engine.data.dataset import Unreadable
from engine.data.split import Part
from engine.data.words import counted, few
from engine.errors import EngineError
from engine.jobs import Context

PART_FOLDERS = {
    "train": Part.TRAIN,
    "training": Part.TRAIN,
    "val": Part.VALIDATION,
    "valid": Part.VALIDATION,
    "validation": Part.VALIDATION,
    "test": Part.TEST,
    "testing": Part.TEST,
}
"""Names of folders that say a part, in lower case."""

_NOT_MEANT = {"thumbs.db", "desktop.ini"}
"""Files that systems leave in folders of images; hidden files are left out too."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file that may be an image.

    Attributes:
        id: Path below the source, with "/" between folders.
        size: In bytes.
        changed: Time of the last change, in nanoseconds.
    """

    id: str
    class_name: str
    part: Part | None
    size: int
    changed: int


@dataclass
class Listing:
    """What a folder holds.

    Attributes:
        items: Sorted by id.
        unreadable: Folders that could not be opened.
        notes: What was left out, in sentences.
    """

    root: Path = Path()
    items: list[Item] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def list_folder(root: Path, context: Context, only: Collection[str] = ()) -> Listing:
    """The images of a folder with a folder for each class, or with train, validation and test folders of such.

    Args:
        only: The folders in it that are meant, or none for all.

    Raises:
        EngineError: where the folder is missing, closed, or not laid out like this.
    """
    listing = Listing(root)
    folders, files = _top(root)
    if only:
        folders, files = [one for one in folders if one in only], []
    above = _idents([root.resolve(), *root.resolve().parents])
    parts = part_folders(folders)
    if parts:
        others = [name for name in folders if name not in parts]
        if others:
            listing.notes.append(f"Beside the train, validation and test folders, these were left out: {few(others)}.")
        for name, part in parts.items():
            classes, beside = _top(root / name)
            files += [f"{name}/{one}" for one in beside]
            for one in classes:
                _walk(listing, f"{name}/{one}", one, part, above | _idents([root / name]), context)
    else:
        for name in folders:
            _walk(listing, name, name, None, above, context)
    if files:
        listing.notes.append(f"{counted(len(files), 'file')} beside the class folders left out: {few(files)}.")
    if not listing.items:
        raise _nothing(root, folders, files, listing)
    listing.items.sort(key=lambda one: one.id)
    return listing


def part_folders(folders: Sequence[str]) -> dict[str, Part]:
    """Those of these folders that say a part; none where they are no train, validation and test folders."""
    parts = {name: PART_FOLDERS[name.lower()] for name in folders if name.lower() in PART_FOLDERS}
    return parts if Part.TRAIN in parts.values() and (len(parts) > 1 or len(parts) == len(folders)) else {}


def check_there(root: Path) -> None:
    """Raise EngineError where the folder, or the file, is missing or closed."""
    if not root.is_file():
        _top(root)


def _top(folder: Path) -> tuple[list[str], list[str]]:
    """Names of the folders and files directly in a folder, sorted, hidden ones left out."""
    try:
        with os.scandir(folder) as entries:
            shown = [(one.name, _is_folder(one)) for one in entries if not one.name.startswith(".")]
    except (OSError, ValueError) as error:
        raise _closed(folder, error) from error
    folders = sorted(name for name, is_folder in shown if is_folder)
    return folders, sorted(name for name, is_folder in shown if not is_folder and name.lower() not in _NOT_MEANT)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder or a link to one; not so a link that leads round in a circle or where no one may go."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _idents(folders: Iterable[Path]) -> frozenset[tuple[int, int]]:
    """What tells these folders from all others, whatever links lead to them."""
    facts = [one.stat() for one in folders]
    return frozenset((one.st_dev, one.st_ino) for one in facts)


def _walk(
    listing: Listing,
    folder: str,
    class_name: str,
    part: Part | None,
    above: frozenset[tuple[int, int]],
    context: Context,
) -> None:
    """Add every file at any depth below `folder`, each folder once however many links lead to it.

    A link to one of the folders `above` is not followed: the images of other classes lie there.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [(folder, 0)]
    while waiting:
        current, depth = waiting.pop()
        context.check()
        try:
            facts = (listing.root / current).stat()
            ident = (facts.st_dev, facts.st_ino)
            if ident in above:
                listing.unreadable.append(Unreadable(current, "it is a link back to a folder above it"))
            if ident in above or ident in seen:
                continue
            seen.add(ident)
            for entry in _entries(listing.root / current):
                id = f"{current}/{entry.name}"
                if not _is_folder(entry):
                    _add(listing, entry, id, class_name, part)
                elif depth < limits.MAX_FOLDER_DEPTH:
                    waiting.append((id, depth + 1))
                else:
                    why = f"the folder lies more than {limits.MAX_FOLDER_DEPTH} deep in its class"
                    listing.unreadable.append(Unreadable(id, why))
        except OSError as error:
            why = "this user may not open it" if isinstance(error, PermissionError) else f"{error.strerror}"
            listing.unreadable.append(Unreadable(current, f"the folder could not be read: {why}"))


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for one in entries:
            if not one.name.startswith(".") and one.name.lower() not in _NOT_MEANT:
                yield one


def _add(listing: Listing, entry: os.DirEntry[str], id: str, class_name: str, part: Part | None) -> None:
    try:
        facts = entry.stat()
    except OSError as error:
        gone = isinstance(error, FileNotFoundError)
        why = "it is a link to something that is not there" if gone else f"it could not be reached: {error.strerror}"
        listing.unreadable.append(Unreadable(id, why))
        return
    if not stat.S_ISREG(facts.st_mode):
        listing.unreadable.append(Unreadable(id, "it is a pipe or device, not a file"))
        return
    listing.items.append(Item(id, class_name, part, facts.st_size, facts.st_mtime_ns))
    if len(listing.items) > limits.MAX_IMAGES:
        raise EngineError(
            f"{listing.root.name} has more than {limits.MAX_IMAGES:,} files.",
            f"A dataset has at most {limits.MAX_IMAGES:,} images.",
            "Choose a smaller folder.",
        )


def _closed(folder: Path, error: OSError | ValueError) -> EngineError:
    if isinstance(error, FileNotFoundError):
        what = f"{folder} is not there."
        fix = "Check the name, or choose the place where it is now."
    elif isinstance(error, NotADirectoryError):
        what = f"{folder} is a file, not a folder."
        fix = "Choose the folder that holds a folder for each class."
    elif isinstance(error, PermissionError):
        what = f"This user may not open the folder {folder}."
        fix = "Change its permissions, or choose another folder."
    else:
        what = f"The folder {folder} could not be read: {getattr(error, 'strerror', None) or error}."
        fix = "Check that the drive is there, and try again."
    return EngineError(
        what, "Images come from a folder with a folder for each class, or a file that holds images.", fix
    )


def _nothing(root: Path, folders: list[str], files: list[str], listing: Listing) -> EngineError:
    if listing.unreadable:
        what = f"No image below {root} could be reached; {listing.unreadable[0].path}: {listing.unreadable[0].why}."
    elif not folders and files:
        what = f"{root} holds files but no folders, so no image has a class."
    elif files:
        what = f"No image in {root} lies in a class folder: {few(files)}."
    elif not folders:
        what = f"{root} is empty."
    else:
        what = f"The folders in {root} hold no files."
    return EngineError(
        what,
        "A dataset is a folder with a folder for each class, and the images of the class in it.",
        "Make a folder for each class, named like it, move its images there and open the folder that holds them.",
    )
