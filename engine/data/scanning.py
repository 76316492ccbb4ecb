"""Scanning: what a source holds, and what is wrong with it."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.data.dataset import Dataset, DatasetSpec, Unreadable
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.images.decoding import UnreadableImage
from engine.jobs import Context, Quiet


@dataclass(frozen=True)
class Duplicate:
    """Files that hold the same image.

    Attributes:
        paths: Their ids, sorted.
        kind: "exact": the same bytes.
        crosses_classes: Whether they stand in different classes, so that at least one label is wrong.
        crosses_splits: Whether one is for training and another for checking, so that the check is too kind.
    """

    paths: tuple[str, ...]
    kind: str
    crosses_classes: bool
    crosses_splits: bool


@dataclass(frozen=True)
class ScanReport:
    """What `main.py scan` says.

    Attributes:
        classes: Images of each class.
        images: Readable images.
        shape: The input that is proposed, (height, width, channels).
        notes: What the user should know, in sentences.
    """

    source: Source
    classes: dict[str, int]
    images: int
    shape: tuple[int, ...]
    unreadable: tuple[Unreadable, ...]
    duplicates: tuple[Duplicate, ...]
    notes: tuple[str, ...]
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """The report as JSON types."""
        return {
            "source": self.source.location,
            "classes": self.classes,
            "images": self.images,
            "shape": list(self.shape),
            "unreadable": [{"path": one.path, "why": one.why} for one in self.unreadable],
            "duplicates": [dataclasses.asdict(one) | {"paths": list(one.paths)} for one in self.duplicates],
            "notes": list(self.notes),
            "seconds": round(self.seconds, 3),
        }


def scan(source: Source, context: Context | None = None) -> ScanReport:
    """Look through a source; raises EngineError where it cannot be opened at all."""
    started = time.monotonic()
    context = context or Quiet()
    dataset = open_dataset(DatasetSpec(source), context)
    counts = np.bincount(dataset.labels, minlength=len(dataset.class_names))
    return ScanReport(
        source,
        {name: int(count) for name, count in zip(dataset.class_names, counts, strict=True)},
        len(dataset.ids),
        dataset.shape,
        dataset.unreadable,
        tuple(_duplicates(dataset, context)),
        dataset.notes,
        time.monotonic() - started,
    )


def _duplicates(dataset: Dataset, context: Context) -> list[Duplicate]:
    """Files of equal bytes; only those whose decoded pixels are equal are read again."""
    by_pixels: dict[bytes, list[int]] = defaultdict(list)
    for index, image in enumerate(dataset.images):
        if index % 1024 == 0:
            context.progress(index, len(dataset.ids), "looking for duplicates")
        by_pixels[hashlib.blake2b(np.ascontiguousarray(image).data, digest_size=16).digest()].append(index)
    groups = [group for group in by_pixels.values() if len(group) > 1]
    files = _hashes(dataset, sorted(index for group in groups for index in group), context)
    return [
        Duplicate(
            tuple(dataset.ids[index] for index in same),
            "exact",
            len({int(dataset.labels[index]) for index in same}) > 1,
            len({int(dataset.parts[index]) for index in same}) > 1,
        )
        for group in groups
        for same in _equal_files(group, files)
    ]


def _hashes(dataset: Dataset, indexes: list[int], context: Context) -> dict[int, bytes]:
    """A hash of each of these images as its source holds it, read in the order of the source; unreadable ones lack."""
    found = {}
    for done, index in enumerate(indexes):
        if done % 256 == 0:
            context.progress(done, len(indexes), "comparing files")
        try:
            data = dataset.original(index)
        except UnreadableImage:
            continue
        if not isinstance(data, bytes):
            data = np.ascontiguousarray(data).tobytes()
        found[index] = hashlib.sha256(data).digest()
    return found


def _equal_files(group: list[int], files: dict[int, bytes]) -> list[list[int]]:
    by_bytes: dict[bytes, list[int]] = defaultdict(list)
    for index in group:
        if index in files:
            by_bytes[files[index]].append(index)
    return [same for same in by_bytes.values() if len(same) > 1]
