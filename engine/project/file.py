"""`project.json`: reading and writing it, with earlier versions kept and paths made relative."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from engine import limits
from engine.errors import EngineError
from engine.plan import Draft
from engine.schema import SCHEMA_VERSION, checked, versioned
from engine.storage import load_bytes, load_json, make_folder, save_bytes, save_json

FILE: Final = "project.json"
EARLIER: Final = "earlier"
KEPT: Final = 5
_STEPS_UP: Final = 2
_earlier = re.compile(r"project-(\d{1,12})\.json")


@dataclass(frozen=True)
class ProjectFile:
    """What stands in a `project.json`.

    Attributes:
        saves: How often it was saved: says which of two is newer, where clocks cannot.
        extra: Top-level fields that this version does not know; they are kept.
    """

    draft: Draft
    saves: int
    extra: dict[str, Any]


def read(folder: Path) -> ProjectFile:
    """The project file of a folder; raises EngineError, naming the earlier version where it is damaged."""
    path = folder / FILE
    if not path.is_file():
        raise EngineError(
            f"{folder} is not a project: there is no {FILE} in it.",
            "A project is a folder NAME.convoscope that the program has saved.",
            "Choose a project's folder, or make a new project.",
        )
    with _earlier_named(folder):
        raw = load_json(path)
    data = versioned("project", raw, str(path))
    with _earlier_named(folder):
        found = checked("project", data, str(path))
        draft = Draft.from_json(with_absolute_source(data["draft"], folder), str(path))
    extra = {name: value for name, value in data.items() if name not in ("schema_version", "saves", "draft")}
    return ProjectFile(draft, found["saves"], extra)


@contextlib.contextmanager
def _earlier_named(folder: Path) -> Iterator[None]:
    """Say in an EngineError which earlier version could take the damaged file's place."""
    try:
        yield
    except EngineError as error:
        earlier = earlier_versions(folder)
        if not earlier:
            raise
        fix = f"{error.fix} The version before it is kept: copy {earlier[-1]} over {folder / FILE}."
        raise EngineError(error.what, error.expected, fix) from error


def write(folder: Path, draft: Draft, extra: dict[str, Any], saves: int, base: Path | None) -> None:
    """Save `project.json`.

    Args:
        base: Where the folder lies or is going to lie: a source near it is given from there. None keeps it absolute.
    """
    data = draft.to_json()
    if base is not None:
        data = with_relative_source(data, base)
    data = {**extra, "schema_version": SCHEMA_VERSION, "saves": saves, "draft": data}
    save_json(folder / FILE, data)


def earlier_versions(folder: Path) -> list[Path]:
    """The kept versions of `project.json`, oldest first."""
    found: list[tuple[int, Path]] = []
    with contextlib.suppress(OSError):
        for one in (folder / EARLIER).iterdir():
            if match := _earlier.fullmatch(one.name):
                found.append((int(match[1]), one))
    return [path for _, path in sorted(found)]


def keep_version(folder: Path) -> None:
    """Copy `project.json` as it stands, damaged or not, among the earlier versions, and drop the sixth."""
    current = folder / FILE
    if not current.exists():
        return
    kept = earlier_versions(folder)
    number = int(_earlier.fullmatch(kept[-1].name)[1]) + 1 if kept else 1  # type: ignore[index]
    make_folder(folder / EARLIER)
    save_bytes(folder / EARLIER / f"project-{number:04d}.json", load_bytes(current, limits.MAX_JSON_BYTES * 4))
    for old in earlier_versions(folder)[:-KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()


def plain(path: Path) -> Path:
    """The path from the root, without "..", and with its links unfollowed: the place as the user names it."""
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - resolve() follows links


def with_relative_source(draft: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The draft's JSON with a source inside or near the project given from there, so that both can move together."""
    location = draft["source"]["location"]
    if not Path(location).is_absolute():
        return draft
    with contextlib.suppress(ValueError):  # another drive on Windows
        relative = Path(os.path.relpath(location, plain(folder)))
        if relative.parts[: _STEPS_UP + 1] != ("..",) * (_STEPS_UP + 1):
            return {**draft, "source": {"location": "./" + relative.as_posix()}}
    return draft


def with_absolute_source(draft: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The inverse of `with_relative_source`."""
    location = draft["source"]["location"]
    if not location.startswith("./"):
        return draft
    return {**draft, "source": {"location": os.fspath(plain(folder / location))}}
