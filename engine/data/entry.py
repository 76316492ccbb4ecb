"""An entry of the cache: one source decoded for one preprocessing, in a folder of its own.

`images.npy` holds the pixels of the readable files, uint8, images × height × width × channels. `entry.npz` says what
they were made from: the source and its state, what could not be read, a checksum of all pixels and those of a few
pieces, and of every file its name, size, time of the last change and a digest of its content.

Whoever has an entry's pixels open holds a shared lock on `images.npy`, so that nobody deletes what is in use.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from engine.data.dataset import Unreadable
from engine.errors import EngineError
from engine.home import cache_folder
from engine.jobs import Context
from engine.storage import disk, load_arrays, save_arrays

BUILDING: Final = "building-"
"""Begins the name of a folder that is no entry yet, or no longer."""
PIECE: Final = 1024
"""Images that are in memory at once while an array is gone through."""
_SAMPLES: Final = 16
"""Pieces that are looked at whenever an entry is opened."""
_SAMPLE_BYTES: Final = 1 << 18
"""Size of such a piece, or one image where that is larger."""

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Files:
    """The files that an entry was made from, in the order of the source.

    Attributes:
        names: Their ids.
        stamps: int64, (files, 2): size in bytes, and time of the last change in nanoseconds.
        digests: uint8, (files, bytes): of their contents; zeros for a file that could not be opened.
    """

    names: Sequence[str]
    stamps: Array
    digests: Array


@dataclass(frozen=True, eq=False)
class Entry:
    """What an entry holds.

    Attributes:
        images: uint8, (readable files, height, width, channels), a read-only memory map.
        location: The source.
        state: Of the source when it was decoded.
        unreadable: By index into the source's files.
        checksum: SHA-256 of the pixels, hex.
        files: Where the source is one of files.
    """

    folder: Path
    images: Array
    location: str
    state: str
    unreadable: dict[int, Unreadable]
    checksum: str
    files: Files | None

    @property
    def passing(self) -> list[int]:
        """Places of the files that may be readable by now, though they look the same."""
        return [index for index, one in self.unreadable.items() if one.passing]

    @property
    def rows(self) -> Array:
        """int64, (files,): the row of each file's pixels in `images`; -1 for what could not be read."""
        count = len(self.images) + len(self.unreadable)
        readable = np.ones(count, bool)
        readable[list(self.unreadable)] = False
        return np.where(readable, np.cumsum(readable) - 1, -1)


def open_entry(folder: Path) -> Entry | None:
    """The entry in this folder, or None where it is damaged.

    Only a few pieces of the pixels are looked at, so that it is quick; `is_whole` looks at all.
    """
    try:
        arrays, meta = load_arrays(folder / "entry.npz")
        unreadable = {int(index): Unreadable(path, why, passing) for index, path, why, passing in meta["unreadable"]}
        images = open_images(folder / "images.npy")
        if images.dtype != np.uint8 or images.ndim != 4 or len(images) + len(unreadable) != meta["files"]:
            return None
        if any(not 0 <= index < meta["files"] for index in unreadable) or _samples(images) != meta["samples"]:
            return None
        files = _files(arrays, meta["files"])
        return Entry(folder, images, meta["location"], meta["state"], unreadable, meta["checksum"], files)
    except (EngineError, OSError, ValueError, KeyError, TypeError):
        return None


def save_entry(
    folder: Path,
    images: Array,
    location: str,
    state: str,
    unreadable: Mapping[int, Unreadable],
    files: Files | None,
    context: Context,
) -> str:
    """Write `entry.npz` beside the pixels; return their checksum."""
    checksum = _checksum(images, context)
    meta = {
        "location": location,
        "state": state,
        "files": len(images) + len(unreadable),
        "unreadable": [[index, one.path, one.why, one.passing] for index, one in sorted(unreadable.items())],
        "checksum": checksum,
        "samples": _samples(images),
    }
    arrays = {}
    if files is not None:
        names = json.dumps(list(files.names)).encode("ascii")
        arrays = {"names": np.frombuffer(names, np.uint8), "stamps": files.stamps, "digests": files.digests}
    save_arrays(folder / "entry.npz", arrays, meta)
    return checksum


def is_whole(entry: Entry, context: Context) -> bool:
    """Whether every pixel is as it was written; reads all of them."""
    return _checksum(entry.images, context) == entry.checksum


def make_images(path: Path, shape: tuple[int, ...]) -> np.memmap[Any, Any]:
    """A new array of zeros in a file, its room on the disk taken at once.

    Raises:
        OSError: where the disk is too full. A memory map that finds no room later would end the process instead.
    """
    images = np.lib.format.open_memmap(path, mode="w+", dtype=np.uint8, shape=shape)
    with path.open("r+b") as file:
        disk.DISK.reserve(file.fileno(), path.stat().st_size)
    return images


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody has the pixels open; as long as the caller is in here, nobody opens them."""
    try:
        file = (folder / "images.npy").open("rb")
    except OSError:  # half an entry: nobody can use it
        yield True
        return
    with file:
        free = _lock(file, shared=False)
        if os.name == "nt":  # an open file would keep its folder from being deleted
            file.close()
        yield free


def datasets_folder() -> Path:
    """Where the entries are."""
    return cache_folder() / "datasets"


def open_images(path: Path) -> Array:
    """The pixels as a read-only memory map; ValueError where the file holds something else."""
    # The map keeps a copy of the file's descriptor, and with it the lock, until nobody uses the pixels any more.
    with path.open("rb") as file:
        _lock(file, shared=True)
        version = np.lib.format.read_magic(file)
        read_header = np.lib.format.read_array_header_2_0 if version[0] > 1 else np.lib.format.read_array_header_1_0
        shape, fortran, dtype = read_header(file)
        if fortran or dtype.hasobject:
            raise ValueError("no array of pixels")
        offset = file.tell()
        if os.fstat(file.fileno()).st_size != offset + int(np.prod(shape, dtype=np.int64)) * dtype.itemsize:
            raise ValueError("the array is not of the size that it claims")
        return np.memmap(file, dtype, "r", offset, shape)


def _lock(file: BinaryIO, *, shared: bool) -> bool:
    """Lock a file until it is closed; False where another's lock forbids it.

    Windows has no such locks and needs none: it does not delete files that are open.
    """
    try:
        import fcntl
    except ImportError:
        return True
    with contextlib.suppress(BlockingIOError):
        try:
            fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:  # a network's file system without locks
            pass
        return True
    return False


def _files(arrays: Mapping[str, Array], count: int) -> Files | None:
    if not arrays:
        return None
    names = json.loads(arrays["names"].tobytes())
    files = Files(names, arrays["stamps"], arrays["digests"])
    if len(names) != count or files.stamps.shape != (count, 2) or len(files.digests) != count:
        raise ValueError("the list of files does not fit")
    return files


def _samples(images: Array) -> list[int]:
    """CRC-32 of a few pieces, spread over the array."""
    if not images.size:
        return []
    rows = max(1, min(len(images), _SAMPLE_BYTES // images[0].nbytes))
    last = len(images) - rows
    starts = [last * one // (_SAMPLES - 1) for one in range(_SAMPLES)] if last >= _SAMPLES else range(last + 1)
    return [zlib.crc32(np.ascontiguousarray(images[start : start + rows]).data) for start in starts]


def _checksum(images: Array, context: Context) -> str:
    digest = hashlib.sha256()
    for start in range(0, len(images), PIECE):
        context.check()
        digest.update(np.ascontiguousarray(images[start : start + PIECE]).data)
    return digest.hexdigest()
