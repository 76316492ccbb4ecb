"""Preparing: one image before and after a preprocessing, to look at."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from engine.images.decoding import FORMATS, decode_bytes, fitted, read_size
from engine.images.preprocessing import Preprocessing

SIDE = 320
"""Height and width, in pixels, that the image before is at most shown with."""

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Prepared:
    """An image before and after.

    Attributes:
        name: Its id.
        size: Height and width of the image itself.
        before: uint8, (height, width, 3): all of the image, at most `SIDE` high and wide, over white and in the
            automatic range.
        after: uint8, (height, width, channels) as the network sees it.
        values: The smallest and the largest value, where it has more than 8 bits.
        preprocessing: What prepared it.
    """

    name: str
    size: tuple[int, int]
    before: Array
    after: Array
    values: tuple[float, float] | None
    preprocessing: Preprocessing


def prepared(original: bytes | Array, preprocessing: Preprocessing, name: str) -> Prepared:
    """Prepare one image.

    Args:
        original: A file's bytes, or uint8 pixels (height, width, 1 or 3).
        preprocessing: How.
        name: The image's id.

    Raises:
        UnreadableImage: where it is not a whole image.
    """
    if isinstance(original, bytes):
        size = read_size(original)
        before = decode_bytes(original, _whole(size), name)
        return Prepared(
            name, size, before, decode_bytes(original, preprocessing, name), _values(original), preprocessing
        )
    height, width, channels = original.shape
    image = Image.fromarray(original[..., 0] if channels == 1 else original)
    before = fitted(image, _whole((height, width)))
    return Prepared(name, (height, width), before, fitted(image, preprocessing), None, preprocessing)


def _whole(size: tuple[int, int]) -> Preprocessing:
    """All of an image, made smaller where it is large."""
    scale = min(1.0, SIDE / max(size))
    height, width = (max(1, round(side * scale)) for side in size)
    return Preprocessing(height, width, "rgb", "stretch")


def _values(data: bytes) -> tuple[float, float] | None:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if not image.mode.startswith(("I", "F")):
            return None
        values = np.asarray(image)
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else None
