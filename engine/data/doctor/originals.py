"""Originals: what the files themselves say before decoding, such as their size, read from their headers."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PIL import Image

from engine import limits
from engine.data.dataset import Dataset
from engine.images.decoding import FORMATS, UnreadableImage
from engine.jobs import Context

Array = np.ndarray[Any, Any]

_SEED: Final = 0
_TURNED: Final = frozenset({5, 6, 7, 8})
_ORIENTATION: Final = 0x0112

MODES: Final = {
    "1": "black and white",
    "L": "grey",
    "LA": "grey with transparency",
    "P": "palette",
    "PA": "palette with transparency",
    "RGB": "colour",
    "RGBA": "colour with transparency",
    "CMYK": "CMYK",
    "YCbCr": "YCbCr",
    "LAB": "Lab",
    "I;16": "16 bits",
    "I;16B": "16 bits",
    "I;16L": "16 bits",
    "I": "32 bits",
    "F": "floating point",
}
"""Pillow's modes in words."""


@dataclass(frozen=True, eq=False)
class FileFacts:
    """What files say, one entry for each that was looked at.

    Attributes:
        rows: int64, sorted: which of the rows that were asked for.
        heights: int64, in pixels, as the image is seen.
        widths: int64, in pixels.
        sizes: int64, in bytes; 0 where the source holds arrays, which have no files.
        modes: "colour", "grey", "palette" ...
        formats: "JPEG", "PNG" ..., "array" where the source holds arrays.
    """

    rows: Array
    heights: Array
    widths: Array
    sizes: Array
    modes: tuple[str, ...]
    formats: tuple[str, ...]


def read_facts(dataset: Dataset, kept: Array, context: Context) -> FileFacts:
    """Look into the files of some images of a dataset.

    No more than `limits.MAX_EXAMINED_FILES` are opened and `limits.MAX_EXAMINED_BYTES` read; which of many is drawn by
    chance. Files that have gone meanwhile are passed over.

    Args:
        dataset: Where the images are.
        kept: int64: indexes of the images that count.
        context: Progress and Cancel.
    """
    if dataset.spec.source.is_sample:  # drawn when they are asked for, many at a time, and all alike
        return _alike(dataset, len(kept))
    order = np.random.default_rng(_SEED).permutation(len(kept))[: limits.MAX_EXAMINED_FILES]
    found: list[tuple[int, int, int, int, str, str]] = []
    read = 0
    for done, row in enumerate(order.tolist()):
        if done % 64 == 0:
            context.progress(done, len(order), "files looked into")
        try:
            original = dataset.original(int(kept[row]))
            found.append((row, *_facts(original)))
        except (UnreadableImage, OSError, ValueError, SyntaxError):
            continue
        read += len(original) if isinstance(original, bytes) else original.nbytes
        if read > limits.MAX_EXAMINED_BYTES:
            break
    found.sort()
    columns = list(zip(*found, strict=True)) if found else [()] * 6
    rows, heights, widths, sizes = (np.array(one, np.int64) for one in columns[:4])
    return FileFacts(rows, heights, widths, sizes, tuple(map(str, columns[4])), tuple(map(str, columns[5])))


def _alike(dataset: Dataset, count: int) -> FileFacts:
    height, width, channels = dataset.shape
    words = ("colour" if channels == 3 else "grey",) * count
    sides = (np.full(count, height), np.full(count, width))
    return FileFacts(np.arange(count), *sides, np.zeros(count, np.int64), words, ("array",) * count)


def _facts(original: bytes | Array) -> tuple[int, int, int, str, str]:
    if not isinstance(original, bytes):
        height, width = original.shape[:2]
        return height, width, 0, "colour" if original.ndim == 3 and original.shape[2] == 3 else "grey", "array"
    with Image.open(io.BytesIO(original), formats=FORMATS) as image:
        width, height = image.size
        turned = "exif" in image.info and image.getexif().get(_ORIENTATION) in _TURNED
        size = (width, height) if turned else (height, width)
        return *size, len(original), MODES.get(image.mode, image.mode), image.format or "unknown"
