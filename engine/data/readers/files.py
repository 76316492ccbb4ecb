"""Files by name: those that lie directly in a folder, or the members of an archive, read in the same way."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final, Protocol

from engine import limits
from engine.data.dataset import Unreadable
from engine.data.listing import check_there
from engine.errors import EngineError
from engine.images.decoding import UnreadableImage, read_bytes

_LEFT_BY_SYSTEMS: Final = {"__macosx", "thumbs.db", "desktop.ini"}
_WRAPPERS: Final = 8
"""Folders around everything in an archive that are passed over."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file.

    Attributes:
        name: With "/" between folders.
        size: In bytes.
        changed: Time of the last change in nanoseconds, or a checksum: another value means another content.
        place: Where it lies in its archive; reading in this order is quickest.
    """

    name: str
    size: int
    changed: int
    place: int = 0


class Files(Protocol):
    """A folder or an archive.

    Attributes:
        title: What it is called in messages.
        entries: Sorted by name; of a folder only the files directly in it.
        unreadable: What cannot be used, and why.
        state: Tells an archive from its changed self; "" where the entries do.
    """

    title: str
    entries: Sequence[Entry]
    unreadable: list[Unreadable]
    state: str

    def open(self, name: str) -> BinaryIO:
        """The file, for reading at any place; raises EngineError where it is no regular file, or is gone."""

    def read(self, name: str) -> bytes:
        """The whole of an image file; raises UnreadableImage."""


class DiskFiles:
    """The files directly in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.title = root.name or str(root)
        self.unreadable: list[Unreadable] = []
        self.state = ""
        check_there(root)
        self.entries: Sequence[Entry] = sorted(_regular(root), key=lambda one: one.name)

    def open(self, name: str) -> BinaryIO:
        return open_file(self.root / name)

    def read(self, name: str) -> bytes:
        return read_bytes(os.path.join(self.root, name))  # noqa: PTH118 - ten times faster, for every image


def _regular(root: Path) -> Iterator[Entry]:
    with os.scandir(root) as found:
        for one in found:
            if one.name.startswith(".") or one.name.lower() in _LEFT_BY_SYSTEMS:
                continue
            with contextlib.suppress(OSError):
                facts = one.stat()
                if stat.S_ISREG(facts.st_mode):
                    yield Entry(one.name, facts.st_size, facts.st_mtime_ns)


def open_file(path: Path) -> BinaryIO:
    """A regular file, opened without blocking, since a named pipe would wait for ever; raises EngineError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise _closed(path, error) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise EngineError(
            f"{path} is a pipe or device, not a file.",
            "Images come from folders and regular files.",
            "Choose a folder or a file.",
        )
    return os.fdopen(descriptor, "rb")


def _closed(path: Path, error: OSError | ValueError) -> EngineError:
    expected = "A source of images is a folder or a file that this user may read."
    if isinstance(error, FileNotFoundError):
        return EngineError(f"{path} is not there.", expected, "Check the name, or choose the place where it is now.")
    if isinstance(error, PermissionError):
        return EngineError(f"This user may not open {path}.", expected, "Change its permissions, or choose another.")
    why = getattr(error, "strerror", None) or error
    return EngineError(f"{path} could not be opened: {why}.", expected, "Check that the drive is there, and try again.")


def read_exactly(stream: IO[bytes], count: int) -> bytes:
    """So many bytes; raises EOFError where there are fewer. Memory grows with what is there, not with what is asked."""
    parts = []
    while count > 0:
        part = stream.read(min(count, 1 << 20))
        if not part:
            raise EOFError("the file ends too early")
        parts.append(part)
        count -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


@contextlib.contextmanager
def damaged(title: str, expected: str) -> Iterator[None]:
    """Turn what the standard library raises over foreign bytes into an EngineError about the file `title`."""
    try:
        yield
    except (EOFError, zlib.error, zipfile.BadZipFile, struct.error, ValueError, KeyError, IndexError) as error:
        raise _damage(title, expected) from error
    except (TypeError, OverflowError, NotImplementedError, RuntimeError) as error:
        raise _damage(title, expected) from error
    except OSError as error:
        why = error.strerror or "it is damaged"
        raise EngineError(f"{title} could not be read: {why}.", expected, "Check the drive, and try again.") from error
    except MemoryError as error:
        raise EngineError(
            f"There is not enough memory to read {title}.", expected, "Close other programs, or use fewer images."
        ) from error


def _damage(title: str, expected: str) -> EngineError:
    return EngineError(f"{title} is damaged or cut short.", expected, "Fetch or make it again.")


def why_unsafe(name: str) -> str:
    """Why a member of this name is not used, as the end of a sentence; "" where nothing is wrong with it."""
    if "\0" in name or not name or len(name) > 4096:
        return "its name is empty, too long or holds a zero byte"
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "its name is that of a place outside the archive"
    if ".." in name.split("/"):
        return "its name leads out of the archive with “..”"
    return ""


def is_hidden(name: str) -> bool:
    """Whether a member is what systems leave behind, or in a hidden folder."""
    return any(
        (one.startswith(".") and one not in (".", "..")) or one.lower() in _LEFT_BY_SYSTEMS for one in name.split("/")
    )


def wrapper(names: Sequence[str]) -> str:
    """The folders around all of these, such as "photos/", or ""."""
    found = ""
    for _ in range(_WRAPPERS):
        first = {one[len(found) :].partition("/")[0] for one in names}
        if len(first) != 1 or any("/" not in one[len(found) :] for one in names):
            break
        found += first.pop() + "/"
    return found


def check_expansion(title: str, inside: int, outside: int) -> None:
    """Raise EngineError where `outside` bytes of a file hold so many that it is made to exhaust the computer."""
    if inside > limits.FREE_EXPANSION and inside > limits.MAX_EXPANSION * max(1, outside):
        raise EngineError(
            f"{title} would unpack to more than {limits.MAX_EXPANSION} times its size.",
            "Images in an archive shrink by far less; a file like this is damaged or made to do harm.",
            "Do not use it, or unpack it yourself if you know where it comes from.",
        )


def by_place(entries: Sequence[Entry]) -> list[str]:
    """Their names in the order in which they are read quickest."""
    return [one.name for one in sorted(entries, key=lambda one: one.place)]


def unreadable(name: str, why: str) -> UnreadableImage:
    """The error about a member that is an image."""
    return UnreadableImage(name.rpartition("/")[2], why)
