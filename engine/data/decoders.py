"""Decoding in processes of their own: of tiny files most of the time is Python's, whose lock lets one thread run."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.data.dataset import Unreadable
from engine.images.decoding import UnreadableImage, decode_bytes, read_bytes
from engine.images.preprocessing import Preprocessing

DIGEST_BYTES: Final = 16
"""Of the SHA-256 of a file's content that are kept."""

Array = np.ndarray[Any, Any]
Known = Callable[[bytes], Array | None]


def nothing(_digest: bytes) -> None:
    """No content is known."""


def decode_files(
    root: str,
    ids: Sequence[str],
    places: Sequence[int],
    target: Array,
    digests: Array,
    preprocessing: Preprocessing,
    known: Known = nothing,
) -> dict[int, Unreadable]:
    """Read and decode some files.

    Args:
        ids: Names of these files below `root`.
        places: Where each goes in `target`, uint8 (images, height, width, channels).
        digests: uint8, (files, DIGEST_BYTES): gets at the same places what tells their contents apart.
        known: Gives the decoded pixels of a content where they are at hand already.

    Returns:
        Those that could not be read, by place.
    """
    found = {}
    for id, place in zip(ids, places, strict=True):
        try:
            data = read_bytes(os.path.join(root, id))  # noqa: PTH118 - ten times faster
            digest = hashlib.sha256(data).digest()[:DIGEST_BYTES]
            digests[place] = np.frombuffer(digest, np.uint8)
            pixels = known(digest)
            target[place] = decode_bytes(data, preprocessing, id) if pixels is None else pixels
        except UnreadableImage as error:
            found[place] = Unreadable(id, error.why, error.passing)
    return found


Some = tuple[Sequence[str], Sequence[int]]
"""Ids and places of some files."""


def processes(number: int, root: str, target: np.memmap[Any, Any], preprocessing: Preprocessing) -> ProcessPoolExecutor:
    """So many processes that decode into the file of `target`, by `decode_some`.

    They are started afresh, not forked: the threads of TensorFlow would not survive that.
    """
    assert target.filename is not None, "a memory map of the cache has a file"
    return ProcessPoolExecutor(
        number,
        multiprocessing.get_context("spawn"),
        _begin,
        (root, str(Path(target.filename)), preprocessing),
    )


_work: dict[str, Any] = {}


def _begin(root: str, array: str, preprocessing: Preprocessing) -> None:
    _work.update(root=root, target=np.load(array, mmap_mode="r+", allow_pickle=False), preprocessing=preprocessing)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """A process of the pool whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def decode_some(some: Some) -> tuple[dict[int, Unreadable], Array]:
    """Decode in a process of `processes`: what could not be read, and the digests of all, in their order."""
    ids, places = some
    digests = np.zeros((max(places) + 1 - places[0], DIGEST_BYTES), np.uint8)
    target, first = _work["target"], places[0]
    near = [place - first for place in places]
    found = decode_files(_work["root"], ids, near, target[first:], digests, _work["preprocessing"])
    return {place + first: one for place, one in found.items()}, digests[near]
