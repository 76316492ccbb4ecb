"""The cache: every image decoded once, kept as one array on disk that training reads without loading it.

What an entry is, `engine.data.entry` says; it is made under another name and renamed when it is whole. Where a source
has changed since, only what is new in it is decoded: all else is copied from the entry before. All of the cache may be
deleted at any time.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.data.dataset import Unreadable
from engine.data.decoders import DIGEST_BYTES
from engine.data.entry import (
    BUILDING,
    PIECE,
    Entry,
    Files,
    datasets_folder,
    is_whole,
    make_images,
    open_entry,
    open_images,
    save_entry,
)
from engine.data.pixels import FilePixels, Pixels
from engine.data.room import make_room, remove_abandoned
from engine.images.decoding import UnreadableImage, read_bytes
from engine.images.preprocessing import Preprocessing
from engine.jobs import Context
from engine.storage import explained

VERSION: Final = 1
"""Part of every key; goes up when decoding changes."""

_TRIED_AGAIN: Final = 1000
"""Files that are tried again one by one, where they could not be opened the last time."""
_COMPARED: Final = 32
"""Files whose contents are compared where a folder seems to have moved."""

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
    prepared = _short([VERSION, preprocessing.to_json()])
    key = _short([location]) + prepared
    with explained(datasets_folder()):
        datasets_folder().mkdir(parents=True, exist_ok=True)
        folders = sorted(datasets_folder().glob(f"{key}-*"))
    shape = (count, *preprocessing.shape)
    before = []
    for place, folder in enumerate(folders):
        entry = open_entry(folder)
        if entry is None or entry.images.shape[1:] != shape[1:]:
            shutil.rmtree(folder, ignore_errors=True)
            continue
        found = _as_it_is(entry, state, count, pixels)
        if found is not None:
            for other in folders[place + 1 :]:  # made by another process at the same time
                remove_abandoned(other)
            return found
        before.append(entry)
    outdated = [one.folder for one in before]
    if not before:
        moved, before = _elsewhere(key, state, count, pixels)
        if moved is not None:
            return moved
    made = _made(key, location, state, shape, preprocessing, pixels, before[0] if before else None, context)
    before.clear()  # Windows deletes nothing that is open
    for folder in outdated:
        shutil.rmtree(folder, ignore_errors=True)
    return made


def is_cached(location: str) -> bool:
    """Whether there is an entry of this source, whatever its preprocessing and state."""
    return any(datasets_folder().glob(f"{_short([location])}*"))


def remove_damaged(context: Context) -> int:
    """Compare every pixel of every entry with its checksum; return how many entries were damaged and are gone."""
    folders = [one for one in sorted(datasets_folder().glob("*")) if not one.name.startswith(BUILDING)]
    damaged = 0
    for done, folder in enumerate(folders):
        context.progress(done, len(folders), "datasets")
        entry = open_entry(folder)
        if entry is None or not is_whole(entry, context):
            shutil.rmtree(folder, ignore_errors=True)
            damaged += 1
    return damaged


def _short(words: list[Any]) -> str:
    text = json.dumps(words, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _as_it_is(entry: Entry, state: str, count: int, pixels: Pixels) -> Cached | None:
    """The entry's pixels, where nothing has changed since, and no file that was closed is open now."""
    if entry.state != state or len(entry.images) + len(entry.unreadable) != count:
        return None
    unreadable = dict(entry.unreadable)
    if entry.passing:
        if not isinstance(pixels, FilePixels) or len(entry.passing) > _TRIED_AGAIN:
            return None
        for place in entry.passing:
            try:
                read_bytes(os.path.join(pixels.root, pixels.ids[place]))  # noqa: PTH118 - as it was read before
                return None
            except UnreadableImage as error:
                unreadable[place] = dataclasses.replace(unreadable[place], why=error.why)
                if not error.passing:
                    return None
    with contextlib.suppress(OSError):
        os.utime(entry.folder)  # what was used longest ago is deleted first
    return Cached(entry.images, unreadable, entry.checksum, reused=True)


def _elsewhere(key: str, state: str, count: int, pixels: Pixels) -> tuple[Cached | None, list[Entry]]:
    """What the entries of other sources know of these files: a folder that was moved or copied is not decoded again.

    Returns:
        The pixels of the very same files, or None; and else an entry that shares most of its files with these.
    """
    similar: list[Entry] = []
    if not isinstance(pixels, FilePixels) or not len(pixels.stamps):
        return None, similar
    names = set(pixels.ids)
    for folder in sorted(datasets_folder().glob(f"*{key[16:]}-*")):
        entry = None if folder.name.startswith(BUILDING) else open_entry(folder)
        if entry is None or entry.files is None:
            continue
        if entry.state == state and _same_contents(entry, entry.files, pixels):
            found = _as_it_is(_taken(entry, key), state, count, pixels)
            if found is not None:
                return found, similar
        if 2 * len(names.intersection(entry.files.names)) > len(names):
            similar = [entry]
    return None, similar


def _taken(entry: Entry, key: str) -> Entry:
    """The entry under the key of another source, where its own is gone."""
    if not Path(entry.location).exists():
        new = entry.folder.with_name(f"{key}-{secrets.token_hex(4)}")
        with contextlib.suppress(OSError):
            entry.folder.rename(new)
            return dataclasses.replace(entry, folder=new)
    return entry


def _same_contents(entry: Entry, files: Files, pixels: FilePixels) -> bool:
    """Whether files of the names, sizes and times of an entry's have its contents too, judged by some of them."""
    if len(files.names) != len(pixels.ids):
        return False
    places = np.flatnonzero(entry.rows >= 0)
    with contextlib.suppress(UnreadableImage):
        for place in places[:: max(1, len(places) // _COMPARED)]:
            data = read_bytes(os.path.join(pixels.root, pixels.ids[place]))  # noqa: PTH118 - as it was read before
            if hashlib.sha256(data).digest()[:DIGEST_BYTES] != files.digests[place].tobytes():
                return False
        return True
    return False


def _made(
    key: str,
    location: str,
    state: str,
    shape: tuple[int, ...],
    preprocessing: Preprocessing,
    pixels: Pixels,
    before: Entry | None,
    context: Context,
) -> Cached:
    building = datasets_folder() / f"{BUILDING}{key}-{secrets.token_hex(4)}"
    entry = datasets_folder() / building.name.removeprefix(BUILDING)
    size = int(np.prod(shape, dtype=np.int64))
    try:
        with explained(building, size):
            make_room(size)
            building.mkdir()
            images = make_images(building / "images.npy", shape)
            unreadable, files = _filled(images, location, before, pixels, preprocessing, context)
            if unreadable:
                images = _without(images, unreadable, building)
            checksum = save_entry(building, images, location, state, unreadable, files, context)
            images.flush()
            del images
        with explained(entry):
            building.rename(entry)
            return Cached(open_images(entry / "images.npy"), unreadable, checksum, reused=False)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def _filled(
    images: Array,
    location: str,
    before: Entry | None,
    pixels: Pixels,
    preprocessing: Preprocessing,
    context: Context,
) -> tuple[dict[int, Unreadable], Files | None]:
    """Write every image, those of files that an earlier entry knows without decoding them."""
    if not isinstance(pixels, FilePixels) or not len(pixels.stamps):
        return pixels.fill(images, preprocessing, context), None
    files = Files(pixels.ids, pixels.stamps, np.zeros((len(pixels.ids), DIGEST_BYTES), np.uint8))
    if before is None or before.files is None:
        return pixels.fill_some(images, range(len(images)), files.digests, preprocessing, context), files
    unreadable: dict[int, Unreadable] = {}
    new: Sequence[int] = range(len(images))
    if before.location == location:
        unreadable, new = _taken_over(images, files, before, before.files, context)
    known = _known_contents(before, before.files)
    unreadable |= pixels.fill_some(images, new, files.digests, preprocessing, context, known)
    return unreadable, files


def _taken_over(
    images: Array, files: Files, before: Entry, known: Files, context: Context
) -> tuple[dict[int, Unreadable], Sequence[int]]:
    """Copy what is known of files that have not changed.

    Returns:
        Those of them that cannot be read, and the places of all other files.
    """
    places = {name: place for place, name in enumerate(known.names)}
    old = np.array([places.get(name, -1) for name in files.names], np.int64)
    same = (old >= 0) & (known.stamps[old] == files.stamps).all(axis=1)
    same[np.isin(old, before.passing)] = False
    unreadable = {
        int(place): before.unreadable[int(old[place])]
        for place in np.flatnonzero(same & np.isin(old, list(before.unreadable)))
    }
    files.digests[same] = known.digests[old[same]]
    rows = before.rows[old]
    copied = np.flatnonzero(same & (rows >= 0))
    for start in range(0, len(copied), PIECE):
        context.check()
        piece = copied[start : start + PIECE]
        images[piece] = before.images[rows[piece]]
    return unreadable, np.flatnonzero(~same).tolist()


def _known_contents(before: Entry, known: Files) -> Callable[[bytes], Array | None]:
    """Finds the pixels of a file that was moved, renamed or only touched, by its content."""
    rows = before.rows
    table = {known.digests[place].tobytes(): int(rows[place]) for place in np.flatnonzero(rows >= 0)}

    def find(digest: bytes) -> Array | None:
        row = table.get(digest)
        return None if row is None else before.images[row]

    return find


def _without(images: np.memmap[Any, Any], gone: Collection[int], folder: Path) -> np.memmap[Any, Any]:
    """The array without some of its images, under the same name, a piece at a time."""
    keep = np.array([index for index in range(len(images)) if index not in gone], np.int64)
    fewer = make_images(folder / "fewer.npy", (len(keep), *images.shape[1:]))
    for start in range(0, len(keep), PIECE):
        fewer[start : start + PIECE] = images[keep[start : start + PIECE]]
    fewer.flush()
    del images, fewer
    (folder / "fewer.npy").replace(folder / "images.npy")
    return np.lib.format.open_memmap(folder / "images.npy", mode="r+")
