"""Jobs on datasets: open one, show its images, scan it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from engine.data.dataset import DatasetSpec, Unreadable
from engine.geometry import Shape
from engine.jobs import Context, Job, Lane


@dataclass(frozen=True, eq=False)
class DatasetSummary:
    """A dataset without its pixels; see `engine.data.dataset.Dataset` for the fields."""

    spec: DatasetSpec
    class_names: tuple[str, ...]
    shape: Shape
    ids: tuple[str, ...]
    labels: np.ndarray[Any, Any]
    parts: np.ndarray[Any, Any]
    fingerprint: str
    unreadable: tuple[Unreadable, ...]
    notes: tuple[str, ...]
    seconds: float
    from_cache: bool

    def count(self, label: int, part: int) -> int:
        """Images of one class in one part."""
        return int(np.count_nonzero((self.labels == label) & (self.parts == part)))


@dataclass(frozen=True)
class OpenDataset(Job):
    """Open a dataset, decoding what is not in the cache; gives a `DatasetSummary`."""

    title: ClassVar[str] = "Reading images"
    lane: ClassVar[Lane] = Lane.DATA

    data: DatasetSpec

    def run(self, context: Context) -> DatasetSummary:
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class ThumbnailSheet:
    """uint8 (images, side, side, 3) for these indexes, letterboxed on transparent-free black where not square."""

    fingerprint: str
    indexes: tuple[int, ...]
    pixels: np.ndarray[Any, Any]


@dataclass(frozen=True)
class ReadThumbnails(Job):
    """Small pictures of some images of an opened dataset; gives a `ThumbnailSheet`."""

    title: ClassVar[str] = "Reading thumbnails"
    lane: ClassVar[Lane] = Lane.DATA

    data: DatasetSpec
    indexes: tuple[int, ...]
    side: int

    def run(self, context: Context) -> ThumbnailSheet:
        raise NotImplementedError
