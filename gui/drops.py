"""What was dropped on the window: local files only, sorted by what they are, without touching the disk."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QUrl

IMAGE_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp"})
PROJECT_SUFFIX: Final = ".convoscope"
MOST_FILES: Final = 10_000


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
            return "Drop to use this folder as the dataset"
        count = len(self.paths)
        return "Drop to classify this image" if count == 1 else f"Drop to classify these {count:,} images"


def sort_paths(paths: Sequence[Path]) -> Drop | None:
    """What these paths mean together; None for nothing.

    The names decide: looking at the files could make the window wait for a slow drive, and the engine looks anyway.
    """
    images = tuple(path for path in paths if path.suffix.lower() in IMAGE_SUFFIXES)
    if images:
        return Drop(Dropped.IMAGES, images[:MOST_FILES])
    if not paths:
        return None
    if paths[0].name.lower().endswith(PROJECT_SUFFIX):
        return Drop(Dropped.PROJECT, (paths[0],))
    return Drop(Dropped.DATASET, (paths[0],))


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
