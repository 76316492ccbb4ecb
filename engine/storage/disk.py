"""The port to the disk: every call that saving makes, so that a test can fail or die at the N-th one."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from engine.errors import EngineError

_DENIED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_RESERVE: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS})
_NO_FOLDER_FSYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP})


class Disk:
    """The calls to the operating system that saving needs, and nothing else."""

    def create(self, path: Path) -> int:
        """Open a new file for writing; FileExistsError where there is one."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)

    def open_to_append(self, path: Path) -> int:
        """Open a file, new or not, whose writes go to its end."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)

    def write(self, file: int, data: memoryview) -> int:
        """Write a part of `data`, at least a byte; return how much."""
        return os.write(file, data)

    def truncate(self, file: int, size: int) -> None:
        """Cut the file at `size` bytes."""
        os.ftruncate(file, size)

    def reserve(self, file: int, size: int) -> None:
        """Take room for a whole file before it is written; nothing happens where the system has no such call."""
        try:
            os.posix_fallocate(file, 0, size)
        except AttributeError:
            return
        except OSError as error:
            if error.errno not in _NO_RESERVE:
                raise

    def fsync(self, file: int) -> None:
        """Wait until the file is on the disk, not only in memory."""
        try:  # macOS: plain fsync stops at the drive's own memory
            import fcntl

            fcntl.fcntl(file, fcntl.F_FULLFSYNC)  # type: ignore[attr-defined,unused-ignore]
        except (ImportError, AttributeError, OSError):
            os.fsync(file)

    def close(self, file: int) -> None:
        """Close the file."""
        os.close(file)

    def rename(self, source: Path, target: Path) -> None:
        """Put `source` in the place of `target` in one step."""
        source.replace(target)

    def fsync_folder(self, folder: Path) -> None:
        """Wait until renames in the folder are on the disk; Windows has no such call."""
        if os.name == "nt":
            return
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        except OSError as error:
            if error.errno not in _NO_FOLDER_FSYNC:  # some network file systems cannot
                raise
        finally:
            os.close(file)

    def remove(self, path: Path) -> None:
        """Delete a file."""
        path.unlink()

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it; nothing happens where it stands."""
        path.mkdir(parents=True, exist_ok=True)

    def free_bytes(self, folder: Path) -> int:
        """Room left on the folder's disk."""
        return shutil.disk_usage(folder).free


DISK = Disk()
"""What every save goes through; only tests put another in its place."""


@contextlib.contextmanager
def explained(path: Path, needed: int = 0) -> Iterator[None]:
    """Turn a fault of a write below into an EngineError that names `path`.

    Args:
        needed: Bytes that are to be written, where that is known.
    """
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _explain(error, path, needed) from error


def reason(error: OSError | ValueError) -> str:
    """The system's own words for a fault."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _explain(error: OSError | ValueError, path: Path, needed: int) -> EngineError:
    what = f"{path} could not be written"
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL:
        return _full(what, path, needed)
    if number in _DENIED:
        return EngineError(
            f"{what}: the system does not allow it.",
            "The folder must be one that you may write to.",
            "Choose another folder, or change its permissions.",
        )
    if isinstance(error, FileExistsError):
        return EngineError(
            f"{what}: something of that name is there already.",
            "Nothing is overwritten without being asked.",
            "Choose another name, or move the old one away.",
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return EngineError(
            f"{what}: its folder is not there.",
            "The folder must exist while the program works in it.",
            "Bring the folder back, or save to another place.",
        )
    return EngineError(
        f"{what}: {reason(error)}.",
        "The disk must take the file; what was saved before is untouched.",
        "Check the disk, or save to another place.",
    )


def _full(what: str, path: Path, needed: int) -> EngineError:
    try:
        free = DISK.free_bytes(path.parent)
    except OSError:
        free = 0
    missing = needed - free
    lack = f"about {readable_size(missing)} are missing" if missing > 0 else f"{readable_size(free)} are left"
    return EngineError(
        f"{what}: the disk is full, {lack}.",
        f"Saving it takes {readable_size(needed)} of free space." if needed else "Saving it takes free space.",
        "Delete files that are not needed, or save to another disk. What was saved before is untouched.",
    )


def readable_size(size: int) -> str:
    """A number of bytes as a person reads it: "3.2 MB"."""
    number = float(max(size, 0))
    for unit in ("bytes", "kB", "MB", "GB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "bytes" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} TB"
