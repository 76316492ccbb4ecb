"""What was dropped on the window: local files only, sorted by what they are, without touching the disk."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QUrl

from engine.data.source import Source

IMAGE_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp"})
LIST_SUFFIXES: Final = frozenset({".csv", ".tsv"})
"""Lists of images; dropped together with images, the list says what these are."""
PROJECT_SUFFIX: Final = ".convoscope"
MOST_FILES: Final = 10_000
MOST_FOLDERS: Final = 200


class Dropped(enum.StrEnum):
    """What a drop, or a path of the command line, means."""

    PROJECT = "project"
    IMAGES = "images"
    DATASET = "dataset"


@dataclass(frozen=True)
class Drop:
    """A drop that can be used."""

    what: Dropped
    paths: tuple[Path, ...]

    @property
    def words(self) -> str:
        """What letting go does."""
        if self.what is Dropped.PROJECT:
            return "Drop to open this project"
        if self.what is Dropped.DATASET:
            what = "this file" if self.source.called_a_file else "this folder"
            several = f"these {len(self.paths):,} files or folders"
            return f"Drop to use {what if len(self.paths) == 1 else several} as the dataset"
        count = len(self.paths)
        return "Drop to classify this image" if count == 1 else f"Drop to classify these {count:,} images"

    @property
    def source(self) -> Source:
        """The dataset that it is: of several files or folders, these alone."""
        if len(self.paths) == 1:
            return Source.of_path(self.paths[0])
        return Source.of_path(self.paths[0].parent, [path.name for path in self.paths])


def sort_paths(paths: Sequence[Path]) -> Drop | None:
    """What these paths mean together; None for nothing.

    The names decide: looking at the files could make the window wait for a slow drive, and the engine looks anyway.
    """
    lists = tuple(path for path in paths if path.suffix.lower() in LIST_SUFFIXES)
    if lists:
        return Drop(Dropped.DATASET, lists[:1])
    images = tuple(path for path in paths if path.suffix.lower() in IMAGE_SUFFIXES)
    if images:
        return Drop(Dropped.IMAGES, images[:MOST_FILES])
    if not paths:
        return None
    if paths[0].name.lower().endswith(PROJECT_SUFFIX):
        return Drop(Dropped.PROJECT, (paths[0],))
    together = all(path.parent == paths[0].parent for path in paths)
    return Drop(Dropped.DATASET, tuple(paths[:MOST_FOLDERS]) if together else (paths[0],))


def dropped(mime: QMimeData) -> Drop | None:
    """The drop in this data, or None where there is no file of this computer in it."""
    paths = (_local(url) for url in mime.urls())
    return sort_paths([path for path in paths if path is not None])


def _local(url: QUrl) -> Path | None:
    """The path of a file of this computer; a host, which Windows would log in to, makes it none."""
    if not url.isLocalFile() or url.host():
        return None
    text = url.toLocalFile()
    return Path(text) if text and "\0" not in text and not text.startswith("//") else None
