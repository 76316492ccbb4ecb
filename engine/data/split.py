"""Splits and curation: which image is for training, validation and test, and which label the user gave it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from engine.errors import EngineError
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
    """How a dataset is divided: a rule with its own seed, kept with the dataset and never tied to a run's seed.

    Raises:
        EngineError: where the fold is none of the folds.
    """

    kind: ClassVar[str] = "Split"

    rule: str = choice(
        "folders",
        choices=("folders", "stratified", "k-fold"),
        help="folders: by the train, validation and test folders where the source has them, else drawn by chance. "
        "stratified: always drawn by chance, with the same share of every class. k-fold: the images are dealt into "
        "folds; one of them is for validation and the others are for training. Train once for each fold, and the "
        "mean of the results says more than one of them. A test folder, or the share for the test, is kept apart.",
    )
    folds: int = integer(
        5, minimum=2, maximum=100, help="Number of folds.", only_with=("rule", "k-fold"), label="Number of folds"
    )
    fold: int = integer(
        1,
        minimum=1,
        maximum=100,
        help="Which of the folds is for validation, from 1 on.",
        only_with=("rule", "k-fold"),
        label="Fold for validation",
    )
    validation: float = real(
        0.15,
        minimum=0.0,
        maximum=0.9,
        help="Share of the images kept to watch the training.",
        unit="",
        only_with=("rule", "folders", "stratified"),
    )
    test: float = real(
        0.15, minimum=0.0, maximum=0.9, help="Share of the images that training never sees, in any fold."
    )
    groups: str = choice(
        "none",
        choices=("none", "folder", "name"),
        label="Keep together",
        help="Images of one patient, animal or scene are too alike to stand in training and test both. none: each "
        "image is on its own. folder: those in one folder right below the class folder stay together. name: those "
        "whose file names begin alike stay together. The same folder or name in two classes is one group.",
    )
    separator: str = choice(
        "_ or -",
        choices=("_ or -", "_", "-", ".", "space"),
        help="What cuts a file name into pieces: p07_left_2.png has the pieces p07, left and 2.",
        only_with=("groups", "name"),
    )
    pieces: int = integer(
        1,
        minimum=1,
        maximum=20,
        label="Pieces alike",
        help="How many pieces at the beginning of two file names must be the same for them to stay together.",
        only_with=("groups", "name"),
    )
    seed: int = integer(0, minimum=0, maximum=2**31 - 1, help="Draws the same split every time.", advanced=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.fold > self.folds:
            raise EngineError(
                f"There is no fold {self.fold} of {self.folds}.",
                f"The fold for validation is one of the {self.folds} folds, counted from 1.",
                f"Set it to a number from 1 to {self.folds}, or ask for more folds.",
            )


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
