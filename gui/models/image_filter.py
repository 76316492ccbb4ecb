"""Which images of a dataset are shown: by class, part of the split, what the user did to them, and name."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from engine.data.curating import relabelled
from engine.data.split import PARTS, Curation
from engine.data.splitting import LEFT_OUT
from engine.service.datasets import DatasetSummary

Array = np.ndarray[Any, Any]

ANY: Final = ""
LEFT_OUT_STATE: Final = "left out"
RELABELLED: Final = "relabelled"
MOVED: Final = "moved"
UNREADABLE: Final = "unreadable"
STATES: Final = (LEFT_OUT_STATE, RELABELLED, MOVED, UNREADABLE)
PART_NAMES: Final = ("training", "validation", "test")


class CuratedImages:
    """The images of a dataset, and what the user has made of them."""

    def __init__(self, dataset: DatasetSummary, *, names: ImageNames | None = None) -> None:
        self.dataset = dataset
        self.names = names if names is not None and names.ids is dataset.ids else ImageNames(dataset.ids)

    def with_curation(self, curation: Curation) -> CuratedImages:
        """The images under another curation, at once.

        Labels and exclusions are exact. Parts are those of before, but for what the user says of single images: only
        the engine draws the split again.
        """
        dataset, place = self.dataset, self.names.place
        changes = {place[id]: name for id, name in curation.labels if id in place}
        class_names, labels = relabelled(dataset.source_classes, dataset.source_labels, changes)
        parts = dataset.parts.copy()
        parts[parts == LEFT_OUT] = 0
        for id, part in curation.parts:
            if id in place:
                parts[place[id]] = PARTS.index(part)
        parts[[place[id] for id in curation.excluded if id in place]] = LEFT_OUT
        spec = dataclasses.replace(dataset.spec, curation=curation)
        changed = dataclasses.replace(dataset, spec=spec, class_names=class_names, labels=labels, parts=parts)
        return CuratedImages(changed, names=self.names)

    @functools.cached_property
    def left_out(self) -> Array:
        """bool, (images,): whether the user has left it out."""
        found: Array = self.dataset.parts == LEFT_OUT
        return found

    @functools.cached_property
    def relabelled(self) -> Array:
        """bool, (images,): whether it has another class than its source gives."""
        numbers = {name: number for number, name in enumerate(self.dataset.class_names)}
        table = np.array([numbers.get(name, -1) for name in self.dataset.source_classes], np.int32)
        labels = self.dataset.source_labels
        found: Array = (table[labels] if len(labels) else labels) != self.dataset.labels
        return found

    @functools.cached_property
    def moved(self) -> Array:
        """bool, (images,): whether the user has said its part."""
        found = np.zeros(len(self.dataset.ids), bool)
        place = self.names.place if self.dataset.spec.curation.parts else {}
        found[[place[id] for id, _ in self.dataset.spec.curation.parts if id in place]] = True
        return found

    def count(self, state: str) -> int:
        """Images in one of `STATES`, or files that could not be read."""
        if state == UNREADABLE:
            return len(self.dataset.unreadable)
        return int(self._in_state(state).sum())

    def _in_state(self, state: str) -> Array:
        return {LEFT_OUT_STATE: self.left_out, RELABELLED: self.relabelled, MOVED: self.moved}[state]

    def matching(self, wanted: ImageFilter) -> Array:
        """bool, (images,): whether an image is to be shown."""
        dataset = self.dataset
        found = np.ones(len(dataset.ids), bool)
        if wanted.class_name is not None:
            known = wanted.class_name in dataset.class_names
            found &= dataset.labels == (dataset.class_names.index(wanted.class_name) if known else -1)
        if wanted.part is not None:
            found &= dataset.parts == wanted.part
        if wanted.state == UNREADABLE:
            found[:] = False
        elif wanted.state != ANY:
            found &= self._in_state(wanted.state)
        for word in wanted.words.casefold().split():
            found &= np.fromiter((word in name for name in self.names.folded), bool, len(dataset.ids))
        return found


class ImageNames:
    """The ids of a dataset, found by name and by what they contain."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        self.ids = ids

    @functools.cached_property
    def place(self) -> Mapping[str, int]:
        """The index of each image, by its id."""
        return {id: index for index, id in enumerate(self.ids)}

    @functools.cached_property
    def folded(self) -> tuple[str, ...]:
        """The ids without the difference of capitals."""
        return tuple(id.casefold() for id in self.ids)


@dataclass(frozen=True)
class ImageFilter:
    """What is to be shown.

    Attributes:
        class_name: Images of this class; None for all.
        part: Index into `PARTS`; None for all.
        state: One of `STATES`, or ANY.
        words: Every word must occur in the image's id, capitals or not.
    """

    class_name: str | None = None
    part: int | None = None
    state: str = ANY
    words: str = ""

    @property
    def shows_all(self) -> bool:
        """Whether nothing is filtered away."""
        return self.class_name is None and self.part is None and self.state == ANY and not self.words.split()
