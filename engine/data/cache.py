"""The cache: every image decoded once, kept as one array on disk that training reads without loading it.

An entry is a folder `<key>-<random>/` with `images.npy` (uint8, images × height × width × channels) and `entry.npz`
(what could not be read, the checksum of the pixels, the state of the files it was made from). It is made under
another name and renamed when it is whole. All of it may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import shutil
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.data.dataset import Unreadable
from engine.data.pixels import Pixels
from engine.errors import EngineError
from engine.home import cache_folder
from engine.images.preprocessing import Preprocessing
from engine.jobs import Context
from engine.storage import explained, load_arrays, readable_size, save_arrays

VERSION: Final = 1
"""Part of every key; goes up when decoding changes."""

_BUILDING = "building-"
_PIECE = 1024
"""Images that are in memory at once while an array is gone through."""

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Cached:
    """Decoded pixels.

    Attributes:
        images: uint8, (readable files, height, width, channels), a read-only memory map.
        unreadable: By index into the source's files.
        checksum: SHA-256 of the pixels, hex.
        reused: Whether an earlier opening had made it.
    """

    images: Array
    unreadable: dict[int, Unreadable]
    checksum: str
    reused: bool


def datasets_folder() -> Path:
    """Where the entries are."""
    return cache_folder() / "datasets"


def cached(
    location: str, state: str, count: int, preprocessing: Preprocessing, pixels: Pixels, context: Context
) -> Cached:
    """The decoded images of a source, from the cache or made now.

    Args:
        location: The source.
        state: Checksum over the names, sizes and times of its files; another state means to decode again.
        count: Number of images.
        preprocessing: How they are decoded.
        pixels: What decodes them.
        context: Progress and Cancel.
    """
    words = json.dumps([VERSION, location, preprocessing.to_json()], sort_keys=True)
    key = hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    with explained(datasets_folder()):
        datasets_folder().mkdir(parents=True, exist_ok=True)
        entries = sorted(datasets_folder().glob(f"{key}-*"))
    shape = (count, *preprocessing.shape)
    for place, entry in enumerate(entries):
        found = _read(entry, state, shape)
        if found is not None:
            for other in entries[place + 1 :]:  # made by another process at the same time
                _remove_old(other)
            return found
        shutil.rmtree(entry, ignore_errors=True)
    return _made(key, state, shape, preprocessing, pixels, context)


def _read(entry: Path, state: str, shape: tuple[int, ...]) -> Cached | None:
    """The entry, or None where it is damaged, of another state, or lacks files that may be readable by now."""
    try:
        _, meta = load_arrays(entry / "entry.npz")
        if meta["state"] != state or meta["passing"]:
            return None
        images = np.load(entry / "images.npy", mmap_mode="r", allow_pickle=False)
        unreadable = {int(index): Unreadable(path, why) for index, path, why in meta["unreadable"]}
    except (EngineError, OSError, ValueError, KeyError, TypeError):
        return None
    if images.shape != (shape[0] - len(unreadable), *shape[1:]) or images.dtype != np.uint8:
        return None
    return Cached(images, unreadable, meta["checksum"], reused=True)


def _made(
    key: str, state: str, shape: tuple[int, ...], preprocessing: Preprocessing, pixels: Pixels, context: Context
) -> Cached:
    building = datasets_folder() / f"{_BUILDING}{key}-{secrets.token_hex(4)}"
    entry = datasets_folder() / building.name.removeprefix(_BUILDING)
    try:
        with explained(building):
            building.mkdir()
            _make_room(building, shape)
            images = _array(building / "images.npy", shape)
            unreadable = pixels.fill(images, preprocessing, context)
            if unreadable:
                images = _without(images, unreadable, building)
            checksum = _checksum(images, context)
            images.flush()
            del images
        listed = [[index, one.path, one.why] for index, one in sorted(unreadable.items())]
        passing = any(one.passing for one in unreadable.values())
        meta = {"state": state, "unreadable": listed, "passing": passing, "checksum": checksum}
        save_arrays(building / "entry.npz", {}, meta)
        with explained(entry):
            building.rename(entry)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    images = np.load(entry / "images.npy", mmap_mode="r", allow_pickle=False)
    return Cached(images, unreadable, checksum, reused=False)


def _array(path: Path, shape: tuple[int, ...]) -> np.memmap[Any, Any]:
    return np.lib.format.open_memmap(path, mode="w+", dtype=np.uint8, shape=shape)


def _without(images: np.memmap[Any, Any], gone: Collection[int], folder: Path) -> np.memmap[Any, Any]:
    """The array without some of its images, under the same name, a piece at a time."""
    keep = np.array([index for index in range(len(images)) if index not in gone], np.int64)
    fewer = _array(folder / "fewer.npy", (len(keep), *images.shape[1:]))
    for start in range(0, len(keep), _PIECE):
        fewer[start : start + _PIECE] = images[keep[start : start + _PIECE]]
    fewer.flush()
    del images, fewer
    (folder / "fewer.npy").replace(folder / "images.npy")
    return np.lib.format.open_memmap(folder / "images.npy", mode="r+")


def _make_room(folder: Path, shape: tuple[int, ...]) -> None:
    # A memory map on a full disk ends the process with a bus error instead of an exception.
    needed = int(np.prod(shape, dtype=np.int64))
    free = shutil.disk_usage(folder).free
    if needed > free - 64 * 1024 * 1024:
        raise EngineError(
            f"The decoded images need {readable_size(needed)}, and {readable_size(free)} are free.",
            "Every image is decoded once and kept in the cache folder.",
            "Free some space, choose a smaller input size, or move the cache with CONVOSCOPE_HOME.",
        )


def _checksum(images: Array, context: Context) -> str:
    digest = hashlib.sha256()
    for start in range(0, len(images), _PIECE):
        context.check()
        digest.update(np.ascontiguousarray(images[start : start + _PIECE]).data)
    return digest.hexdigest()


def remove_leftovers() -> None:
    """Delete what openings that were cut off have left; those written to in the last hour may still be under way."""
    for one in datasets_folder().glob(f"{_BUILDING}*"):
        _remove_old(one)


def _remove_old(folder: Path) -> None:
    """Delete a folder of the cache that nobody has written to for an hour."""
    with contextlib.suppress(OSError):
        newest = max(file.stat().st_mtime for file in (folder, *folder.iterdir()))
        if time.time() - newest > 3600:
            shutil.rmtree(folder, ignore_errors=True)
