"""Splits and curation: which image is for training, validation and test, and which label the user gave it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import ClassVar

from engine.parameters import Configured, choice, integer, real


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
