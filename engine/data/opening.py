"""Opening: from a source to a dataset that is ready to train."""

from __future__ import annotations

import dataclasses
import time

import numpy as np

from engine.data.cache import Cached, cached
from engine.data.contents import Contents
from engine.data.curating import TWO_CLASSES, Material
from engine.data.dataset import Dataset, DatasetSpec
from engine.data.listing import check_there
from engine.data.pixels import DigitPixels, Pixels, ShapePixels, sample_shape
from engine.data.readers.reading import read_source
from engine.data.room import remove_leftovers
from engine.data.samples import digits, shapes
from engine.data.source import DIGITS, Source
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.images.proposing import Proposal
from engine.jobs import Context, Quiet


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
    return read_source(source, preprocessing, context)


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
        contents.state,
    )


def _none_readable(contents: Contents, pixels: Cached, source: Source) -> EngineError:
    first = next(iter(pixels.unreadable.values()))
    return EngineError(
        f"None of the {len(contents.ids):,} files in {source.name} could be read; {first.path}: {first.why}.",
        TWO_CLASSES,
        "Change the permissions of the files, or bring them back, and open the folder again."
        if first.passing
        else "Use images in one of the formats JPEG, PNG, BMP, GIF, TIFF and WebP.",
    )
