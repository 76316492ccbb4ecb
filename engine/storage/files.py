"""Whole files and logs: saved so that whoever reads finds the old file or the new one, never a half."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from engine.errors import EngineError
from engine.storage import disk
from engine.storage.disk import explained, readable_size, reason

_CHUNK: Final = 1 << 20
_temporary = re.compile(r"\.saving-(\d+)-\d+\.tmp")
_numbers = itertools.count(1)


class Stream:
    """A file being written, in pieces of about a megabyte; what `zipfile` needs of a file and no more."""

    def __init__(self, file: int) -> None:
        self.file = file
        self._waiting = bytearray()

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Take all of `data`; it may wait in memory."""
        self._waiting += data
        if len(self._waiting) >= _CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Hand what waits to the disk."""
        waiting, self._waiting = self._waiting, bytearray()
        _write_all(self.file, waiting)

    def close(self) -> None:
        """Hand over what waits; the file itself is closed by whoever opened it."""
        self.flush()


def _write_all(file: int, data: bytes | bytearray) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[disk.DISK.write(file, rest) :]


def make_folder(path: Path) -> None:
    """Make a folder and those above it; raises EngineError where that is impossible."""
    with explained(path):
        disk.DISK.make_folder(path)


def save_with(path: Path, size: int, fill: Callable[[Stream], None]) -> None:
    """Write a file beside `path` and rename it over; at any fault the old file stays and no other is left.

    Args:
        size: Bytes that `fill` is going to write, for the message when the disk is full.
        fill: Writes them.
    """
    with explained(path, size):
        target = path.resolve()  # a link keeps pointing at the file that it names
        temporary = target.with_name(f".saving-{os.getpid()}-{next(_numbers)}.tmp")
        file = disk.DISK.create(temporary)
        try:
            _fill(file, fill)
            disk.DISK.rename(temporary, target)
        except BaseException:
            with contextlib.suppress(OSError):
                disk.DISK.remove(temporary)
            raise
        disk.DISK.fsync_folder(target.parent)


def _fill(file: int, fill: Callable[[Stream], None]) -> None:
    try:
        stream = Stream(file)
        fill(stream)
        stream.flush()
        disk.DISK.fsync(file)
    finally:
        disk.DISK.close(file)


def save_bytes(path: Path, data: bytes) -> None:
    """Put `data` in the file at `path`, whole or not at all.

    Raises:
        EngineError: where the disk is full or refuses; the old file stands as it was.
    """

    def fill(stream: Stream) -> None:
        stream.write(data)

    save_with(path, len(data), fill)


def save_text(path: Path, text: str) -> None:
    """Like `save_bytes`, as UTF-8."""
    save_bytes(path, text.encode("utf-8"))


def append_bytes(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Add `data` to the end of a log; where that fails, the file keeps the length it had.

    Args:
        durable: Whether to wait until it is on the disk.

    Raises:
        EngineError: where the disk is full or refuses.
    """
    _append(path, data, b"", durable)


def append_line(path: Path, text: str, *, durable: bool = False) -> None:
    """Add one line to a log; a line torn by an earlier crash is ended first, so that it spoils no other."""
    _append(path, text.encode("utf-8") + b"\n", b"\n", durable)


def _append(path: Path, data: bytes, after: bytes, durable: bool) -> None:
    """Add `data`, with `after` before it where the file does not end so."""
    with explained(path, len(data)):
        file = disk.DISK.open_to_append(path)
        try:
            size = os.lseek(file, 0, os.SEEK_END)
            if after and size and _last_byte(file, size) != after:
                data = after + data
            try:
                _write_all(file, data)
            except OSError:
                disk.DISK.truncate(file, size)
                raise
            if durable:
                disk.DISK.fsync(file)
        finally:
            disk.DISK.close(file)


def _last_byte(file: int, size: int) -> bytes:
    os.lseek(file, size - 1, os.SEEK_SET)
    return os.read(file, 1)


def clear_leftovers(folder: Path) -> None:
    """Delete the half files that a killed program left in `folder`; those of living programs stay."""
    import psutil

    with contextlib.suppress(OSError):
        for one in folder.iterdir():
            match = _temporary.fullmatch(one.name)
            if match and not psutil.pid_exists(int(match[1])):
                with contextlib.suppress(OSError):
                    disk.DISK.remove(one)


def load_bytes(path: Path, at_most: int) -> bytes:
    """The file's bytes; raises EngineError where it is missing, unreadable or larger than `at_most`."""
    try:
        with path.open("rb") as file:
            data = file.read(at_most + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise unreadable(path, error) from error
    if len(data) > at_most:
        raise EngineError(
            f"{path} is larger than {readable_size(at_most)}.",
            f"A file of this kind has at most {readable_size(at_most)}.",
            "Use an unchanged copy of the file.",
        )
    return data


def unreadable(path: Path, error: OSError | ValueError) -> EngineError:
    """Why a file could not be read, for the user."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return EngineError(f"{path} does not exist.", "The file must exist.", "Check the name and the place.")
    if isinstance(error, IsADirectoryError):
        return EngineError(f"{path} is a folder.", "A file was expected.", "Choose a file inside it.")
    if isinstance(error, PermissionError):
        return EngineError(
            f"{path} may not be read.", "The file must be one that you may read.", "Change its permissions."
        )
    return EngineError(f"{path} could not be read: {reason(error)}.", "The disk must give the file.", "Check the disk.")
