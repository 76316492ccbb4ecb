"""Jobs on datasets: open one, show its images, scan it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from engine.data.dataset import DatasetSpec, Unreadable
from engine.data.source import Source
from engine.geometry import Shape
from engine.jobs import Context, Job, Lane
from engine.service.session import DATASETS

GLIMPSE_SIDE: Final = 64
"""Height and width of the first pictures."""

if TYPE_CHECKING:
    from engine.data.scanning import ScanReport


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
    state: str = ""

    def count(self, label: int, part: int) -> int:
        """Images of one class in one part."""
        return int(np.count_nonzero((self.labels == label) & (self.parts == part)))


@dataclass(frozen=True, eq=False)
class FirstPictures:
    """uint8 (pictures, side, side, 3): some images of a dataset that is still being opened, letterboxed on black."""

    pixels: np.ndarray[Any, Any]


@dataclass(frozen=True)
class OpenDataset(Job):
    """Open a dataset, decoding what is not in the cache; gives a `DatasetSummary`.

    Its parts are `FirstPictures`, of a folder that was never opened before.
    """

    title: ClassVar[str] = "Reading images"
    lane: ClassVar[Lane] = Lane.DATA

    data: DatasetSpec

    def run(self, context: Context) -> DatasetSummary:
        self._show_some(context)
        dataset = DATASETS.open(self.data, context)
        return DatasetSummary(
            spec=dataset.spec,
            class_names=dataset.class_names,
            shape=dataset.shape,
            ids=dataset.ids,
            labels=dataset.labels,
            parts=dataset.parts,
            fingerprint=dataset.fingerprint,
            unreadable=dataset.unreadable,
            notes=dataset.notes,
            seconds=dataset.seconds,
            from_cache=dataset.from_cache,
            state=dataset.state,
        )

    def _show_some(self, context: Context) -> None:
        """Hand over a few pictures of a folder that was never opened before: all of it may take minutes."""
        from engine.data.cache import is_cached
        from engine.data.glimpse import glimpse

        source = self.data.source
        if not source.is_sample and not is_cached(source.location):
            for pictures in glimpse(source.path, GLIMPSE_SIDE):
                context.check()
                context.partial(FirstPictures(pictures))


@dataclass(frozen=True, eq=False)
class ThumbnailSheet:
    """uint8 (images, side, side, 3) for these indexes, letterboxed on black where not square.

    Indexes that the dataset no longer has are left out.
    """

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
        from engine.images.thumbnails import sheet

        dataset = DATASETS.get(self.data, context)
        indexes = tuple(one for one in self.indexes if 0 <= one < len(dataset.ids))
        pixels = sheet(dataset.images[list(indexes)], self.side)
        return ThumbnailSheet(dataset.fingerprint, indexes, pixels)


@dataclass(frozen=True)
class Scan(Job):
    """Look through a source for what it holds and what is wrong with it; gives a `ScanReport`."""

    title: ClassVar[str] = "Looking through the images"
    lane: ClassVar[Lane] = Lane.DATA

    source: Source

    def run(self, context: Context) -> ScanReport:
        from engine.data.scanning import scan

        return scan(self.source, context)
