"""Zip: the members of a zip file, read by name, without unpacking it to the disk."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

from engine import limits
from engine.data.dataset import Unreadable
from engine.data.readers.files import (
    Entry,
    check_expansion,
    damaged,
    is_hidden,
    open_file,
    read_exactly,
    unreadable,
    why_unsafe,
    wrapper,
)
from engine.errors import EngineError

EXPECTED: Final = "A zip file is whole, not encrypted, and holds images or files of images."
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class ZipFiles:
    """A zip file's members; see `engine.data.readers.files.Files`."""

    def __init__(self, path: Path) -> None:
        self.title = path.name
        self.unreadable: list[Unreadable] = []
        facts = path.stat()
        self.state = f"{facts.st_size} {facts.st_mtime_ns}"
        self._file = open_file(path)
        with damaged(self.title, EXPECTED):
            self._zip = open_zip(self._file, self.title)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            self._take(info)
        outer = wrapper(list(self._infos))
        self._infos = {name[len(outer) :]: info for name, info in self._infos.items()}
        self.entries: Sequence[Entry] = [
            Entry(name, info.file_size, info.CRC, info.header_offset) for name, info in sorted(self._infos.items())
        ]

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()

    def _take(self, info: zipfile.ZipInfo) -> None:
        name = info.orig_filename.replace("\\", "/")
        if name.endswith("/") or is_hidden(name):
            return
        why = why_unsafe(name) or _why_odd(info) or ("its name is there twice" if name in self._infos else "")
        if why:
            self.unreadable.append(Unreadable(name.replace("\0", ""), why))
        else:
            self._infos[name] = info

    def open(self, name: str) -> BinaryIO:
        return self._zip.open(self._infos[name])  # type: ignore[return-value]

    def read(self, name: str) -> bytes:
        info = self._infos[name]
        if info.file_size > limits.MAX_IMAGE_BYTES:
            raise unreadable(name, f"it is larger than {limits.MAX_IMAGE_BYTES // 1024**2} MB")
        try:
            with damaged(name, EXPECTED), self.open(name) as stream:
                data = read_exactly(stream, info.file_size)
                stream.read(1)  # here the checksum is looked at
                return data
        except EngineError as error:
            raise unreadable(name, "its place in the zip file is damaged") from error


def open_zip(stream: BinaryIO, title: str) -> zipfile.ZipFile:
    """A zip file whose list of names and sizes is bearable.

    Raises:
        EngineError: where there are too many members, or they would unpack to far too much.
        BadZipFile: and the like, for other damage.
    """
    size, entries = _directory(stream)
    if size > limits.MAX_DIRECTORY_BYTES or entries > limits.MAX_ARCHIVE_ENTRIES:
        raise _too_many(title)
    opened = zipfile.ZipFile(stream)
    members = opened.infolist()
    if len(members) > limits.MAX_ARCHIVE_ENTRIES:
        raise _too_many(title)
    length = stream.seek(0, 2)
    packed = sum(one.compress_size for one in members)
    if packed > length:
        raise zipfile.BadZipFile("members lie over one another")
    check_expansion(title, sum(one.file_size for one in members), length)
    for one in members:
        check_expansion(one.filename, one.file_size, one.compress_size)
        if one.compress_type == zipfile.ZIP_STORED and one.file_size != one.compress_size:
            raise zipfile.BadZipFile("a member's two sizes differ")
    return opened


def _directory(stream: BinaryIO) -> tuple[int, int]:
    """Size in bytes and number of entries that the end of a zip file says of its list of names."""
    length = stream.seek(0, 2)
    start = max(0, length - 22 - 65_535)
    stream.seek(start)
    tail = stream.read(length - start)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile("it has no end")
    entries, size = struct.unpack_from("<HI", tail, at + 10)
    large = tail.rfind(b"PK\6\6", 0, at)
    if large >= 0 and len(tail) >= large + 48 and 0xFFFF in (entries, size >> 16):
        entries, size = struct.unpack_from("<QQ", tail, large + 32)
    return size, entries


def _too_many(title: str) -> EngineError:
    return EngineError(
        f"{title} holds more than {limits.MAX_ARCHIVE_ENTRIES:,} files.",
        "So many and no more are read without unpacking.",
        "Unpack it, and open the folder.",
    )


def _why_odd(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "it is a link, and links in archives are not followed"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "it is a pipe or device, not a file"
    if info.flag_bits & 0x1:
        return "it is encrypted"
    return "" if info.compress_type in _METHODS else "it is compressed in a way that is not read"
