"""Where the program keeps its own files: settings, logs, caches and projects that were never saved.

`CONVOSCOPE_HOME` moves all of them into one folder; else they lie where the system keeps such things. Every function
makes the folder that it names.
"""

from __future__ import annotations

import os
from pathlib import Path

from engine.errors import EngineError

VARIABLE = "CONVOSCOPE_HOME"
_NAME = "Convoscope"


def _moved() -> Path | None:
    chosen = os.environ.get(VARIABLE)
    return Path(chosen).expanduser().absolute() if chosen else None


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"{folder} could not be made: {getattr(error, 'strerror', None) or error}.",
            "The program keeps its settings, logs and unsaved projects there.",
            f"Free the place, or set {VARIABLE} to a folder that you may write to.",
        ) from error
    return folder


def home() -> Path:
    """The program's own folder; raises EngineError where it cannot be made, as all of these do."""
    import platformdirs

    return _made(_moved() or platformdirs.user_data_path(_NAME, appauthor=False))


def cache_folder() -> Path:
    """Decoded images; may be deleted at any time."""
    import platformdirs

    moved = _moved()
    return _made(moved / "cache" if moved else platformdirs.user_cache_path(_NAME, appauthor=False))


def log_folder() -> Path:
    """The logs."""
    import platformdirs

    moved = _moved()
    return _made(moved / "logs" if moved else platformdirs.user_log_path(_NAME, appauthor=False))


def unsaved_folder() -> Path:
    """Projects, with their runs, that the user has not given a place yet."""
    return _made(home() / "unsaved")


def autosave_folder() -> Path:
    """What was edited in saved projects since their last save."""
    return _made(home() / "autosave")


def settings_file() -> Path:
    """The file of the window's settings; it may not be there yet."""
    import platformdirs

    return _made(_moved() or platformdirs.user_config_path(_NAME, appauthor=False)) / "settings.ini"
