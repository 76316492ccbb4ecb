"""Jobs on datasets: open one, show its images."""

from __future__ import annotations

import dataclasses
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from engine.data.dataset import Dataset, DatasetSpec, Unreadable
from engine.data.source import Source
from engine.errors import EngineError
from engine.geometry import Shape
from engine.jobs import Context, Job, Lane
from engine.service.session import DATASETS

GLIMPSE_SIDE: Final = 64
"""Height and width of the first pictures."""

if TYPE_CHECKING:
    from engine.data.curating import Material
    from engine.images.originals import Box, FileFacts, Original

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class DatasetSummary:
    """A dataset without its pixels; see `engine.data.dataset.Dataset` for the fields.

    Attributes:
        source_classes: The classes that the source gives, sorted.
        source_labels: int32, (images,): index into them, whatever the user says of an image.
        identity: Equal where only labels, exclusions and split differ.
    """

    spec: DatasetSpec
    class_names: tuple[str, ...]
    shape: Shape
    ids: tuple[str, ...]
    labels: Array
    parts: Array
    fingerprint: str
    unreadable: tuple[Unreadable, ...]
    notes: tuple[str, ...]
    seconds: float
    from_cache: bool
    source_classes: tuple[str, ...]
    source_labels: Array
    identity: str
    state: str = ""

    def count(self, label: int, part: int) -> int:
        """Images of one class in one part."""
        return int(np.count_nonzero((self.labels == label) & (self.parts == part)))

    def curated(self, curated: Curated) -> DatasetSummary:
        """The same images with other labels, exclusions and split."""
        return dataclasses.replace(self, **vars(curated))


@dataclass(frozen=True, eq=False)
class Curated:
    """What of a `DatasetSummary` the user's labels, exclusions and split decide."""

    spec: DatasetSpec
    class_names: tuple[str, ...]
    labels: Array
    parts: Array
    fingerprint: str
    notes: tuple[str, ...]


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
        return _summary(DATASETS.open(self.data, context))

    def _show_some(self, context: Context) -> None:
        """Hand over a few pictures of a folder that was never opened before: all of it may take minutes."""
        from engine.data.cache import is_cached
        from engine.data.glimpse import glimpse

        source = self.data.source
        if not source.is_sample and not is_cached(source.location):
            for pictures in glimpse(source.path, GLIMPSE_SIDE):
                context.check()
                context.partial(FirstPictures(pictures))


@dataclass(frozen=True)
class Curate(Job):
    """Another curation or split of images that are open; gives a `Curated`, which takes milliseconds.

    Where other images lie there by now, it gives a `DatasetSummary`.

    Attributes:
        identity: Of the images that the asker knows.
    """

    title: ClassVar[str] = "Sorting images"
    lane: ClassVar[Lane] = Lane.BROWSING

    data: DatasetSpec
    identity: str

    def run(self, context: Context) -> Curated | DatasetSummary:
        found = DATASETS.get(self.data, context)
        if found.material is None or found.material.identity != self.identity:
            return _summary(found)
        return Curated(found.spec, found.class_names, found.labels, found.parts, found.fingerprint, found.notes)


def _summary(dataset: Dataset) -> DatasetSummary:
    material = dataset.material
    assert material is not None, "a dataset that was opened has it"
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
        source_classes=material.class_names,
        source_labels=material.labels,
        identity=material.identity,
        state=dataset.state,
    )


@dataclass(frozen=True, eq=False)
class ThumbnailSheet:
    """uint8 (images, side, side, 3) for these indexes, letterboxed on black where not square.

    Indexes that the dataset no longer has are left out.

    Attributes:
        identity: Of the dataset; see `DatasetSummary`.
    """

    identity: str
    indexes: tuple[int, ...]
    pixels: Array


@dataclass(frozen=True)
class ReadThumbnails(Job):
    """Small pictures of some images of an opened dataset, whatever its curation; gives a `ThumbnailSheet`."""

    title: ClassVar[str] = "Reading thumbnails"
    lane: ClassVar[Lane] = Lane.BROWSING

    data: DatasetSpec
    indexes: tuple[int, ...]
    side: int

    def run(self, context: Context) -> ThumbnailSheet:
        from engine.images.thumbnails import sheet

        material = DATASETS.material(self.data, context)
        indexes = tuple(one for one in self.indexes if 0 <= one < len(material.ids))
        pixels = sheet(material.images[list(indexes)], self.side)
        return ThumbnailSheet(material.identity, indexes, pixels)


@dataclass(frozen=True, eq=False)
class OriginalView:
    """An original, or a part of it, as large as a screen needs it.

    Attributes:
        index: Of the image in its dataset.
        height, width: Of the whole original, upright.
        box: The part that `pixels` shows; see `engine.images.originals.Box`.
        pixels: uint8, (rows, columns, 1 or 3).
        histogram: int64, (channels, 256), of the whole original.
        seen: uint8, (height, width, channels): the same image as the network gets it.
        changed: When the file was changed last, in seconds since 1970; None where it is no file of its own.
    """

    identity: str
    index: int
    height: int
    width: int
    box: Box
    pixels: Array
    histogram: Array
    seen: Array
    facts: FileFacts
    changed: float | None


@dataclass(frozen=True)
class ReadOriginal(Job):
    """One image of an opened dataset as its source holds it; gives an `OriginalView`.

    Attributes:
        box: The part that is wanted; None for all of it.
        side: Pixels that the longer side of the answer has at most.
    """

    title: ClassVar[str] = "Reading the image"
    lane: ClassVar[Lane] = Lane.BROWSING

    data: DatasetSpec
    index: int
    side: int
    box: Box | None = None

    def run(self, context: Context) -> OriginalView:
        material = DATASETS.material(self.data, context)
        if not 0 <= self.index < len(material.ids):
            raise EngineError(
                "This image is no longer in the dataset.",
                "The image is one of those that are open.",
                "Choose another one.",
            )
        original = _ORIGINALS.read(material, self.index)
        box, pixels = original.part(self.box, self.side)
        height, width = original.pixels.shape[:2]
        seen = np.array(material.images[self.index])
        return OriginalView(
            material.identity,
            self.index,
            height,
            width,
            box,
            pixels,
            original.histogram(),
            seen,
            original.facts,
            _changed(self.data.source, material.ids[self.index]),
        )


class _LastOriginal:
    """The original that was read last: whoever looks closer at it does not wait for its decoding again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: tuple[str, int] | None = None
        self._original: Original | None = None

    def read(self, material: Material, index: int) -> Original:
        from engine.images.originals import read_original

        key = (material.identity, index)
        with self._lock:
            if self._key != key or self._original is None:
                self._key = self._original = None
                assert material.originals is not None, "what was opened has them"
                place = index if material.places is None else int(material.places[index])
                self._original = read_original(material.originals.original(place), material.ids[index])
                self._key = key
            return self._original


_ORIGINALS: Final = _LastOriginal()


def _changed(source: Source, id: str) -> float | None:
    if source.is_sample:
        return None
    try:
        return (source.path / id).stat().st_mtime
    except (OSError, ValueError):
        return None
