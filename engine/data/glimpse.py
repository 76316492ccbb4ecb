"""A glimpse: some pictures of a folder that was never opened before, long before all of it is read."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.images.decoding import SUFFIXES, UnreadableImage, decode
from engine.images.preprocessing import Preprocessing

PICTURES: Final = 24
"""Pictures of one glimpse at most."""
SECONDS: Final = 0.3
"""What a glimpse takes at most, or as long as its first picture."""
_PART_SECONDS: Final = 0.1
_DEEPEST: Final = 3
_FOLDERS: Final = 12

Array = np.ndarray[Any, Any]


def glimpse(root: Path, side: int) -> Iterator[Array]:
    """A few images of every class, so far as there is time.

    Args:
        root: A folder of images in folders; of one that is not there nothing is given.
        side: Height and width of a picture.

    Yields:
        uint8, (pictures, side, side, 3): the next of them, black where they are not square.
    """
    began = given = time.monotonic()
    square = Preprocessing(side, side, "rgb", "pad")
    ready: list[Array] = []
    coming = _files(root)
    at_once = os.cpu_count() or 1
    with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="glimpse") as pool:
        while files := list(itertools.islice(coming, at_once)):
            ready += [one for one in pool.map(lambda file: _decoded(file, square), files) if one is not None]
            now = time.monotonic()
            if ready and now - given >= _PART_SECONDS:
                yield np.stack(ready)
                ready, given = [], now
            if now - began >= SECONDS:
                break
    if ready:
        yield np.stack(ready)


def _decoded(file: Path, square: Preprocessing) -> Array | None:
    try:
        return decode(file, square)
    except UnreadableImage:
        return None


def _files(root: Path) -> Iterator[Path]:
    """At most `PICTURES` files that may be images, one of each folder in turn."""
    folders = [iter(_images(one)) for one in itertools.islice(_folders(root, _DEEPEST), _FOLDERS)]
    in_turn = itertools.chain.from_iterable(itertools.zip_longest(*folders))
    return itertools.islice((one for one in in_turn if one is not None), PICTURES)


def _folders(root: Path, depth: int) -> Iterator[Path]:
    try:
        with os.scandir(root) as entries:
            inner = sorted(one.path for one in entries if not one.name.startswith(".") and one.is_dir())
    except OSError:
        return
    for one in inner:
        yield Path(one)
        if depth > 1:
            yield from _folders(Path(one), depth - 1)


def _images(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            for one in entries:
                if not one.name.startswith(".") and Path(one.name).suffix.lower() in SUFFIXES:
                    yield Path(one.path)
    except OSError:
        return
