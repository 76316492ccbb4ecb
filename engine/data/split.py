"""Splits and curation: which image is for training, validation and test, and which label the user gave it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from engine.parameters import Configured, choice, integer, real

V = TypeVar("V", bound=str)


class Part(enum.StrEnum):
    """The three parts of a split."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


PARTS = tuple(Part)
"""In the order of the numbers that stand in a dataset's `parts` array."""


@dataclass(frozen=True)
class Split(Configured):
    """How a dataset is divided: a rule with its own seed, kept with the dataset and never tied to a run's seed."""

    kind: ClassVar[str] = "Split"

    rule: str = choice(
        "folders",
        choices=("folders", "stratified"),
        help="By the train, validation and test folders where the source has them; else, or always, drawn by chance "
        "with the same share of every class.",
    )
    validation: float = real(
        0.15, minimum=0.0, maximum=0.9, help="Share of the images kept to watch the training.", unit=""
    )
    test: float = real(0.15, minimum=0.0, maximum=0.9, help="Share of the images that training never sees.")
    seed: int = integer(0, minimum=0, maximum=2**31 - 1, help="Draws the same split every time.", advanced=True)


@dataclass(frozen=True)
class Curation:
    """The user's own labels and exclusions over a source, keyed by image id.

    Attributes:
        labels: (image id, class name) pairs, sorted by id.
        excluded: Image ids left out, sorted.
        parts: (image id, part) pairs that override the split's rule, sorted by id.
    """

    labels: tuple[tuple[str, str], ...] = ()
    excluded: tuple[str, ...] = ()
    parts: tuple[tuple[str, Part], ...] = ()

    def exclude(self, ids: Iterable[str]) -> Curation:
        """With these images left out."""
        return replace(self, excluded=tuple(sorted({*self.excluded, *ids})))

    def include(self, ids: Iterable[str]) -> Curation:
        """With these images taken in again."""
        return replace(self, excluded=tuple(sorted(set(self.excluded) - set(ids))))

    def label(self, ids: Iterable[str], class_name: str | None) -> Curation:
        """With these images in a class, which may be a new one; None gives them the class of their source again."""
        return replace(self, labels=_set(self.labels, ids, class_name))

    def move(self, ids: Iterable[str], part: Part | None) -> Curation:
        """With these images in a part of the split; None leaves it to the split's rule again."""
        return replace(self, parts=_set(self.parts, ids, part))


def _set(pairs: tuple[tuple[str, V], ...], ids: Iterable[str], value: V | None) -> tuple[tuple[str, V], ...]:
    changed = dict(pairs)
    for id in ids:
        if value is None:
            changed.pop(id, None)
        else:
            changed[id] = value
    return tuple(sorted(changed.items()))
