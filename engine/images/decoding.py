"""Decoding: the one way from an image file to pixels, taken by training, prediction and drag and drop alike.

What the rules are:
    - Only JPEG, PNG, BMP, GIF, TIFF and WebP are read, told by content, never by the file's name.
    - The camera's orientation (EXIF) is obeyed. Of an animation or a file of several pages the first is taken.
    - Transparent pixels are laid over a colour, white where nothing else is said. Palettes, CMYK and other colour
      spaces become RGB.
    - 16-bit values are divided by 257, so that 65,535 becomes 255. Of floating-point images, values within 0 to 1 are
      multiplied by 255 and values within 0 to 255 kept; any other range is stretched from its minimum to its maximum.
      Where a range was chosen, that one counts (`engine.images.ranges`). Colour of 16 bits is read with its upper 8.
    - A file that cannot be decoded to its last pixel is refused; half an image is none.
"""

from __future__ import annotations

import io
import math
import os
import stat
from pathlib import Path
from typing import Any

import numpy as np
import simplejpeg
from PIL import Image, ImageOps, UnidentifiedImageError

from engine import limits
from engine.errors import EngineError
from engine.images.preprocessing import Colour, Preprocessing, brightness
from engine.images.ranges import eight_bits

FORMATS = ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP")
"""The formats that are read; others have decoders with a history of faults, or would start other programs."""

SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp"})
"""The usual endings of their names, lower case."""

Array = np.ndarray[Any, Any]

_ORIENTATION = 0x0112
_RESAMPLING = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
_HEADER_BYTES = 1 << 18
"""Of a file are read to find its size, unless that is not enough."""
_SMALL_BYTES = 1 << 16
"""Up to this size, all of a file is looked through faster than it is taken apart."""
_KEEPS_DETAIL = 2.0
"""A JPEG is decoded at a reduced scale only down to this many times the size that is needed."""

# Sizes are checked by `_opened`, with a sentence a person understands; Pillow's own check would only warn.
Image.MAX_IMAGE_PIXELS = None


class UnreadableImage(EngineError):
    """An image file that cannot be used.

    Attributes:
        why: The reason as the end of a sentence: "it is a text file, not an image".
        passing: Whether the same file may be readable another time, as where no one may open it now.
    """

    def __init__(self, name: str, why: str, *, passing: bool = False) -> None:
        super().__init__(
            f"{name} could not be read: {why}.",
            f"An image is a whole file in one of the formats {', '.join(FORMATS)}, of at most "
            f"{limits.MAX_IMAGE_PIXELS // 1_000_000} megapixels.",
            "Leave it out, or replace it with a good copy.",
        )
        self.name = name
        self.why = why
        self.passing = passing

    def __reduce__(self) -> tuple[type[UnreadableImage], tuple[str, str], dict[str, bool]]:
        return UnreadableImage, (self.name, self.why), {"passing": self.passing}


def decode(file: Path | bytes, preprocessing: Preprocessing) -> Array:
    """The image as the network's input.

    Args:
        file: A path, or the bytes of a file.
        preprocessing: Size, colour mode and resize policy.

    Returns:
        uint8, (height, width, channels) of `preprocessing`.

    Raises:
        UnreadableImage: where the file is not a whole image in one of `FORMATS`.
    """
    name = file.name if isinstance(file, Path) else "The image"
    return decode_bytes(read_bytes(file) if isinstance(file, Path) else file, preprocessing, name)


def decode_bytes(data: bytes, preprocessing: Preprocessing, name: str) -> Array:
    """`decode` for bytes that came from a file called `name`."""
    try:
        plain = _plain_jpeg(data, preprocessing)
        if plain is not None:
            return plain
        image = _opened(data, name)
        if image.format == "JPEG":
            _reduce(image, preprocessing)
        return fitted(_upright(image), preprocessing)
    except UnreadableImage:
        raise
    except Exception as error:
        raise UnreadableImage(name, _reason(error, data), passing=isinstance(error, MemoryError)) from error


def decode_whole(data: bytes, name: str) -> Array:
    """The image at its own size, upright, 8 bits: uint8, (height, width, 1 or 3); raises UnreadableImage."""
    try:
        pixels = np.asarray(_plain(_upright(_opened(data, name)), Preprocessing()))
    except UnreadableImage:
        raise
    except Exception as error:
        raise UnreadableImage(name, _reason(error, data), passing=isinstance(error, MemoryError)) from error
    return pixels[..., np.newaxis] if pixels.ndim == 2 else pixels


def is_image(path: Path) -> bool:
    """Whether the name says that this is an image; only decoding can tell for certain."""
    return path.suffix.lower() in SUFFIXES


def read_size(file: Path | bytes) -> tuple[int, int]:
    """Height and width as the image is seen, orientation obeyed; decodes nothing but the header."""
    return header(file)[0]


def header(file: Path | bytes) -> tuple[tuple[int, int], bool]:
    """Height and width as the image is seen, and whether its pixels can hold colour; raises UnreadableImage."""
    if isinstance(file, bytes):
        return _header(file, "The image")
    beginning = read_bytes(file, _HEADER_BYTES)
    try:
        return _header(beginning, file.name)
    except UnreadableImage:  # a TIFF may have it at its end
        return _header(read_bytes(file), file.name)


def _header(data: bytes, name: str) -> tuple[tuple[int, int], bool]:
    try:
        image = _opened(data, name)
        width, height = image.size
        size = (width, height) if _orientation(image) >= 5 else (height, width)
        return size, image.mode not in {"1", "L", "LA", "I;16", "I;16B", "I;16L", "I", "F"}
    except UnreadableImage:
        raise
    except Exception as error:
        raise UnreadableImage(name, _reason(error, data), passing=isinstance(error, MemoryError)) from error


def read_bytes(path: Path | str, at_most: int = limits.MAX_IMAGE_BYTES) -> bytes:
    """The bytes of a regular file of bearable size, or the first of them; raises UnreadableImage for everything else.

    Opened without blocking, since a named pipe that calls itself x.png would wait for ever.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            return _read_open(descriptor, at_most)
        finally:
            os.close(descriptor)
    except UnreadableImage as error:
        raise UnreadableImage(Path(path).name, error.why) from error
    except (OSError, ValueError) as error:
        raise UnreadableImage(Path(path).name, _why_closed(error), passing=True) from error


def _read_open(descriptor: int, at_most: int) -> bytes:
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        raise UnreadableImage("", "it is a folder, pipe or device, not a file")
    if facts.st_size > limits.MAX_IMAGE_BYTES:
        raise UnreadableImage("", f"it is larger than {limits.MAX_IMAGE_BYTES // 1024**2} MB")
    parts = []
    left = min(facts.st_size, at_most)
    while left > 0 and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def fitted(image: Image.Image, preprocessing: Preprocessing) -> Array:
    """An upright image in any of Pillow's modes, brought to the size and colour mode; uint8 with channels."""
    mode = "RGB" if preprocessing.channels == "rgb" else "L"
    plain = _plain(image, preprocessing)
    if plain.mode != mode:
        plain = plain.convert(mode)
    pixels = np.asarray(_resized(plain, preprocessing))
    return pixels if mode == "RGB" else pixels[..., np.newaxis]


def _plain_jpeg(data: bytes, preprocessing: Preprocessing) -> Array | None:
    """An ordinary JPEG, faster than by Pillow and with the same pixels, small ones ten times; None leaves it to Pillow.

    Both decode with libjpeg-turbo; Pillow's time goes into Python code that reads the header. Whatever is not plain
    (an orientation, other colour spaces, damage) is Pillow's.
    """
    if not data.startswith(b"\xff\xd8\xff") or _has_metadata(data):
        return None
    try:
        height, width, colours, _ = simplejpeg.decode_jpeg_header(data)
        if height * width > limits.MAX_IMAGE_PIXELS or colours not in {"YCbCr", "Gray"}:
            return None
        factor = _reduction(width, height, _scale(width, height, preprocessing))
        pixels: Array = simplejpeg.decode_jpeg(
            data,
            "RGB" if colours == "YCbCr" else "GRAY",
            min_height=-(-height // factor),
            min_width=-(-width // factor),
            min_factor=factor,
        )
    except ValueError:
        return None
    if pixels.shape == preprocessing.shape:
        return pixels
    return fitted(Image.fromarray(pixels if colours == "YCbCr" else pixels[..., 0]), preprocessing)


def _has_metadata(data: bytes) -> bool:
    """Whether a JPEG says something about its orientation before its pixels begin, where it is large enough to look."""
    end = len(data) if len(data) <= _SMALL_BYTES else _end_of_header(data)
    return data.find(b"Exif\0", 0, end) >= 0 or data.find(b"http://ns.adobe.com/xap", 0, end) >= 0


def _end_of_header(data: bytes) -> int:
    """Where the pixels of a JPEG begin; the end of the file where that is not clear."""
    place = 2
    while data[place : place + 1] == b"\xff" and place + 4 <= len(data):
        if data[place + 1] == 0xDA:  # start of scan
            return place
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return len(data)


def _reduction(width: int, height: int, scale: float) -> int:
    """By how much a JPEG's sides can be divided in decoding, so that `scale` of them is kept: 1, 2, 4 or 8."""
    if scale > 0.5:
        return 1
    wanted = (math.ceil(width * scale), math.ceil(height * scale))
    most = min(width // wanted[0], height // wanted[1])
    return next(one for one in (8, 4, 2, 1) if one <= most)


def _scale(width: int, height: int, preprocessing: Preprocessing) -> float:
    """How much of an upright image's size decoding must keep."""
    across, down = preprocessing.width / width, preprocessing.height / height
    return _KEEPS_DETAIL * (min(across, down) if preprocessing.resize == "pad" else max(across, down))


def _opened(data: bytes, name: str) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    width, height = image.size
    if width * height > limits.MAX_IMAGE_PIXELS:
        most = limits.MAX_IMAGE_PIXELS // 1_000_000
        raise UnreadableImage(name, f"it is {width:,} × {height:,} pixels, more than {most} megapixels")
    if width < 1 or height < 1:
        raise UnreadableImage(name, "it has no pixels")
    return image


def _reduce(image: Image.Image, preprocessing: Preprocessing) -> None:
    """Let a JPEG much larger than needed be decoded at a half, a quarter or an eighth of its size."""
    width, height = image.size
    if _orientation(image) >= 5:
        width, height = height, width
    scale = _scale(width, height, preprocessing)
    if scale <= 0.5:
        image.draft(None, (math.ceil(image.size[0] * scale), math.ceil(image.size[1] * scale)))


def _orientation(image: Image.Image) -> int:
    # Reading EXIF costs as much as decoding a small image, so only where there is some.
    if image.format == "TIFF" or not {"exif", "xmp", "Raw profile type exif"}.isdisjoint(image.info):
        value = image.getexif().get(_ORIENTATION, 1)
        return value if isinstance(value, int) and 1 <= value <= 8 else 1
    return 1


def _upright(image: Image.Image) -> Image.Image:
    if _orientation(image) == 1:
        image.load()
        return image
    return ImageOps.exif_transpose(image)


def _plain(image: Image.Image, preprocessing: Preprocessing) -> Image.Image:
    """The image as L or RGB, 8 bits, without transparency."""
    if image.mode in {"L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode.startswith(("I", "F")):
        return Image.fromarray(eight_bits(np.asarray(image), preprocessing))
    if image.mode in {"LA", "La", "PA", "RGBA", "RGBa"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        behind = Image.new("RGBA", seen.size, (*preprocessing.background_colour, 255))
        return Image.alpha_composite(behind, seen).convert("RGB")
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


def _resized(image: Image.Image, preprocessing: Preprocessing) -> Image.Image:
    wanted = (preprocessing.width, preprocessing.height)
    if image.size == wanted:
        return image
    resampling = _RESAMPLING[preprocessing.interpolation]
    if preprocessing.resize == "stretch":
        return image.resize(wanted, resampling)
    if preprocessing.resize == "pad":
        colour = preprocessing.padding_colour or _edge(image)
        return ImageOps.pad(image, wanted, resampling, color=colour if image.mode == "RGB" else brightness(colour))
    return ImageOps.fit(image, wanted, resampling)


def _edge(image: Image.Image) -> Colour:
    """The mean colour of the outermost pixels, each counted once."""
    pixels = np.asarray(image.convert("RGB"))
    sides = (pixels[0], pixels[1:, -1], pixels[-1, :-1], pixels[1:-1, 0])
    mean = np.concatenate(sides if min(pixels.shape[:2]) > 1 else (pixels.reshape(-1, 3),)).mean(axis=0)
    red, green, blue = (round(float(one)) for one in mean)
    return red, green, blue


def _why_closed(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is no longer there"
    if isinstance(error, PermissionError):
        return "this user may not open it"
    return f"it could not be opened ({getattr(error, 'strerror', None) or error})"


def _reason(error: Exception, data: bytes) -> str:
    if not data:
        return "the file is empty"
    if isinstance(error, UnidentifiedImageError):
        return "it is a text file, not an image" if _is_text(data) else "it is not an image in a format that is read"
    if isinstance(error, MemoryError):
        return "there is not enough memory to decode it"
    return "the file is damaged or cut short"


def _is_text(data: bytes) -> bool:
    start = data[:1024]
    return b"\0" not in start and all(one >= 32 or one in b"\t\n\r\f" for one in start)
