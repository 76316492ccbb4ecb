"""Pixels: where a source's decoded images come from, a file at a time or a sample at a time."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from PIL import Image

from engine.data.dataset import Unreadable
from engine.data.decoders import DIGEST_BYTES, Known, decode_files, decode_some, nothing, processes
from engine.data.samples import digits, shapes
from engine.geometry import Shape
from engine.images.decoding import UnreadableImage, decode_bytes, fitted, read_bytes
from engine.images.preprocessing import Preprocessing
from engine.jobs import Context

Array = np.ndarray[Any, Any]

_TINY_BYTES = 3000
_MANY = 8000
"""From so many tiny files on, processes of their own are worth the half second that they take to start."""
_MANY_AT_ONCE = 512
_THREADS = (os.cpu_count() or 1) + 1
"""One more than there are processors: somebody always waits for the disk."""
_LARGEST = 2**63
_BATCH = 64
"""Files that one thread decodes before it reports, at most."""
_BATCH_BYTES = 1 << 20
"""Size of so many files, at most."""
_MEMBER_BYTES = 16 << 20
"""Of an archive's files that one thread holds at once, unless a single one is larger."""


class Pixels(Protocol):
    """Fills an array with the images of a source, in the order of its ids."""

    def fill(self, target: Array, preprocessing: Preprocessing, context: Context) -> dict[int, Unreadable]:
        """Write every image; return those that could not be read, by index.

        Raises:
            Cancelled: where the user ended it; `target` is then worth nothing.
        """

    def original(self, index: int) -> bytes | Array:
        """The image at a place of the source; see `engine.data.dataset.Originals`."""


class FilePixels:
    """Image files, decoded on several threads unless they are tiny.

    Args:
        stamps: Size and time of the last change of each file, as it was listed; none where nobody knows.

    Attributes:
        stamps: The same as int64, (files, 2), or (0, 2).
    """

    def __init__(self, root: Path, ids: Sequence[str], stamps: Iterable[tuple[int, int]] = ()) -> None:
        self.root = root
        self.ids = ids
        # An array takes a tenth of the memory of pairs. Some file systems know times of more than 63 bits.
        numbers = (number % _LARGEST for pair in stamps for number in pair)
        self.stamps = np.fromiter(numbers, np.int64).reshape(-1, 2)

    def fill(self, target: Array, preprocessing: Preprocessing, context: Context) -> dict[int, Unreadable]:
        digests = np.zeros((len(self.ids), DIGEST_BYTES), np.uint8)
        return self.fill_some(target, range(len(self.ids)), digests, preprocessing, context)

    def fill_some(
        self,
        target: Array,
        places: Sequence[int],
        digests: Array,
        preprocessing: Preprocessing,
        context: Context,
        known: Known = nothing,
    ) -> dict[int, Unreadable]:
        """`fill` for the images at some places only.

        Args:
            digests: uint8, (files, DIGEST_BYTES): gets what tells the content of each file from that of all others.
            known: Gives the decoded pixels of a content where they are at hand already.
        """
        root = str(self.root)
        size = self.stamps[:, 0].mean() if len(self.stamps) else _TINY_BYTES
        if size < _TINY_BYTES and len(places) >= _MANY and known is nothing and isinstance(target, np.memmap):
            with contextlib.suppress(BrokenProcessPool):  # no memory, or someone ended one: this process can do it too
                return self._fill_many(target, places, digests, preprocessing, context)
        # Few large files at once, so that progress and Cancel are quick.
        batch = int(max(1, min(_BATCH, _BATCH_BYTES // max(1, size))))

        def read(number: int) -> dict[int, Unreadable]:
            some = places[number * batch : (number + 1) * batch]
            return decode_files(root, [self.ids[one] for one in some], some, target, digests, preprocessing, known)

        # Tiny files cost as much Python as decoding, and threads that wait for Python's lock slow each other down.
        threads = 1 if size < _TINY_BYTES else _THREADS
        return _decoded(read, range(-(-len(places) // batch)), len(places), context, threads)

    def _fill_many(
        self,
        target: np.memmap[Any, Any],
        places: Sequence[int],
        digests: Array,
        preprocessing: Preprocessing,
        context: Context,
    ) -> dict[int, Unreadable]:
        pool = processes(os.cpu_count() or 1, str(self.root), target, preprocessing)

        def read(number: int) -> dict[int, Unreadable]:
            some = list(places[number * _MANY_AT_ONCE : (number + 1) * _MANY_AT_ONCE])
            found, of_them = pool.submit(decode_some, ([self.ids[one] for one in some], some)).result()
            digests[some] = of_them
            return found

        with pool:
            batches = range(-(-len(places) // _MANY_AT_ONCE))
            return _decoded(read, batches, len(places), context, 2 * (os.cpu_count() or 1))

    def original(self, index: int) -> bytes:
        return read_bytes(self.root / self.ids[index])


class MemberPixels:
    """Image files that are members of an archive, read in the order in which they lie there.

    Args:
        read: Gives the bytes of a member, or raises UnreadableImage.
        ids: Names of the members.
        places: Where each begins.
        sizes: Bytes of each.
    """

    def __init__(
        self, read: Callable[[str], bytes], ids: Sequence[str], places: Sequence[int], sizes: Sequence[int]
    ) -> None:
        self._read, self._ids, self._sizes = read, ids, sizes
        self._order = sorted(range(len(ids)), key=lambda index: places[index])
        self._reading = Lock()

    def fill(self, target: Array, preprocessing: Preprocessing, context: Context) -> dict[int, Unreadable]:
        batches = list(self._batches())

        def read(number: int) -> dict[int, Unreadable]:
            found, data = {}, {}
            with self._reading:  # a batch is read in one go: going to and fro in a compressed file is slow
                for index in batches[number]:
                    try:
                        data[index] = self._read(self._ids[index])
                    except UnreadableImage as error:
                        found[index] = Unreadable(self._ids[index], error.why, error.passing)
            for index in list(data):
                try:
                    target[index] = decode_bytes(data.pop(index), preprocessing, self._ids[index])
                except UnreadableImage as error:
                    found[index] = Unreadable(self._ids[index], error.why, error.passing)
            return found

        return _decoded(read, range(len(batches)), len(self._ids), context)

    def _batches(self) -> Iterator[list[int]]:
        """Indexes in the order of places; few megabytes together."""
        batch: list[int] = []
        total = 0
        for index in self._order:
            if batch and (len(batch) == _BATCH or total + self._sizes[index] > _MEMBER_BYTES):
                yield batch
                batch, total = [], 0
            batch.append(index)
            total += self._sizes[index]
        if batch:
            yield batch

    def original(self, index: int) -> bytes:
        with self._reading:
            return self._read(self._ids[index])


def _decoded(
    read: Callable[[int], dict[int, Unreadable]],
    batches: Sequence[int],
    images: int,
    context: Context,
    threads: int = _THREADS,
) -> dict[int, Unreadable]:
    """Let `read` decode every batch, some at once; gives what could not be read."""
    unreadable: dict[int, Unreadable] = {}
    context.progress(0, images, "images")
    with ThreadPoolExecutor(max_workers=threads, thread_name_prefix="decode") as pool:
        try:
            for done, found in _in_turn(pool, read, batches):
                unreadable.update(found)
                context.progress(images * done // max(1, len(batches)), images, "images")
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return unreadable


def _in_turn(
    pool: ThreadPoolExecutor, work: Callable[[int], dict[int, Unreadable]], starts: Sequence[int]
) -> Iterator[tuple[int, dict[int, Unreadable]]]:
    """Give each result with the number done so far; few are queued at once, so that Cancel is quick."""
    waiting: set[Future[dict[int, Unreadable]]] = set()
    coming = iter(starts)
    done = 0
    while True:
        for start in coming:
            waiting.add(pool.submit(work, start))
            if len(waiting) >= 2 * (os.cpu_count() or 1):
                break
        if not waiting:
            return
        ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for one in ready:
            done += 1
            yield done, one.result()


class DigitPixels:
    """`sample:digits`."""

    def fill(self, target: Array, preprocessing: Preprocessing, context: Context) -> dict[int, Unreadable]:
        copy(digits.read()[0], target, preprocessing)
        return {}

    def original(self, index: int) -> Array:
        image: Array = digits.read()[0][index]
        return image


class ShapePixels:
    """`sample:shapes`, drawn a chunk at a time so that memory does not grow with their number."""

    def __init__(self, images: int, seed: int) -> None:
        self.images = images
        self.seed = seed

    def fill(self, target: Array, preprocessing: Preprocessing, context: Context) -> dict[int, Unreadable]:
        for start in range(0, self.images, shapes.CHUNK):
            context.progress(start, self.images, "images")
            stop = min(start + shapes.CHUNK, self.images)
            copy(shapes.draw(self.seed, start // shapes.CHUNK)[: stop - start], target[start:stop], preprocessing)
        return {}

    def original(self, index: int) -> Array:
        image: Array = shapes.draw(self.seed, index // shapes.CHUNK)[index % shapes.CHUNK]
        return image


def sample_shape(name: str) -> Shape:
    """The shape of a sample's images."""
    return digits.SHAPE if name == "sample:digits" else shapes.SHAPE


def copy(images: Array, target: Array, preprocessing: Preprocessing) -> None:
    """Write uint8 images, (images, height, width, 1 or 3), to `target`, brought to its size and colour mode."""
    if images.shape[1:] == preprocessing.shape:
        target[:] = images
        return
    for place, image in zip(target, images, strict=True):
        place[:] = fitted(Image.fromarray(image[..., 0] if image.shape[-1] == 1 else image), preprocessing)
