"""Arrays: images that stand one after the other in a file, and how their numbers become uint8.

The rule, the same for a whole source:
    - uint8 stays as it is; of bool, False is 0 and True 255.
    - Fractions that are all within 0 to 1 are multiplied by 255; those within -1 to 1 too, once 1 was added and they
      were halved.
    - Values within 0 to 255 are kept; of whole numbers within 0 to 65,535 each is divided by 257, as in 16-bit images.
    - Any other range is stretched from its minimum to its maximum. What is no finite number becomes 0.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, BinaryIO, Final, Literal

import numpy as np

from engine import limits
from engine.data.dataset import Unreadable
from engine.data.pixels import copy
from engine.data.readers.files import damaged, read_exactly
from engine.errors import EngineError
from engine.geometry import Shape
from engine.images.preprocessing import Preprocessing
from engine.images.proposing import Proposal, suited
from engine.jobs import Context

Array = np.ndarray[Any, Any]
Layout = Literal["hw", "hwc", "chw"]

EXPECTED: Final = "The file holds as many numbers as its beginning says, and nothing behind them."
_AT_ONCE: Final = 4 << 20
"""Bytes of images that are read in one piece."""


@dataclass(frozen=True)
class Block:
    """Images of one file.

    Attributes:
        name: What their ids begin with.
        open: The file.
        title: What messages call it.
        start: Where the first record begins.
        count: Records.
        skip: Bytes in front of the pixels in each record: CIFAR's labels.
        dtype: Of the numbers, byte order included.
        shape: Of one image as it is stored.
        layout: The meaning of `shape`.
        last: Whether nothing may stand behind the last record.
        packed: Whether to begin reading anywhere costs much, so that the file is better kept open.
    """

    name: str
    open: Callable[[], BinaryIO]
    title: str
    start: int
    count: int
    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    layout: Layout
    skip: int = 0
    last: bool = True
    packed: bool = False

    @property
    def record(self) -> int:
        """Bytes of one record."""
        return self.skip + math.prod(self.shape) * self.dtype.itemsize

    @property
    def image_shape(self) -> Shape:
        """Height, width and channels of an image."""
        sides = self.shape
        if self.layout == "hw":
            return (sides[0], sides[1], 1)
        return (sides[0], sides[1], sides[2]) if self.layout == "hwc" else (sides[1], sides[2], sides[0])

    def ids(self) -> list[str]:
        """An id for each image."""
        return [f"{self.name}/{number:07d}" for number in range(self.count)]

    def pieces(self, context: Context) -> Iterator[Array]:
        """All images a piece at a time, (images, height, width, channels), in their own dtype.

        Raises:
            EngineError: where the file is damaged, or not as long as it should be.
        """
        at_once = max(1, _AT_ONCE // max(1, self.record))
        with damaged(self.title, EXPECTED), self.open() as stream:
            stream.seek(self.start)
            for start in range(0, self.count, at_once):
                context.check()
                many = min(at_once, self.count - start)
                yield self.images(read_exactly(stream, many * self.record), many)
            if self.last and stream.read(1):
                raise ValueError("something stands behind the images")

    def one(self, number: int, stream: BinaryIO) -> Array:
        """A single image, (height, width, channels), in its own dtype; raises EngineError as `pieces` does."""
        with damaged(self.title, EXPECTED):
            stream.seek(self.start + number * self.record)
            image: Array = self.images(read_exactly(stream, self.record), 1)[0]
            return image

    def images(self, data: bytes, many: int) -> Array:
        """What these records hold."""
        records = np.frombuffer(data, np.uint8).reshape(many, self.record)[:, self.skip :]
        found = np.ascontiguousarray(records).view(self.dtype).reshape(many, *self.shape)
        if self.layout == "hw":
            return found[..., np.newaxis]
        return found if self.layout == "hwc" else found.transpose(0, 2, 3, 1)


@dataclass(frozen=True)
class Scale:
    """value -> (value - low) * factor, rounded and kept within 0 to 255; a factor of 0 keeps the values."""

    low: float = 0.0
    factor: float = 0.0
    words: str = ""

    def to_bytes(self, images: Array) -> Array:
        """The images as uint8."""
        if images.dtype == np.uint8 and not self.factor:
            return images
        numbers = np.nan_to_num(images.astype(np.float64), nan=self.low, posinf=self.low, neginf=self.low)
        if self.factor:
            numbers = (numbers - self.low) * self.factor
        return np.asarray((np.clip(numbers, 0.0, 255.0) + 0.5).astype(np.uint8))


def scale_of(blocks: Sequence[Block], state: str, context: Context) -> Scale:
    """The rule for these images' numbers; reads all of them where they are not bytes, once for each state."""
    if state not in _SCALES:
        while len(_SCALES) >= _SCALES_KEPT:
            _SCALES.pop(next(iter(_SCALES)))
        _SCALES[state] = _scale_of(blocks, context)
    return _SCALES[state]


def _scale_of(blocks: Sequence[Block], context: Context) -> Scale:
    kinds = {one.dtype for one in blocks}
    if kinds == {np.dtype(np.uint8)}:
        return Scale()
    if all(one.kind == "b" for one in kinds):
        return Scale(0.0, 255.0, "False became black (0) and True white (255)")
    low, high, finite = math.inf, -math.inf, True
    for block in blocks:
        for piece in block.pieces(context):
            numbers = piece
            if piece.dtype.kind == "f" and not (good := np.isfinite(piece)).all():
                finite, numbers = False, piece[good]
            if numbers.size:
                low, high = min(low, float(numbers.min())), max(high, float(numbers.max()))
    whole = all(one.kind in "iu" for one in kinds)
    scale = _scale(low, high, whole) if low <= high else Scale(0.0, 0.0, "")
    if finite:
        return scale
    return Scale(scale.low, scale.factor, f"{scale.words}; what is no finite number became black".removeprefix("; "))


def _scale(low: float, high: float, whole: bool) -> Scale:
    said = f"Values from {low:g} to {high:g}"
    if low >= 0 and high <= 1 and not whole:
        return Scale(0.0, 255.0, f"{said} were multiplied by 255")
    if low >= -1 and high <= 1 and not whole:
        return Scale(-1.0, 127.5, f"{said} were brought from -1 … 1 to 0 … 255")
    if low >= 0 and high <= 255:
        return Scale(0.0, 0.0, f"{said} were kept, rounded to whole numbers")
    if low >= 0 and high <= 65_535 and whole:
        return Scale(0.0, 1 / 257, f"{said} were divided by 257, as in 16-bit images")
    spread = high - low
    factor = 255.0 / spread if math.isfinite(spread) and spread > 0 else 0.0
    if not factor:
        return Scale(low, 1e-300, f"{said} differ too little or too much: all became black")
    return Scale(low, factor, f"{said} were stretched to 0 … 255")


_SCALES: dict[str, Scale] = {}
"""By the state of the source: to look through a large file again takes seconds."""
_SCALES_KEPT: Final = 16


class ArrayPixels:
    """The images of blocks, read a piece at a time."""

    def __init__(self, blocks: Sequence[Block], scale: Scale) -> None:
        self.blocks = blocks
        self.scale = scale
        self._kept = contextlib.ExitStack()
        self._streams: dict[int, BinaryIO] = {}
        self._reading = Lock()

    def __del__(self) -> None:
        if hasattr(self, "_kept"):
            self._kept.close()

    def fill(self, target: Array, preprocessing: Preprocessing, context: Context) -> dict[int, Unreadable]:
        at = 0
        for block in self.blocks:
            for piece in block.pieces(context):
                context.progress(at, len(target), "images")
                copy(self.scale.to_bytes(piece), target[at : at + len(piece)], preprocessing)
                at += len(piece)
        return {}

    def original(self, index: int) -> Array:
        for place, block in enumerate(self.blocks):
            if index < block.count:
                return self.scale.to_bytes(self._one(place, block, index))
            index -= block.count
        raise IndexError(index)

    def _one(self, place: int, block: Block, number: int) -> Array:
        if not block.packed:
            with block.open() as stream:
                return block.one(number, stream)
        with self._reading:
            if place not in self._streams:
                self._streams[place] = self._kept.enter_context(block.open())
            return block.one(number, self._streams[place])


def layout_of(shape: tuple[int, ...], title: str) -> tuple[tuple[int, ...], Layout, str]:
    """How images of this stored shape are meant: (shape, layout, a note or "").

    Raises:
        EngineError: where they cannot be images.
    """
    note = ""
    if len(shape) == 1:
        side = math.isqrt(shape[0])
        if side * side == shape[0] and side > 1:
            shape = (side, side)
            note = f"Each image was a row of {side * side:,} numbers, taken as {side} × {side} pixels."
        elif shape[0] % 3 == 0 and (side := math.isqrt(shape[0] // 3)) ** 2 * 3 == shape[0] and side > 1:
            shape = (3, side, side)
            note = f"Each image was a row of {shape[0] * side * side:,} numbers, taken as red, green and blue planes."
    layout: Layout | None = None
    if len(shape) == 2:
        layout = "hw"
    elif len(shape) == 3 and shape[2] in (1, 3):
        layout = "hwc"
    elif len(shape) == 3 and shape[0] in (1, 3):
        layout = "chw"
        note = note or "The channels stand first, and were moved behind height and width."
    if layout is None or 0 in shape:
        raise EngineError(
            f"The images in {title} have the shape {' × '.join(map(str, shape)) or 'of single numbers'}.",
            "An image is height × width, or with 1 or 3 channels before or behind these.",
            "Save the images like this, all of one size.",
        )
    if math.prod(shape) > limits.MAX_IMAGE_PIXELS:
        raise EngineError(
            f"The images in {title} are said to be {' × '.join(f'{one:,}' for one in shape)}.",
            f"An image has at most {limits.MAX_IMAGE_PIXELS // 1_000_000} megapixels.",
            "Check the file: its header is damaged, or it holds something else.",
        )
    return shape, layout, note


def propose_for_arrays(blocks: Sequence[Block]) -> Proposal:
    """The size of the images where it is bearable."""
    shapes = [one.image_shape for one in blocks]
    channels = "rgb" if any(one[2] == 3 for one in shapes) else "grayscale"
    return suited([(one[0], one[1]) for one in shapes], channels)


def check_count(count: int, title: str) -> None:
    """Raise EngineError where there is no image, or there are too many."""
    if not 0 < count <= limits.MAX_IMAGES:
        raise EngineError(
            f"{title} is said to hold {count:,} images.",
            f"A dataset has 1 to {limits.MAX_IMAGES:,} images.",
            "Check the file: its header is damaged, or it holds something else.",
        )
