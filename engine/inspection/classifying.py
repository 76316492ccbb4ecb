"""Classifying many images: files and folders, as they are dropped on the window or named on the command line."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine import limits
from engine.data.cache import cached
from engine.data.dataset import Unreadable
from engine.data.readers.reading import holds_images, read_source
from engine.data.source import Source
from engine.errors import Cancelled, EngineError
from engine.images.decoding import UnreadableImage, decode, is_image
from engine.inspection.results import Classification, Classified
from engine.inspection.trained import Array, Trained
from engine.jobs import Context, Quiet


@dataclass(frozen=True, slots=True, eq=False)
class _Member:
    """An image of a file that holds many, decoded: its name and its place among `images`."""

    name: str
    images: Array
    place: int


def classify(trained: Trained, paths: Iterable[Path], top: int = 5, context: Context | None = None) -> Classification:
    """The most probable classes of many images.

    Args:
        trained: The network.
        paths: Images, folders whose images are taken with those of the folders inside, in the order of names, and
            files of images that a dataset can be read from (NPZ, IDX, CIFAR, lists, zip and tar).
        top: Predictions for each image.
        context: Hears the progress and, as partial results, tuples of `Classified`.

    Returns:
        The images in the order given, and those that could not be read, with the reason.

    Raises:
        EngineError: where a path does not exist or there is no image at all.
    """
    context = context or Quiet()
    given = tuple(itertools.islice(_files(paths), limits.MAX_IMAGES))
    if not given:
        raise EngineError(
            "There is no image here.",
            "Images are JPEG, PNG, BMP, GIF, TIFF or WebP files, or folders that hold some.",
            "Choose images, or a folder of images.",
        )
    classified: list[Classified] = []
    unreadable: list[Unreadable] = []
    files = tuple(itertools.chain.from_iterable(_members(one, trained, unreadable, context) for one in given))
    for start in range(0, len(files), trained.at_once):
        context.progress(start, len(files), f"{start:,} of {len(files):,} images")
        found = tuple(_classify(trained, files[start : start + trained.at_once], top, unreadable))
        classified += found
        if found:
            context.partial(found)
    context.progress(len(files), len(files), f"{len(files):,} images")
    return Classification(trained.facts, tuple(classified), tuple(unreadable))


def _members(file: Path, trained: Trained, unreadable: list[Unreadable], context: Context) -> Iterable[Path | _Member]:
    """An image as it is; the images of a file of images, decoded in the cache."""
    if is_image(file) or not holds_images(file):
        return [file]
    source = Source.of_path(file)
    try:
        contents = read_source(source, trained.plan.preprocessing, context)
    except Cancelled:
        raise
    except EngineError as error:
        unreadable.append(Unreadable(str(file), error.what))
        return []
    decoded = cached(
        source.location, contents.state, len(contents.ids), trained.plan.preprocessing, contents.pixels, context
    )
    unreadable += [*contents.unreadable, *decoded.unreadable.values()]
    readable = (id for index, id in enumerate(contents.ids) if index not in decoded.unreadable)
    return [_Member(f"{file}/{id}", decoded.images, place) for place, id in enumerate(readable)]


def _classify(
    trained: Trained, files: tuple[Path | _Member, ...], top: int, unreadable: list[Unreadable]
) -> Iterator[Classified]:
    """One batch; what cannot be read is added to `unreadable`."""
    names: list[str] = []
    images: list[Array] = []
    for file in files:
        if isinstance(file, _Member):
            images.append(file.images[file.place])
            names.append(file.name)
            continue
        try:
            images.append(decode(file, trained.plan.preprocessing))
            names.append(str(file))
        except UnreadableImage as error:
            unreadable.append(Unreadable(str(file), error.why))
    if images:
        for name, probabilities in zip(names, trained.predict(np.stack(images)), strict=True):
            yield Classified(name, trained.ranked(probabilities, top))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        try:
            is_folder, is_there = path.is_dir(), path.exists()
        except OSError as error:  # in a folder that is closed to this user
            raise EngineError(
                f"{path} cannot be reached: {error.strerror}.",
                "Images and their folders must be open to this user.",
                "Change the permissions, or choose other images.",
            ) from error
        if is_folder:
            yield from _inside(path, 0)
        elif is_there:
            yield path
        else:
            raise EngineError(f"{path} does not exist.", "The image must exist.", "Check the name and the place.")


def _inside(folder: Path, depth: int) -> Iterator[Path]:
    """The images of a folder and of those inside; hidden ones, and links to folders, are left out."""
    try:
        entries = sorted(folder.iterdir(), key=lambda one: (one.is_dir(), one.name))
    except OSError as error:
        raise EngineError(
            f"The folder {folder} cannot be read: {error.strerror}.",
            "The folder must be one that you may read.",
            "Change its permissions, or choose another folder.",
        ) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if depth < limits.MAX_FOLDER_DEPTH and not entry.is_symlink():
                yield from _inside(entry, depth + 1)
        elif is_image(entry):
            yield entry
