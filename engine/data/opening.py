"""Opening: from a source to a dataset that is ready to train."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from engine import limits
from engine.data.cache import Array, Cached, cached
from engine.data.dataset import Dataset, DatasetSpec, Unreadable
from engine.data.listing import Listing, check_there, list_folder
from engine.data.pixels import DigitPixels, FilePixels, Pixels, ShapePixels, sample_shape
from engine.data.room import remove_leftovers
from engine.data.samples import digits, shapes
from engine.data.source import DIGITS, Source
from engine.data.split import PARTS, Part
from engine.data.splitting import divide
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.images.proposing import Proposal, propose
from engine.jobs import Context, Quiet


@dataclass
class Contents:
    """What a source holds, before decoding.

    Attributes:
        ids: Image ids.
        classes: The class of each image, by name.
        parts: The part that each image's folder says, or None.
        state: Checksum over all that would make decoding again necessary.
        pixels: What decodes the images.
    """

    ids: Sequence[str]
    classes: Sequence[str]
    parts: Sequence[Part | None]
    state: str
    pixels: Pixels
    proposal: Proposal
    unreadable: list[Unreadable] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def open_dataset(spec: DatasetSpec, context: Context | None = None) -> Dataset:
    """The dataset that `spec` asks for: listed, decoded (or found in the cache), labelled and split.

    Raises:
        EngineError: where the source cannot be used, or has fewer than two classes.
        Cancelled: where the user ended it.
    """
    started = time.monotonic()
    context = context or Quiet()
    contents = contents_of(spec.source, spec.preprocessing, context)
    preprocessing = spec.preprocessing or contents.proposal.preprocessing
    remove_leftovers()
    pixels = cached(spec.source.location, contents.state, len(contents.ids), preprocessing, contents.pixels, context)
    if any(one.passing for one in pixels.unreadable.values()):
        check_there(spec.source.path)  # files are gone or closed: perhaps all of it is
    dataset = _labelled(dataclasses.replace(spec, preprocessing=preprocessing), contents, pixels)
    return dataclasses.replace(dataset, seconds=time.monotonic() - started)


def contents_of(source: Source, preprocessing: Preprocessing | None, context: Context) -> Contents:
    """What a source holds; a preprocessing is proposed only where none is given."""
    if source.is_sample:
        return _sample(source)
    listing = list_folder(source.path, context)
    ids = [one.id for one in listing.items]
    proposal = Proposal(preprocessing) if preprocessing else propose(source.path, ids)
    return Contents(
        ids,
        [one.class_name for one in listing.items],
        [one.part for one in listing.items],
        _state(listing),
        FilePixels(source.path, ids, ((one.size, one.changed) for one in listing.items)),
        proposal,
        listing.unreadable,
        [*listing.notes, *([proposal.note] if proposal.note else [])],
    )


def _sample(source: Source) -> Contents:
    name, options = source.sample_options()
    if name == DIGITS:
        labels, class_names = digits.read()[1], digits.CLASS_NAMES
        pixels: Pixels = DigitPixels()
    else:
        labels, class_names = shapes.labels(options["images"]), shapes.CLASS_NAMES
        pixels = ShapePixels(options["images"], options["seed"])
    classes = [class_names[label] for label in labels]
    ids = [f"{name}/{number:07d}" for name, number in zip(classes, range(len(classes)), strict=True)]
    height, width, channels = sample_shape(name)
    proposal = Proposal(Preprocessing(height, width, "rgb" if channels == 3 else "grayscale"))
    return Contents(ids, classes, [None] * len(ids), "1", pixels, proposal)


def _state(listing: Listing) -> str:
    digest = hashlib.sha256()
    for one in listing.items:
        digest.update(f"{one.id}\0{one.size}\0{one.changed}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _labelled(spec: DatasetSpec, contents: Contents, pixels: Cached) -> Dataset:
    relabelled = dict(spec.curation.labels)
    classes = [relabelled.get(id, name) for id, name in zip(contents.ids, contents.classes, strict=True)]
    ids, folders = contents.ids, contents.parts
    places = None
    if pixels.unreadable:
        keep = [index for index in range(len(ids)) if index not in pixels.unreadable]
        ids, folders = [ids[index] for index in keep], [folders[index] for index in keep]
        classes = [classes[index] for index in keep]
        places = np.array(keep, np.int64)
    class_names = _class_names(classes, contents, spec, pixels)
    numbers = {name: number for number, name in enumerate(class_names)}
    labels = np.array([numbers[one] for one in classes], np.int32)
    parts = divide(ids, labels, folders, spec.split, spec.curation)
    return Dataset(
        spec,
        class_names,
        tuple(ids),
        pixels.images,
        labels,
        parts,
        _fingerprint(ids, labels, parts, pixels.checksum),
        (*contents.unreadable, *pixels.unreadable.values()),
        (*contents.notes, *_remarks(class_names, labels, parts)),
        from_cache=pixels.reused,
        originals=contents.pixels,
        places=places,
        state=contents.state,
    )


def _class_names(classes: list[str], contents: Contents, spec: DatasetSpec, pixels: Cached) -> tuple[str, ...]:
    names = tuple(sorted(set(classes)))
    expected = "A dataset has at least two classes, with readable images in each."
    if not names:
        first = next(iter(pixels.unreadable.values()))
        raise EngineError(
            f"None of the {len(contents.ids):,} files in {spec.source.name} could be read; {first.path}: {first.why}.",
            expected,
            "Change the permissions of the files, or bring them back, and open the folder again."
            if first.passing
            else "Put images (JPEG, PNG, BMP, GIF, TIFF or WebP) into the class folders.",
        )
    if len(names) == 1:
        raise EngineError(
            f"{spec.source.name} has only one class with readable images: {names[0]}.",
            expected,
            "Add a folder with images of another class, so that there is something to tell apart.",
        )
    if len(names) > limits.MAX_CLASSES:
        raise EngineError(
            f"{spec.source.name} has {len(names):,} classes.",
            f"A dataset has at most {limits.MAX_CLASSES:,} classes.",
            "Check that each folder is a class, and not each image.",
        )
    return names


def _remarks(class_names: tuple[str, ...], labels: Array, parts: Array) -> list[str]:
    """What the user should know about the classes and the split."""
    remarks = []
    training = np.bincount(labels[parts == PARTS.index(Part.TRAIN)], minlength=len(class_names))
    untrained = [name for name, number in zip(class_names, training, strict=True) if not number]
    if untrained:
        remarks.append(f"No image for training in {_few(untrained)}: the network cannot learn it.")
    totals = np.bincount(labels, minlength=len(class_names))
    alone = [name for name, number in zip(class_names, totals, strict=True) if number < 3]
    if alone:
        remarks.append(f"Fewer than three images in {_few(alone)}: all are for training, none to check on.")
    return remarks


def _few(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3:,} more"


def _fingerprint(ids: Sequence[str], labels: Array, parts: Array, checksum: str) -> str:
    digest = hashlib.sha256(checksum.encode())
    for one in ids:
        digest.update(one.encode("utf-8", "surrogateescape") + b"\0")
    digest.update(np.ascontiguousarray(labels).data)
    digest.update(np.ascontiguousarray(parts).data)
    return digest.hexdigest()
