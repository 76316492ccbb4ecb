"""Drafts and plans: what the user edits, and all that decides a run."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.augmentation import Augmentation
from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.data.split import Curation, Split
from engine.images.preprocessing import Preprocessing
from engine.network import Network
from engine.recipe import Recipe


@dataclass(frozen=True)
class Draft:
    """The immutable value that undo and redo walk over.

    Attributes:
        preprocessing: None until a dataset has been opened and one was proposed.
        seed: The seed of the next run.
    """

    network: Network
    recipe: Recipe = field(default_factory=Recipe)
    augmentation: Augmentation = field(default_factory=Augmentation)
    preprocessing: Preprocessing | None = None
    source: Source = field(default_factory=Source)
    curation: Curation = field(default_factory=Curation)
    split: Split = field(default_factory=Split)
    seed: int = 0

    @property
    def data(self) -> DatasetSpec:
        """The dataset that this draft asks for."""
        return DatasetSpec(self.source, self.preprocessing, self.split, self.curation)


@dataclass(frozen=True)
class Plan:
    """All that decides a run: the same Plan on the same computer gives the same bits.

    Attributes:
        fingerprint: Of the dataset.
        threads: CPU threads for one operation; part of the bits.
        parent: The run whose weights it starts from, or "".
        start_step: The parent's step, where there is a parent.
        changed: What was changed against the parent, in words.
    """

    network: Network
    recipe: Recipe
    augmentation: Augmentation
    preprocessing: Preprocessing
    split: Split
    curation: Curation
    class_names: tuple[str, ...]
    fingerprint: str
    seed: int
    threads: int
    parent: str = ""
    start_step: int = 0
    changed: str = ""
