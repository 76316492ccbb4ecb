"""Room for the cache: how large it may grow, and which entries go first where it is full.

The limit stands in a file of its own beside the settings, since the window, its engine's process and the command line
all keep to it.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from pathlib import Path
from typing import Final

from engine.data.entry import BUILDING, alone, datasets_folder
from engine.errors import EngineError
from engine.home import home
from engine.storage import disk, load_json, readable_size, save_json

MOST_BY_DEFAULT: Final = 20_000_000_000
SHARE_BY_DEFAULT: Final = 0.1
"""Of the disk, where that is less."""
LEFT_FREE: Final = 64 * 1024 * 1024
"""Of the disk, for everybody else."""
_ABANDONED_SECONDS: Final = 3600


def cache_limit() -> int:
    """Bytes that the decoded images may take together."""
    with contextlib.suppress(EngineError, TypeError, ValueError, KeyError):
        chosen = int(load_json(_limit_file())["bytes"])
        if chosen > 0:
            return chosen
    return min(MOST_BY_DEFAULT, int(SHARE_BY_DEFAULT * shutil.disk_usage(home()).total))


def set_cache_limit(size: int) -> None:
    """Let the decoded images take so many bytes from now on, and delete what is too much."""
    save_json(_limit_file(), {"bytes": size})
    _free(cache_size() - size)


def cache_size() -> int:
    """Bytes that the decoded images take."""
    return sum(size_of(one) for one in _entries())


def make_room(needed: int) -> None:
    """Delete the entries used longest ago, until so many bytes more fit.

    Nothing is deleted that is in use: entries that are all needed at once may take more than the limit.

    Raises:
        EngineError: where the disk has no room even so.
    """
    folder, size = datasets_folder(), cache_size()
    missing = needed + LEFT_FREE - disk.DISK.free_bytes(folder)
    if missing <= size:
        _free(max(size + needed - cache_limit(), missing))
    free = disk.DISK.free_bytes(folder)
    if needed + LEFT_FREE > free:
        raise EngineError(
            f"The decoded images need {readable_size(needed)}, and {readable_size(free)} are free.",
            "Every image is decoded once and kept in the cache folder.",
            "Free some space, choose a smaller input size, or move the cache with CONVOSCOPE_HOME.",
        )


def clear() -> None:
    """Delete every entry that nobody has open."""
    _free(cache_size() + 1)


def size_of(folder: Path) -> int:
    """Bytes of all files in and below a folder."""
    total = 0
    for one in folder.rglob("*"):
        with contextlib.suppress(OSError):  # it was deleted meanwhile
            total += one.lstat().st_size if one.is_file() else 0
    return total


def remove_leftovers() -> None:
    """Delete what openings that were cut off have left; those written to in the last hour may still be under way."""
    for one in datasets_folder().glob(f"{BUILDING}*"):
        remove_abandoned(one)


def remove_abandoned(folder: Path) -> None:
    """Delete a folder of the cache that nobody has written to for an hour."""
    with contextlib.suppress(OSError):
        newest = max(file.stat().st_mtime for file in (folder, *folder.iterdir()))
        if time.time() - newest > _ABANDONED_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _limit_file() -> Path:
    return home() / "cache.json"


def _entries() -> list[Path]:
    """The entries, the one used longest ago first."""
    dated = []
    with contextlib.suppress(OSError):
        for one in datasets_folder().iterdir():
            if not one.name.startswith(BUILDING):
                dated.append((one.stat().st_mtime_ns, one))
    return [one for _, one in sorted(dated)]


def _free(size: int) -> None:
    for one in _entries():
        if size <= 0:
            return
        size -= _drop(one)


def _drop(entry: Path) -> int:
    """Delete an entry that nobody has open; return its size, or 0 where it stays."""
    size = size_of(entry)
    with alone(entry) as free:
        if not free:
            return 0
        doomed = entry.with_name(f"{BUILDING}{entry.name}")
        try:
            entry.rename(doomed)
        except OSError:  # Windows: somebody has it open
            return 0
        shutil.rmtree(doomed, ignore_errors=True)
    return size
