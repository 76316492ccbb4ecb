"""Autosave: the newest draft, kept apart from the user's file until it is saved there."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from pathlib import Path

from engine.errors import EngineError
from engine.home import autosave_folder, unsaved_folder
from engine.plan import Draft
from engine.project import file
from engine.storage import load_json, save_json

_log = logging.getLogger(__name__)


def is_unsaved(folder: Path) -> bool:
    """Whether the project lies where those lie that the user has not given a place."""
    return folder.resolve().parent == unsaved_folder().resolve()


def autosave(folder: Path, draft: Draft) -> None:
    """Keep a draft against a crash: an unsaved project in its own file, a saved one apart from the user's file."""
    current = file.read(folder)
    if is_unsaved(folder):
        if current.draft != draft:
            file.write(folder, draft, current.extra, current.saves + 1, base=folder)
        return
    if current.draft == draft:
        discard_autosave(folder)
        return
    data = {"project": os.fspath(folder.resolve()), "saves": current.saves, "draft": draft.to_json()}
    save_json(_place(folder), data)


def discard_autosave(folder: Path) -> None:
    """Forget what was kept of a project: it was saved, or the user does not want it."""
    with contextlib.suppress(OSError):
        _place(folder).unlink(missing_ok=True)


def recovered(folder: Path, current: file.ProjectFile) -> Draft | None:
    """The kept draft, where it was edited after the last save of the file as it stands now; else None."""
    place = _place(folder)
    if not place.exists():
        return None
    try:
        data = load_json(place)
        if data.get("saves") != current.saves:
            return None
        draft = Draft.from_json(data.get("draft"), str(place))
    except (EngineError, AttributeError):
        _log.exception("the autosave of %s cannot be used", folder)
        return None
    return draft if draft != current.draft else None


def _place(folder: Path) -> Path:
    key = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:24]
    return autosave_folder() / f"{key}.json"
