"""A dataset: a source, curated, split, checked and decoded."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from engine.data.source import Source
from engine.data.split import Curation, Split
from engine.geometry import Shape
from engine.images.preprocessing import Preprocessing

if TYPE_CHECKING:
    from engine.data.curating import Material


@dataclass(frozen=True)
class DatasetSpec:
    """All that decides a dataset.

    Attributes:
        preprocessing: None proposes one from the images.
    """

    source: Source
    preprocessing: Preprocessing | None = None
    split: Split = field(default_factory=Split)
    curation: Curation = field(default_factory=Curation)


def same_images(one: DatasetSpec, other: DatasetSpec) -> bool:
    """Whether two specs differ in curation and split at most."""
    return dataclasses.replace(one, split=other.split, curation=other.curation) == other


@dataclass(frozen=True)
class Unreadable:
    """An image that could not be used, and why, in words.

    Attributes:
        passing: Whether the same file may be readable another time, as where no one may open it now.
    """

    path: str
    why: str
    passing: bool = False


class Originals(Protocol):
    """What a source holds, before any preprocessing."""

    def original(self, index: int) -> bytes | np.ndarray[Any, Any]:
        """The image at a place of the source: the bytes of its file, or the uint8 array (height, width, 1 or 3) where
        the source holds arrays.

        Raises:
            UnreadableImage: where the file is gone, or may not be read.
        """


@dataclass(frozen=True, eq=False)
class Dataset:
    """Decoded images with their classes and parts.

    Attributes:
        spec: What it was opened from, preprocessing filled in.
        class_names: Sorted; a label is an index into it.
        ids: Image id (relative path; unique) of each image.
        images: uint8, (images, height, width, channels); a read-only memory map of the cache.
        labels: int32, (images,).
        parts: uint8, (images,); index into `engine.data.split.PARTS`.
        fingerprint: SHA-256 over ids, labels, parts and pixels, hex.
        unreadable: What was left out.
        notes: What the user should know, in sentences ("52 images differ in size: 64 × 64 was proposed").
        seconds: How long opening took.
        from_cache: Whether the pixels came from an earlier opening.
        originals: Gives the images as the source holds them.
        places: int64, (images,): the place of each image in its source, which counts the unreadable ones too.
        material: The same images without the user's labels, exclusions and split.
        state: Of the source when it was opened; another one means that something has changed there.
    """

    spec: DatasetSpec
    class_names: tuple[str, ...]
    ids: tuple[str, ...]
    images: np.ndarray[Any, Any]
    labels: np.ndarray[Any, Any]
    parts: np.ndarray[Any, Any]
    fingerprint: str
    unreadable: tuple[Unreadable, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    from_cache: bool = False
    originals: Originals | None = None
    places: np.ndarray[Any, Any] | None = None
    material: Material | None = None
    state: str = ""

    def original(self, index: int) -> bytes | np.ndarray[Any, Any]:
        """The image as its source holds it; see `Originals.original`."""
        assert self.originals is not None, "a dataset that was opened has them"
        return self.originals.original(index if self.places is None else int(self.places[index]))

    @property
    def shape(self) -> Shape:
        """Shape of one image."""
        height, width, channels = self.images.shape[1:]
        return (int(height), int(width), int(channels))
