"""Opening: from a source to a dataset that is ready to train."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.data.cache import Cached, cached, remove_leftovers
from engine.data.curating import TWO_CLASSES, Material
from engine.data.dataset import Dataset, DatasetSpec, Unreadable
from engine.data.listing import Listing, check_there, list_folder
from engine.data.pixels import DigitPixels, FilePixels, Pixels, ShapePixels, sample_shape
from engine.data.samples import digits, shapes
from engine.data.source import DIGITS, Source
from engine.data.split import Part
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
    material = _material(contents, pixels, spec.source)
    dataset = material.curated(dataclasses.replace(spec, preprocessing=preprocessing))
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
        FilePixels(source.path, ids),
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


def _material(contents: Contents, pixels: Cached, source: Source) -> Material:
    ids, folders, classes = contents.ids, contents.parts, contents.classes
    places = None
    if pixels.unreadable:
        keep = [index for index in range(len(ids)) if index not in pixels.unreadable]
        ids, folders = [ids[index] for index in keep], [folders[index] for index in keep]
        classes = [classes[index] for index in keep]
        places = np.array(keep, np.int64)
    if not ids:
        raise _none_readable(contents, pixels, source)
    class_names = tuple(sorted(set(classes)))
    numbers = {name: number for number, name in enumerate(class_names)}
    return Material(
        tuple(ids),
        class_names,
        np.array([numbers[one] for one in classes], np.int32),
        folders,
        pixels.images,
        pixels.checksum,
        (*contents.unreadable, *pixels.unreadable.values()),
        tuple(contents.notes),
        pixels.reused,
        contents.pixels,
        places,
    )


def _none_readable(contents: Contents, pixels: Cached, source: Source) -> EngineError:
    first = next(iter(pixels.unreadable.values()))
    return EngineError(
        f"None of the {len(contents.ids):,} files in {source.name} could be read; {first.path}: {first.why}.",
        TWO_CLASSES,
        "Change the permissions of the files, or bring them back, and open the folder again."
        if first.passing
        else "Put images (JPEG, PNG, BMP, GIF, TIFF or WebP) into the class folders.",
    )
