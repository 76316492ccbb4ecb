"""Classifying many images: files and folders, as they are dropped on the window or named on the command line."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from engine import limits
from engine.data.dataset import Unreadable
from engine.errors import EngineError
from engine.images.decoding import UnreadableImage, decode, is_image
from engine.inspection.results import Classification, Classified
from engine.inspection.trained import Array, Trained
from engine.jobs import Context, Quiet


def classify(trained: Trained, paths: Iterable[Path], top: int = 5, context: Context | None = None) -> Classification:
    """The most probable classes of many images.

    Args:
        trained: The network.
        paths: Files, and folders whose images are taken with those of the folders inside, in the order of names.
        top: Predictions for each image.
        context: Hears the progress and, as partial results, tuples of `Classified`.

    Returns:
        The images in the order given, and those that could not be read, with the reason.

    Raises:
        EngineError: where a path does not exist or there is no image at all.
    """
    context = context or Quiet()
    files = tuple(itertools.islice(_files(paths), limits.MAX_IMAGES))
    if not files:
        raise EngineError(
            "There is no image here.",
            "Images are JPEG, PNG, BMP, GIF, TIFF or WebP files, or folders that hold some.",
            "Choose images, or a folder of images.",
        )
    classified: list[Classified] = []
    unreadable: list[Unreadable] = []
    for start in range(0, len(files), trained.at_once):
        context.progress(start, len(files), f"{start:,} of {len(files):,} images")
        found = tuple(_classify(trained, files[start : start + trained.at_once], top, unreadable))
        classified += found
        if found:
            context.partial(found)
    context.progress(len(files), len(files), f"{len(files):,} images")
    return Classification(trained.facts, tuple(classified), tuple(unreadable))


def _classify(
    trained: Trained, files: tuple[Path, ...], top: int, unreadable: list[Unreadable]
) -> Iterator[Classified]:
    """One batch; what cannot be read is added to `unreadable`."""
    names: list[str] = []
    images: list[Array] = []
    for file in files:
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
