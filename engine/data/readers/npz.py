"""NPZ: images and labels as arrays in one file, as NumPy and Keras save them.

A member's header is read and compared with its size before any of its numbers; pickled objects are never loaded.
"""

from __future__ import annotations

import ast
import math
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, Final

import numpy as np

from engine import limits
from engine.data.contents import Contents, state_of
from engine.data.listing import PART_FOLDERS
from engine.data.readers.arrays import ArrayPixels, Block, check_count, layout_of, propose_for_arrays, scale_of
from engine.data.readers.files import Files, damaged, read_exactly
from engine.data.readers.labels import class_names, texts
from engine.data.readers.words import counted_images, dimensions
from engine.data.readers.zip_files import open_zip
from engine.data.split import Part
from engine.data.words import few
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.images.proposing import Proposal
from engine.jobs import Context

Array = np.ndarray[Any, Any]

EXPECTED: Final = (
    "An NPZ file holds images and labels as arrays called x and y, images and labels, or x_train, y_train, x_test and "
    "y_test."
)
_IMAGES: Final = {"x", "image", "images", "img", "imgs", "picture", "pictures", "pixels", "data", "features"}
_LABELS: Final = {"y", "label", "labels", "target", "targets", "class", "classes"}
_NAMES: Final = ("class_names", "label_names", "target_names", "names")
_PARTS: Final = {**PART_FOLDERS, "valid": Part.VALIDATION, "dev": Part.VALIDATION}
_LONGEST_HEADER: Final = 10_000
_MOST_LABEL_BYTES: Final = 1 << 30


@dataclass(frozen=True)
class Member:
    """An array of the file, known by its header."""

    name: str
    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    start: int
    by_columns: bool


def is_npz(names: Sequence[str]) -> bool:
    """Whether a zip file with these members is an NPZ file."""
    return bool(names) and all(one.endswith(".npy") and "/" not in one for one in names)


def read_npz(files: Files, name: str, preprocessing: Preprocessing | None, context: Context) -> Contents:
    """The images and labels of an NPZ file.

    Raises:
        EngineError: where it is damaged, holds Python objects, or has no images with labels.
    """
    entry = next(one for one in files.entries if one.name == name)
    with damaged(name, EXPECTED), files.open(name) as stream, open_zip(stream, name) as archive:
        members = {one.name: one for info in archive.infolist() if (one := _member(archive, info, name)) is not None}
        pairs = _pairs(members, name)
        known = _known_names(archive, members, name)
        labels = [
            class_names(_load(archive, members[label], name), f"{label} of {name}", known) for _, label, _ in pairs
        ]
    blocks, notes = [], []
    for (image, label, _), found in zip(pairs, labels, strict=True):
        block, note = _block(files, name, members[image])
        if block.count != len(found):
            raise EngineError(
                f"{name}: {image} holds {block.count:,} images, but {label} {len(found):,} labels.",
                "There is one label for each image.",
                "Save arrays of the same length.",
            )
        blocks.append(block)
        notes += [note] if note else []
    parts: list[Part | None] = []
    for block, (_, _, part) in zip(blocks, pairs, strict=True):
        parts += [part if len(pairs) > 1 else None] * block.count
    check_count(len(parts), name)
    state = state_of([(files.state, files.title, entry.name, entry.size, entry.changed)])
    scale = scale_of(blocks, state, context)
    notes += [f"{scale.words}."] if scale.words else []
    used = {one for image, label, _ in pairs for one in (image, label)} | set(_NAMES)
    left = [one for one in members if one not in used]
    notes += [f"Left out: {few(left)}."] if left else []
    arrays = ", ".join(f"{image} with {label}" for image, label, _ in pairs)
    first = f"NPZ arrays ({arrays}): {counted_images(parts)} of {dimensions(blocks[0].image_shape)}."
    return Contents(
        [id for block in blocks for id in block.ids()],
        [one for found in labels for one in found],
        parts,
        state,
        ArrayPixels(blocks, scale),
        Proposal(preprocessing) if preprocessing else propose_for_arrays(blocks),
        notes=[first, *dict.fromkeys(notes)],
    )


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, title: str) -> Member | None:
    """What a member's header says; None for a member that is no array."""
    if not info.filename.endswith(".npy"):
        return None
    with archive.open(info) as stream:
        shape, by_columns, dtype, start = _header(stream)
    name = info.filename.removesuffix(".npy")
    if dtype.hasobject:  # such a member is pickled, and would run code
        return Member(name, dtype, shape, start, by_columns)
    if any(type(one) is not int or one < 0 for one in shape):
        raise ValueError("a side is below zero")
    needed = start + math.prod(shape) * dtype.itemsize
    if needed != info.file_size:
        raise EngineError(
            f"{title}: the array {name} says that it needs {needed:,} bytes, but has {info.file_size:,}.",
            EXPECTED,
            "The file is cut short or damaged: fetch or save it again.",
        )
    return Member(name, dtype, shape, start, by_columns)


def _header(stream: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[Any], int]:
    """Shape, whether columns come first, type, and where the numbers begin; NumPy's own reader lets errors of Python's
    tokenizer through.
    """
    magic = read_exactly(stream, 8)
    if magic[:6] != b"\x93NUMPY" or magic[6] not in (1, 2, 3):
        raise ValueError("no array")
    form = "<H" if magic[6] == 1 else "<I"
    (length,) = struct.unpack(form, read_exactly(stream, struct.calcsize(form)))
    if length > _LONGEST_HEADER:
        raise ValueError("too long a header")
    text = read_exactly(stream, length).decode("latin-1" if magic[6] < 3 else "utf-8")
    try:
        found = ast.literal_eval(re.sub(r"(?<=\d)L\b", "", text.strip()))  # Python 2 wrote 10L
    except SyntaxError as error:
        raise ValueError("no header") from error
    if not isinstance(found, dict) or set(found) != {"descr", "fortran_order", "shape"}:
        raise ValueError("no header")
    shape, by_columns = found["shape"], found["fortran_order"]
    if not isinstance(shape, tuple) or not isinstance(by_columns, bool) or len(shape) > 32:
        raise ValueError("no shape")
    return shape, by_columns, np.lib.format.descr_to_dtype(found["descr"]), 8 + struct.calcsize(form) + length


def _pairs(members: dict[str, Member], title: str) -> list[tuple[str, str, Part | None]]:
    """Names of images and labels, with the part that the names say."""
    images: dict[tuple[str, ...], str] = {}
    labels: dict[tuple[str, ...], str] = {}
    for name in members:
        words = [one.lower() for one in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)]
        for meanings, found in ((_IMAGES, images), (_LABELS, labels)):
            if any(one in meanings for one in words) and name not in _NAMES:
                found.setdefault(tuple(one for one in words if one not in meanings), name)
    for name in labels.values():  # "class_images" are images, "label_data" are labels: the last word counts
        for found in (images, labels):
            _keep_one(found, name, is_label=_is_label(name), here=found is labels)
    pairs = [(image, labels[key], _part(key)) for key, image in images.items() if key in labels]
    if not pairs:
        pairs = _only_pair(members)
    if not pairs:
        what = f"the arrays {few(sorted(members))}" if members else "no arrays"
        raise EngineError(
            f"{title} holds {what}, and none are images with labels.", EXPECTED, "Save it with such names."
        )
    for image, label, _ in pairs:
        for one in (image, label):
            if members[one].dtype.hasobject:
                raise EngineError(
                    f"The array {one} in {title} holds Python objects, not numbers.",
                    "Objects could run a program when they are loaded, so they are not read.",
                    "Save plain arrays of numbers or text.",
                )
    parts = [one[2] for one in pairs]
    if len(pairs) > 1 and len(set(parts)) < len(parts):
        raise EngineError(
            f"{title} holds several pairs of images and labels for the same part: {few([one[0] for one in pairs])}.",
            EXPECTED,
            "Keep one pair for each part.",
        )
    return sorted(pairs, key=lambda one: (list(Part).index(one[2]) if one[2] else 9, one[0]))


def _keep_one(found: dict[tuple[str, ...], str], name: str, *, is_label: bool, here: bool) -> None:
    if is_label != here:
        for key in [key for key, one in found.items() if one == name]:
            del found[key]


def _is_label(name: str) -> bool:
    words = [one.lower() for one in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)]
    meant = [one for one in words if one in _IMAGES | _LABELS]
    return bool(meant) and meant[-1] in _LABELS


def _part(words: Sequence[str]) -> Part | None:
    return next((_PARTS[one] for one in words if one in _PARTS), None)


def _only_pair(members: dict[str, Member]) -> list[tuple[str, str, Part | None]]:
    """By the shapes alone, where only one array can be images and one their labels."""
    images = [one for one in members.values() if len(one.shape) in (3, 4)]
    labels = [
        one for one in members.values() if images and one.shape in ((images[0].shape[0],), (images[0].shape[0], 1))
    ]
    return [(images[0].name, labels[0].name, None)] if len(images) == len(labels) == 1 else []


def _known_names(archive: zipfile.ZipFile, members: dict[str, Member], title: str) -> list[str]:
    for name in _NAMES:
        if name in members and members[name].dtype.kind in "US" and len(members[name].shape) == 1:
            found = texts(_load(archive, members[name], title), f"{name} of {title}")
            return found if len(found) <= limits.MAX_CLASSES else []
    return []


def _load(archive: zipfile.ZipFile, member: Member, title: str) -> Array:
    """A small array, such as labels."""
    size = math.prod(member.shape) * member.dtype.itemsize
    if size > _MOST_LABEL_BYTES or (member.shape and member.shape[0] > limits.MAX_IMAGES):
        raise EngineError(
            f"{title}: the labels {member.name} take {size / 1024**2:,.0f} MB.",
            f"A dataset has at most {limits.MAX_IMAGES:,} images in {limits.MAX_CLASSES:,} classes.",
            "Save each label as one whole number.",
        )
    with archive.open(f"{member.name}.npy") as stream:
        stream.seek(member.start)
        data = read_exactly(stream, size)
        stream.read(1)  # here the checksum is looked at
    return np.frombuffer(data, member.dtype).reshape(member.shape, order="F" if member.by_columns else "C")


def _block(files: Files, name: str, member: Member) -> tuple[Block, str]:
    title = f"{member.name} of {name}"
    if member.dtype.kind not in "biuf" or len(member.shape) < 2:
        raise EngineError(
            f"The array {title} cannot be images: it holds {member.dtype} in the shape {member.shape}.",
            EXPECTED,
            "Save the images as numbers.",
        )
    if member.by_columns:
        raise EngineError(
            f"The array {title} is stored column by column.",
            "Images are stored one after the other.",
            "Save it again with numpy.ascontiguousarray(array).",
        )
    check_count(member.shape[0], title)
    shape, layout, note = layout_of(member.shape[1:], title)
    open: Callable[[], BinaryIO] = lambda: _opened(files, name, member.name)  # noqa: E731
    return Block(
        member.name, open, title, member.start, member.shape[0], member.dtype, shape, layout, packed=True
    ), note


def _opened(files: Files, name: str, member: str) -> BinaryIO:
    archive = zipfile.ZipFile(files.open(name))
    stream = archive.open(f"{member}.npy")
    return _Member(archive, stream)  # type: ignore[return-value]


class _Member:
    """An array's stream that closes its file with it."""

    def __init__(self, archive: zipfile.ZipFile, stream: Any) -> None:
        self._archive, self._stream = archive, stream
        self.read, self.seek = stream.read, stream.seek

    def __enter__(self) -> _Member:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()
        file = self._archive.fp
        self._archive.close()
        if file is not None:
            file.close()
