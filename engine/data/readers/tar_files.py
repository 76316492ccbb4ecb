"""Tar: the members of a tar or tar.gz file, read by name, without unpacking it to the disk.

Only the headers are gone through: names (ustar, GNU and pax), kinds and sizes. Python's own reader can be led in
circles by a negative size.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from engine import limits
from engine.data.dataset import Unreadable
from engine.data.readers.files import (
    Entry,
    damaged,
    is_hidden,
    open_file,
    read_exactly,
    unreadable,
    why_unsafe,
    wrapper,
)
from engine.data.readers.gunzip import MAGIC, gunzipped
from engine.data.readers.slices import Slice
from engine.errors import EngineError
from engine.jobs import Context

EXPECTED: Final = "A tar or tar.gz file is whole and holds images or files of images."
_BLOCK: Final = 512
_MOST_EXTRA: Final = 1 << 20
"""Bytes of a header that gives a long name."""
_ODD: Final = {
    b"1": "it is a link, and links in archives are not followed",
    b"2": "it is a link, and links in archives are not followed",
    b"3": "it is a device, not a file",
    b"4": "it is a device, not a file",
    b"6": "it is a pipe, not a file",
    b"S": "it is a sparse file, which is not read",
}


@dataclass(frozen=True, slots=True)
class Member:
    """One header: name, kind (a byte), where its content begins and how long it is."""

    name: str
    kind: bytes
    place: int
    size: int


class TarFiles:
    """A tar file's members; see `engine.data.readers.files.Files`."""

    def __init__(self, path: Path, context: Context) -> None:
        self.title = path.name
        self.unreadable: list[Unreadable] = []
        facts = path.stat()
        self.state = f"{facts.st_size} {facts.st_mtime_ns}"
        self._lock = threading.Lock()
        self._stream = open_file(path)
        with damaged(self.title, EXPECTED):
            if self._stream.read(2) == MAGIC:
                self._stream = gunzipped(self._stream, self.title)
            found: dict[str, Member] = {}
            for number, one in enumerate(members(self._stream, self.title)):
                if number % 1000 == 0:
                    context.progress(0, None, f"{number:,} files found in {self.title}")
                self._take(one, found)
        outer = wrapper(list(found))
        self._members = {name[len(outer) :]: one for name, one in found.items()}
        self.entries: Sequence[Entry] = [
            Entry(name, one.size, one.place, one.place) for name, one in sorted(self._members.items())
        ]

    def __del__(self) -> None:
        if hasattr(self, "_stream"):
            self._stream.close()

    def _take(self, one: Member, found: dict[str, Member]) -> None:
        name = one.name
        while name.startswith("./"):
            name = name[2:]
        if one.kind == b"5" or is_hidden(name) or not name:
            return
        why = why_unsafe(name) or _ODD.get(one.kind, "")
        if not why and one.kind not in (b"0", b"\0", b"7"):
            why = "it is of a kind that is not read"
        if not why and name in found:
            why = "its name is there twice"
        if why:
            self.unreadable.append(Unreadable(name.replace("\0", ""), why))
        else:
            found[name] = one

    def open(self, name: str) -> BinaryIO:
        one = self._members[name]
        return Slice.buffered(self._stream, self._lock, one.place, one.size)

    def read(self, name: str) -> bytes:
        one = self._members[name]
        if one.size > limits.MAX_IMAGE_BYTES:
            raise unreadable(name, f"it is larger than {limits.MAX_IMAGE_BYTES // 1024**2} MB")
        try:
            with damaged(name, EXPECTED), self._lock:
                self._stream.seek(one.place)
                return read_exactly(self._stream, one.size)
        except EngineError as error:
            raise unreadable(name, "the archive is damaged or cut short there") from error


def is_tar(start: bytes) -> bool:
    """Whether these first bytes (512 or more) are a tar header."""
    return len(start) >= _BLOCK and any(start[:_BLOCK]) and _checked(start[:_BLOCK])


def members(stream: BinaryIO, title: str) -> Iterator[Member]:
    """Every member, in the order of the file; raises EOFError or ValueError where it is damaged."""
    at = number = 0
    long_name, long_size = "", None
    while True:
        stream.seek(at)
        header = stream.read(_BLOCK)
        if not any(header):
            if len(header) < _BLOCK and number == 0:
                raise EOFError("there is nothing in it")
            return
        if len(header) < _BLOCK:
            raise EOFError("it ends in a header")
        if not _checked(header):
            raise ValueError("a header's checksum is wrong")
        number += 1
        if number > limits.MAX_ARCHIVE_ENTRIES:
            raise EngineError(
                f"{title} holds more than {limits.MAX_ARCHIVE_ENTRIES:,} files.",
                "So many and no more are read without unpacking.",
                "Unpack it, and open the folder.",
            )
        kind, size = header[156:157], _number(header[124:136])
        place = at + _BLOCK
        if kind in b"xgLK":
            if size > _MOST_EXTRA:
                raise ValueError("a name is too long")
            extra = read_exactly(stream, size)
            if kind == b"L":
                long_name = extra.rstrip(b"\0").decode("utf-8", "surrogateescape")
            elif kind == b"x":
                values = _pax(extra)
                long_name = values.get(b"path", b"").decode("utf-8", "surrogateescape") or long_name
                long_size = int(values[b"size"][:20]) if b"size" in values else None
        else:
            size = size if long_size is None else long_size
            if size < 0:
                raise ValueError("a size is below zero")
            yield Member(long_name or _name(header), kind, place, size)
            long_name, long_size = "", None
        at = place + -(-size // _BLOCK) * _BLOCK


def _checked(header: bytes) -> bool:
    try:
        said = _number(header[148:156])
    except ValueError:
        return False
    return said == sum(header[:148]) + 8 * 32 + sum(header[156:])


def _number(field: bytes) -> int:
    """A number in octal digits, or in binary where the first bit is set."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.replace(b"\0", b" ").strip()
    if not digits:
        return 0
    if not all(48 <= one < 56 for one in digits):
        raise ValueError("a number is not octal")
    return int(digits, 8)


def _name(header: bytes) -> str:
    name = header[:100].split(b"\0", 1)[0]
    prefix = header[345:500].split(b"\0", 1)[0] if header[257:263] == b"ustar\0" else b""
    whole = prefix + b"/" + name if prefix else name
    return whole.decode("utf-8", "surrogateescape")


def _pax(data: bytes) -> dict[bytes, bytes]:
    """The values of a pax header, of which each line says its own length first."""
    found = {}
    at = 0
    while at < len(data) and data[at]:
        space = data.index(b" ", at, at + 8)
        length = int(data[at:space])
        line = data[space + 1 : at + length]
        if length <= space - at or not line.endswith(b"\n"):
            raise ValueError("a line's length is wrong")
        key, _, value = line[:-1].partition(b"=")
        found[key] = value
        at += length
    return found
