"""CIFAR-10 and CIFAR-100: the binary files and the batches for Python.

Format (A. Krizhevsky, "The CIFAR-10 and CIFAR-100 datasets"): a record is one byte with the label (CIFAR-100: two, the
coarse and the fine one) and 3,072 bytes of pixels, the red, green and blue planes of 32 × 32 one after the other. The
batches for Python hold the same pixels as an array of 3,072 columns, with lists of labels.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import numpy as np

from engine import limits
from engine.data.contents import Contents, state_of
from engine.data.listing import PART_FOLDERS
from engine.data.readers.arrays import ArrayPixels, Block, Scale, check_count, propose_for_arrays
from engine.data.readers.files import Entry, Files, damaged, read_exactly
from engine.data.readers.labels import class_names, why_no_name
from engine.data.readers.pickled import PickledArray, RefusedPickle, Span, load_pickled
from engine.data.readers.words import counted_images, dimensions
from engine.data.split import Part
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.images.proposing import Proposal
from engine.jobs import Context

PIXELS: Final = 3 * 32 * 32
BINARY: Final = "A binary CIFAR file is records of 1 or 2 label bytes and 3,072 bytes of pixels."
PYTHON: Final = "A CIFAR batch is a dictionary with data, an array of bytes with 3,072 columns, and labels."
_MOST_BATCH_BYTES: Final = 8 << 30


@dataclass(frozen=True)
class Batch:
    """One file: its images, the labels by number, and which set it is of (10 or 100)."""

    block: Block
    labels: Sequence[int]
    classes: int


def binary_classes(start: bytes, size: int) -> int:
    """10 or 100 where a file of this size that begins like this is a binary CIFAR file; 0 where it is none."""
    for classes, skip, most in ((10, 1, (10,)), (100, 2, (20, 100))):
        record = skip + PIXELS
        if size and size % record == 0:
            rows = [start[at : at + skip] for at in range(0, len(start), record)]
            if all(one < top for row in rows for one, top in zip(row, most, strict=False)):
                return classes
    return 0


def is_pickle(start: bytes) -> bool:
    """Whether these first bytes are those of a pickle that can be read."""
    return len(start) >= 2 and start[0] == 0x80 and 2 <= start[1] <= 5


def read_cifar(
    files: Files, names: Sequence[str], options: dict[str, str], preprocessing: Preprocessing | None, context: Context
) -> Contents:
    """The images and labels of CIFAR files that lie together, all binary or all for Python.

    Args:
        options: `labels`: "fine" or "coarse", for CIFAR-100.

    Raises:
        EngineError: where they are damaged, ask to run code, or are of both sets.
    """
    entries = {one.name: one for one in files.entries}
    coarse = options.get("labels") == "coarse"
    batches: dict[str, Batch] = {}
    meta: dict[str, list[str]] = {}
    for name in names:
        context.check()
        with files.open(name) as stream:
            start = stream.read(2)
        if is_pickle(start) and not binary_classes(start, entries[name].size):
            found = _python(files, name, coarse)
            if isinstance(found, Batch):
                batches[name] = found
            else:
                meta |= found
        else:
            batches[name] = _binary(files, entries[name], coarse)
    sets = {one.classes for one in batches.values()}
    if len(sets) != 1:
        raise EngineError(
            f"{files.title} holds {'both CIFAR-10 and CIFAR-100 files' if sets else 'no CIFAR batch'}.",
            "Images of one of them are read at a time.",
            "Keep the files of one of them in this folder.",
        )
    classes = sets.pop()
    known, said_where = _names(files, entries, meta, classes, coarse=coarse)
    labels = np.array([one for batch in batches.values() for one in batch.labels], np.int64)
    check_count(len(labels), files.title)
    parts = _parts(batches)
    used = [*batches, *([said_where] if said_where in entries else [])]
    state = state_of([(files.state, coarse), *((one, entries[one].size, entries[one].changed) for one in sorted(used))])
    blocks = [one.block for one in batches.values()]
    kind = f"CIFAR-{classes} in {len(blocks)} {'file' if len(blocks) == 1 else 'files'}"
    notes = [f"{kind}: {counted_images(parts)} of {dimensions((32, 32, 3))}."]
    notes.append(
        f"The names of the classes come from {said_where}."
        if said_where
        else "The classes are numbers: the file with their names, batches.meta, is not beside the images."
    )
    if classes == 100:
        notes.append("The 20 coarse labels are used." if coarse else "The 100 fine labels are used.")
    return Contents(
        [id for block in blocks for id in block.ids()],
        class_names(labels, files.title, known),
        parts,
        state,
        ArrayPixels(blocks, Scale()),
        Proposal(preprocessing) if preprocessing else propose_for_arrays(blocks),
        notes=notes,
    )


def _binary(files: Files, entry: Entry, coarse: bool) -> Batch:
    name = entry.name
    with damaged(name, BINARY), files.open(name) as stream:
        classes = binary_classes(stream.read(PIXELS * 8), entry.size)
        skip, column, most = (1, 0, 10) if classes == 10 else (2, 0 if coarse else 1, 20 if coarse else 100)
        record = skip + PIXELS
        count = entry.size // record
        check_count(count, name)
        stream.seek(0)
        labels: list[int] = []
        while len(labels) < count:
            many = min(512, count - len(labels))
            records = np.frombuffer(read_exactly(stream, many * record), np.uint8).reshape(many, record)
            labels += records[:, column].tolist()
        if not classes or max(labels) >= most:
            place = next((at for at, one in enumerate(labels) if one >= most), 0)
            raise EngineError(
                f"{name} has a label that is none: image {place:,} is said to be of class {labels[place]}.",
                BINARY,
                "The file is damaged, or something else: fetch it again.",
            )
    block = Block(_stem(name), lambda: files.open(name), name, 0, count, np.dtype("u1"), (3, 32, 32), "chw", skip)
    return Batch(block, labels, classes)


def _python(files: Files, name: str, coarse: bool) -> Batch | dict[str, list[str]]:
    """A batch, or the names of classes that a file of names holds."""
    with damaged(name, PYTHON), files.open(name) as stream:
        try:
            value = load_pickled(stream)
        except RefusedPickle as error:
            raise EngineError(
                f"{name} is a file of Python that is not read: {error}.",
                "A CIFAR batch is plain data, and is read without running anything.",
                "Do not use this file unless you know where it comes from; fetch the binary version instead.",
            ) from error
        if not isinstance(value, dict):
            raise ValueError("no dictionary")
        found = {_word(key): one for key, one in value.items()}
        if "data" not in found:
            return {key: [_word(one) for one in values] for key, values in found.items() if key.endswith("label_names")}
        return _batch(files, name, found, coarse)


def _batch(files: Files, name: str, found: dict[str, Any], coarse: bool) -> Batch:
    data = found["data"]
    fine = found.get("fine_labels")
    labels = (found.get("coarse_labels") if coarse else fine) if fine is not None else found.get("labels")
    if not isinstance(data, PickledArray) or data.by_columns or data.dtype not in ("|u1", "<u1"):
        raise ValueError("no array of bytes")
    count = data.shape[0] if data.shape else 0
    length = data.data.length if isinstance(data.data, Span) else len(data.data)
    if math.prod(data.shape[1:]) != PIXELS or math.prod(data.shape) != length or length > _MOST_BATCH_BYTES:
        raise EngineError(
            f"{name}: the array has the shape {' × '.join(f'{one:,}' for one in data.shape)} in {length:,} bytes.",
            PYTHON,
            "The file is damaged, or something else: fetch it again.",
        )
    check_count(count, name)
    if isinstance(labels, PickledArray) and isinstance(labels.data, bytes) and labels.dtype:
        labels = np.frombuffer(labels.data, labels.dtype).tolist()
    if not isinstance(labels, list):
        labels = []
    top = (20 if coarse else 100) if fine is not None else 10
    if len(labels) != count or not all(type(one) is int and 0 <= one < top for one in labels):
        raise EngineError(
            f"{name} does not have one label for each of its {count:,} images.",
            PYTHON,
            "The file is damaged, or something else: fetch it again.",
        )
    block = _python_block(files, name, data, count)
    return Batch(block, labels, 100 if fine is not None else 10)


def _python_block(files: Files, name: str, data: PickledArray, count: int) -> Block:
    inline = data.data
    open: Callable[[], BinaryIO] = (
        (lambda: io.BytesIO(inline)) if isinstance(inline, bytes) else (lambda: files.open(name))
    )
    start = inline.start if isinstance(inline, Span) else 0
    return Block(_stem(name), open, name, start, count, np.dtype("u1"), (3, 32, 32), "chw", last=False)


def _word(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if not isinstance(value, str):
        raise ValueError("no word")
    return value


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".bin")


def _parts(batches: dict[str, Batch]) -> list[Part | None]:
    """By the names: data_batch_1 and train are for training, test_batch and test for testing."""
    said: dict[str, Part] = {}
    for name in batches:
        words = re.findall(r"[a-z]+", name.lower())
        known = [PART_FOLDERS[one] for one in words if one in PART_FOLDERS]
        said[name] = known[0] if known else Part.TRAIN
    apart = len(set(said.values())) > 1
    return [said[name] if apart else None for name, batch in batches.items() for _ in batch.labels]


def _names(
    files: Files, entries: dict[str, Entry], meta: dict[str, list[str]], classes: int, *, coarse: bool
) -> tuple[list[str], str]:
    """The names of the classes and where they come from; none and "" where they are not there."""
    kind = "label_names" if classes == 10 else "coarse_label_names" if coarse else "fine_label_names"
    wanted = classes if classes == 10 or not coarse else 20
    if _are_names(meta.get(kind, []), wanted):
        return meta[kind], next((one for one in entries if one in ("batches.meta", "meta")), "the file of names")
    for name in ("batches.meta.txt", f"{kind}.txt"):
        if name in entries and entries[name].size < 100_000:
            with damaged(name, "The names of the classes stand in a text, one a line."), files.open(name) as stream:
                text = stream.read(100_000).decode("utf-8", "replace")
            found = [one.strip() for one in text.splitlines() if one.strip()]
            if _are_names(found, wanted):
                return found, name
    return [], ""


def _are_names(names: Sequence[str], wanted: int) -> bool:
    return len(names) == wanted == len(set(names)) <= limits.MAX_CLASSES and not any(map(why_no_name, names))
