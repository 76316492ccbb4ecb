"""Originals: an image as its file holds it, to be looked at large, with what the file says of itself."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PIL import Image

from engine.images.decoding import FORMATS, decode_whole

Array = np.ndarray[Any, Any]
Box = tuple[int, int, int, int]
"""Top, left, height and width, in pixels of the original."""

_ORIENTATION: Final = 0x0112
_CHANGED: Final = 0x0132
_DETAILS: Final = 0x8769
_TAKEN: Final = 0x9003
_LONGEST: Final = 100
"""Characters of what a file says of itself that are shown."""


@dataclass(frozen=True)
class FileFacts:
    """What an image file says of itself; the values of no file are "" and 0.

    Attributes:
        format: As Pillow calls it: "JPEG".
        mode: As Pillow calls it: "RGB", "I;16".
        size: In bytes.
        orientation: EXIF, 1 to 8.
        taken: EXIF, as the camera wrote it.
    """

    format: str = ""
    mode: str = ""
    size: int = 0
    orientation: int = 1
    taken: str = ""


@dataclass(frozen=True, eq=False)
class Original:
    """A decoded original.

    Attributes:
        pixels: uint8, (height, width, 1 or 3), upright.
    """

    pixels: Array
    facts: FileFacts

    def histogram(self) -> Array:
        """int64, (channels, 256): how many pixels have each value."""
        channels = self.pixels.shape[2]
        return np.stack([np.bincount(self.pixels[..., one].ravel(), minlength=256) for one in range(channels)])

    def part(self, box: Box | None, side: int) -> tuple[Box, Array]:
        """A part of the image, or all of it, made smaller where it is larger than `side`.

        Returns:
            The part that it is, within the image, and uint8 (height, width, channels), each side at most `side`.
        """
        height, width = self.pixels.shape[:2]
        top, left, rows, columns = box or (0, 0, height, width)
        top, left = min(max(top, 0), height - 1), min(max(left, 0), width - 1)
        rows, columns = max(1, min(rows, height - top)), max(1, min(columns, width - left))
        pixels = self.pixels[top : top + rows, left : left + columns]
        if max(rows, columns) > side:
            scale = side / max(rows, columns)
            size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
            grey = pixels.shape[2] == 1
            image = Image.fromarray(np.ascontiguousarray(pixels[..., 0] if grey else pixels))
            pixels = np.asarray(image.resize(size, Image.Resampling.BOX))
            pixels = pixels[..., np.newaxis] if grey else pixels
        return (top, left, rows, columns), np.ascontiguousarray(pixels)


def read_original(source: bytes | Array, name: str) -> Original:
    """The original of what a source holds: the bytes of a file, or an array.

    Raises:
        UnreadableImage: where the bytes are no whole image.
    """
    if isinstance(source, bytes):
        return Original(decode_whole(source, name), _facts(source))
    pixels = source if source.ndim == 3 else source[..., np.newaxis]
    return Original(pixels, FileFacts(mode="RGB" if pixels.shape[2] == 3 else "L"))


def _facts(data: bytes) -> FileFacts:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        orientation, taken = 1, ""
        # A file may be a good image and say nonsense of itself.
        with contextlib.suppress(Exception):
            exif = image.getexif()
            said = exif.get(_ORIENTATION, 1)
            orientation = said if isinstance(said, int) and 1 <= said <= 8 else 1
            taken = str(exif.get_ifd(_DETAILS).get(_TAKEN) or exif.get(_CHANGED) or "")[:_LONGEST]
        return FileFacts(image.format or "", image.mode, len(data), orientation, taken)
