"""Curating: from what was read of a source to a dataset with the user's labels, exclusions and split.

Nothing is read or decoded here: another curation of the same images costs milliseconds, for 100,000 images too.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from engine import limits
from engine.data.dataset import Dataset, DatasetSpec, Originals, Unreadable
from engine.data.split import PARTS, Part
from engine.data.splitting import LEFT_OUT, divide, draw_places, told
from engine.data.words import few
from engine.errors import EngineError

TWO_CLASSES: Final = "A dataset has at least two classes, with readable images in each."

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Material:
    """What was read of a source with one preprocessing, whatever the user says of it.

    Attributes:
        ids: Image id of each image that could be read.
        class_names: The classes of the source, sorted.
        labels: int32, (images,): the class that the source gives, index into `class_names`.
        folders: The part that each image's folder says, or None.
        images: uint8, (images, height, width, channels).
        checksum: SHA-256 of the pixels, hex.
    """

    ids: tuple[str, ...]
    class_names: tuple[str, ...]
    labels: Array
    folders: Sequence[Part | None]
    images: Array
    checksum: str
    unreadable: tuple[Unreadable, ...] = ()
    notes: tuple[str, ...] = ()
    from_cache: bool = False
    originals: Originals | None = None
    places: Array | None = None
    state: str = ""
    _drawn: dict[int, Array] = field(default_factory=dict, repr=False)

    @functools.cached_property
    def identity(self) -> str:
        """SHA-256 over the pixels and the ids, hex: equal where only labels, exclusions and split differ."""
        return str(self._digest().hexdigest())

    @functools.cached_property
    def index(self) -> Mapping[str, int]:
        """The place of each image, by its id."""
        return {id: place for place, id in enumerate(self.ids)}

    @functools.cached_property
    def _digest(self) -> Callable[[], Any]:
        digest = hashlib.sha256(self.checksum.encode())
        digest.update(b"".join(one.encode("utf-8", "surrogateescape") + b"\0" for one in self.ids))
        return digest.copy

    def curated(self, spec: DatasetSpec) -> Dataset:
        """The dataset of these images with the labels, exclusions and split of `spec`.

        Raises:
            EngineError: where fewer than two classes are left, or there are too many.
        """
        changes = {self.index[id]: name for id, name in spec.curation.labels if id in self.index}
        class_names, labels = relabelled(self.class_names, self.labels, changes)
        _check_classes(class_names, spec)
        if spec.split.seed not in self._drawn:
            self._drawn.clear()
            self._drawn[spec.split.seed] = draw_places(spec.split.seed, self.ids)
        drawn = self._drawn[spec.split.seed]
        parts = divide(self.ids, labels, self.folders, spec.split, spec.curation, drawn)
        digest = self._digest()
        digest.update(np.ascontiguousarray(labels).data)
        digest.update(np.ascontiguousarray(parts).data)
        return Dataset(
            spec,
            class_names,
            self.ids,
            self.images,
            labels,
            parts,
            digest.hexdigest(),
            self.unreadable,
            (
                *self.notes,
                *_remarks(class_names, labels, parts),
                *told(self.ids, labels, self.folders, spec.split, class_names, parts),
            ),
            from_cache=self.from_cache,
            originals=self.originals,
            places=self.places,
            material=self,
            state=self.state,
        )


def relabelled(class_names: Sequence[str], labels: Array, changes: Mapping[int, str]) -> tuple[tuple[str, ...], Array]:
    """Class names and labels once some images have other classes.

    Args:
        class_names: The classes before.
        labels: int, (images,): index into them.
        changes: The new class of some images, by their index; it may be one that was not there before.

    Returns:
        The classes that an image has, sorted, and int32 (images,): index into those.
    """
    names = list(class_names)
    numbers = {name: number for number, name in enumerate(names)}
    changed = labels.astype(np.int32)
    for index, name in changes.items():
        if name not in numbers:
            numbers[name] = len(names)
            names.append(name)
        changed[index] = numbers[name]
    used = np.bincount(changed, minlength=len(names)) > 0
    kept = sorted(name for name, there in zip(names, used, strict=True) if there)
    order = {name: number for number, name in enumerate(kept)}
    table = np.array([order.get(name, 0) for name in names], np.int32)
    return tuple(kept), table[changed] if len(changed) else changed


def _check_classes(class_names: tuple[str, ...], spec: DatasetSpec) -> None:
    if len(class_names) == 1:
        raise EngineError(
            f"{spec.source.name} has only one class with readable images: {class_names[0]}.",
            TWO_CLASSES,
            "Add images of another class, so that there is something to tell apart.",
        )
    if len(class_names) > limits.MAX_CLASSES:
        raise EngineError(
            f"{spec.source.name} has {len(class_names):,} classes.",
            f"A dataset has at most {limits.MAX_CLASSES:,} classes.",
            "Check that each folder, or each label, is a class, and not each image.",
        )


def _remarks(class_names: tuple[str, ...], labels: Array, parts: Array) -> list[str]:
    """What the user should know about the classes and the split."""
    remarks = []
    training = np.bincount(labels[parts == PARTS.index(Part.TRAIN)], minlength=len(class_names))
    untrained = [name for name, number in zip(class_names, training, strict=True) if not number]
    if untrained:
        remarks.append(f"No image for training in {few(untrained)}: the network cannot learn it.")
    totals = np.bincount(labels[parts != LEFT_OUT], minlength=len(class_names))
    alone = [name for name, number in zip(class_names, totals, strict=True) if 0 < number < 3]
    if alone:
        remarks.append(f"Fewer than three images in {few(alone)}: all are for training, none to check on.")
    return remarks
