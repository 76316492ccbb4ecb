"""IDX and IDX.gz: the files of MNIST and its family.

Format (Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits"): two zero bytes, a byte for the
type of the numbers, a byte for how many sides the array has, the sides as big-endian 32-bit numbers, then the numbers.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import numpy as np

from engine import limits
from engine.data.contents import Contents, state_of
from engine.data.listing import PART_FOLDERS
from engine.data.readers.arrays import (
    EXPECTED,
    ArrayPixels,
    Block,
    check_count,
    layout_of,
    propose_for_arrays,
    scale_of,
)
from engine.data.readers.files import Entry, Files, damaged, read_exactly
from engine.data.readers.gunzip import MAGIC, gunzipped
from engine.data.readers.labels import class_names
from engine.data.readers.words import counted_images, dimensions
from engine.data.split import Part
from engine.data.words import few
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.images.proposing import Proposal
from engine.jobs import Context

_TYPES: Final = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
_PARTS: Final = {**PART_FOLDERS, "t10k": Part.TEST, "t50k": Part.TEST}
_LARGEST_HEADER: Final = 4 + 4 * 4


@dataclass(frozen=True)
class Header:
    """Numbers' type, sides, and where the numbers begin."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]

    @property
    def start(self) -> int:
        """Bytes of the header."""
        return 4 + 4 * len(self.shape)

    @property
    def size(self) -> int:
        """Bytes of the numbers."""
        return math.prod(self.shape) * self.dtype.itemsize


def is_idx(start: bytes) -> bool:
    """Whether these first bytes are an IDX header of images or labels."""
    return len(start) >= 8 and start[:2] == b"\0\0" and start[2] in _TYPES and 1 <= start[3] <= 4


def is_whole_idx(start: bytes, size: int) -> bool:
    """Whether a file of this size that begins like this is as long as its IDX header says."""
    if not is_idx(start) or len(start) < 4 + 4 * start[3]:
        return False
    header = header_of(start)
    return header.start + header.size == size


def header_of(start: bytes) -> Header:
    """The header that a file begins with; raises ValueError or struct.error where there is none."""
    if not is_idx(start):
        raise ValueError("no header")
    return Header(np.dtype(_TYPES[start[2]]), struct.unpack_from(f">{start[3]}I", start, 4))


def opened(files: Files, name: str) -> BinaryIO:
    """The file's own bytes, unpacked where it is a gz file."""
    stream = files.open(name)
    packed = stream.read(2) == MAGIC
    stream.seek(0)
    return gunzipped(stream, name) if packed else stream


def read_idx(
    files: Files, names: Sequence[str], chosen: str, preprocessing: Preprocessing | None, context: Context
) -> Contents:
    """The images and labels of IDX files.

    Args:
        names: The IDX files that lie together.
        chosen: The one that the user named, or ""; it says which family is meant where there are several.

    Raises:
        EngineError: where images or labels are missing, damaged, or do not fit each other.
    """
    entries = {one.name: one for one in files.entries}
    headers = {name: _header(files, entries[name]) for name in names}
    images = [name for name in names if len(headers[name].shape) >= 3]
    labels = [name for name in names if len(headers[name].shape) == 1]
    pairs = _pairs(images, labels, headers, chosen, files.title)
    parts = {image: _part(image) for image, _ in pairs} if len(pairs) > 1 else {}
    blocks, classes, said, notes = [], [], [], []
    for image, label in pairs:
        block, note = _block(files, image, headers[image])
        found = class_names(_labels(files, label, headers[label]), label)
        blocks.append(block)
        classes += found
        said += [parts.get(image)] * block.count
        notes += [note] if note else []
    check_count(len(classes), files.title)
    used = [one for pair in pairs for one in pair]
    state = state_of(
        [(files.state, files.title), *((name, entries[name].size, entries[name].changed) for name in used)]
    )
    scale = scale_of(blocks, state, context)
    notes += [f"{scale.words}."] if scale.words else []
    first = f"MNIST-type IDX: {counted_images(said)} of {dimensions(blocks[0].image_shape)}."
    left = [name for name in names if name not in used]
    notes += [f"Left out: {few(left)}."] if left else []
    return Contents(
        [id for block in blocks for id in block.ids()],
        classes,
        said,
        state,
        ArrayPixels(blocks, scale),
        Proposal(preprocessing) if preprocessing else propose_for_arrays(blocks),
        notes=[first, *dict.fromkeys(notes)],
    )


def _header(files: Files, entry: Entry) -> Header:
    with damaged(entry.name, EXPECTED), opened(files, entry.name) as stream:
        start = stream.read(_LARGEST_HEADER)
        header = header_of(start)
        if not _is_packed(files, entry.name) and header.start + header.size != entry.size:
            raise EngineError(
                f"{entry.name} says that it holds {' × '.join(f'{one:,}' for one in header.shape)} numbers, which need "
                f"{header.start + header.size:,} bytes, but it has {entry.size:,}.",
                EXPECTED,
                "The file is cut short or damaged: fetch it again.",
            )
        return header


def _is_packed(files: Files, name: str) -> bool:
    with files.open(name) as stream:
        return stream.read(2) == MAGIC


def _pairs(
    images: Sequence[str], labels: Sequence[str], headers: dict[str, Header], chosen: str, title: str
) -> list[tuple[str, str]]:
    """Files of images with their files of labels: by their names, or by their lengths where that is plain."""
    pairs = []
    for image in images:
        matching = [one for one in labels if headers[one].shape[0] == headers[image].shape[0]]
        same = [one for one in labels if _stem(one) == _stem(image)]
        fitting = same or (matching if len(matching) == 1 else [])
        if fitting:
            pairs.append((image, fitting[0]))
    families = sorted({_family(image) for image, _ in pairs})
    if chosen and any(chosen in one for one in pairs):
        family = next(_family(one[0]) for one in pairs if chosen in one)
        pairs = [one for one in pairs if _family(one[0]) == family]
    elif chosen and not pairs:
        raise _alone(chosen, is_images=chosen in images)
    elif len(families) > 1:
        raise EngineError(
            f"{title} holds several datasets: {few([one or 'files of no name' for one in families])}.",
            "Images and labels of one dataset are read at a time.",
            "Choose the file with the images that you mean.",
        )
    if not pairs:
        raise _alone(images[0] if images else labels[0], is_images=bool(images))
    for image, label in pairs:
        if headers[image].shape[0] != headers[label].shape[0]:
            raise EngineError(
                f"{image} holds {headers[image].shape[0]:,} images, but {label} {headers[label].shape[0]:,} labels.",
                "There is one label for each image.",
                "Use the two files that belong together.",
            )
    parts = [_part(image) for image, _ in pairs]
    if len(set(parts)) < len(parts):
        raise EngineError(
            f"Several files of images in {title} are for the same part: {few([one for one, _ in pairs])}.",
            "There is one file of images for training and one for testing.",
            "Keep only those that you mean in this folder.",
        )
    return pairs


def _alone(name: str, *, is_images: bool) -> EngineError:
    missing, present = ("labels", "images") if is_images else ("images", "labels")
    return EngineError(
        f"There are no {missing} for the {present} in {name}.",
        "IDX files come in pairs: train-images-idx3-ubyte with train-labels-idx1-ubyte beside it.",
        f"Put the file with the {missing} into the same folder.",
    )


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+\d*[a-z]*|\d+", name.lower().removesuffix(".gz"))


def _stem(name: str) -> tuple[str, ...]:
    """What the names of images and of their labels have in common."""
    words = [re.sub(r"^idx\d$", "idx", one) for one in _words(name)]
    return tuple({"images": "", "image": "", "labels": "", "label": ""}.get(one, one) for one in words)


def _part(name: str) -> Part | None:
    return next((_PARTS[one] for one in _words(name) if one in _PARTS), None)


def _family(name: str) -> str:
    return " ".join(one for one in _stem(name) if one and one not in _PARTS and one not in ("idx", "ubyte"))


def _block(files: Files, name: str, header: Header) -> tuple[Block, str]:
    check_count(header.shape[0], name)
    shape, layout, note = layout_of(header.shape[1:], name)
    open: Callable[[], BinaryIO] = lambda: opened(files, name)  # noqa: E731
    stem, packed = name.removesuffix(".gz"), bool(files.state) or _is_packed(files, name)
    return Block(stem, open, name, header.start, header.shape[0], header.dtype, shape, layout, packed=packed), note


def _labels(files: Files, name: str, header: Header) -> np.ndarray[Any, Any]:
    check_count(header.shape[0], name)
    if header.size > limits.MAX_IMAGES * 8:
        raise ValueError("too many labels")
    with damaged(name, EXPECTED), opened(files, name) as stream:
        stream.seek(header.start)
        found = np.frombuffer(read_exactly(stream, header.size), header.dtype)
        if stream.read(1):
            raise ValueError("something stands behind the labels")
        return found
