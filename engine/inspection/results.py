"""What inspection answers: plain values and arrays, no Keras objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.data.dataset import DatasetSpec, Unreadable
from engine.plan import Plan


@dataclass(frozen=True)
class TrainedRef:
    """Which weights to look through.

    Attributes:
        run_folder: The run's folder.
        weights: "best" or "last".
    """

    run_folder: Path
    weights: str = "best"


@dataclass(frozen=True)
class TrainedFacts:
    """Which weights an answer came from.

    Attributes:
        run: The run's id.
        weights: "best" or "last".
        epoch: Ended epochs that these weights have seen.
        step: Ended steps that these weights have seen.
        validation_accuracy: Of these weights, or None where there is no such figure.
    """

    run: str
    weights: str
    epoch: int
    step: int
    validation_accuracy: float | None
    plan: Plan


@dataclass(frozen=True)
class ImageFile:
    """An image on disk, anywhere."""

    path: Path


@dataclass(frozen=True)
class DatasetImage:
    """An image of a dataset, by its index."""

    data: DatasetSpec
    index: int


ImageRef = ImageFile | DatasetImage


@dataclass(frozen=True)
class Prediction:
    """A class and how probable the network holds it, 0 to 1."""

    class_name: str
    probability: float


@dataclass(frozen=True, eq=False)
class Inspection:
    """One image seen through a trained network.

    Attributes:
        name: The image's name, as text.
        seen: uint8, (height, width, channels): the image as the network saw it.
        size: Height and width of the file before preprocessing.
        true_class: Where the image is of a dataset, else "".
        top: Most probable first.
        maps: float32 outputs by layer path, without the batch: (height, width, channels) or (features,).
    """

    trained: TrainedFacts
    name: str
    seen: np.ndarray[Any, Any]
    size: tuple[int, int]
    true_class: str
    top: tuple[Prediction, ...]
    maps: Mapping[str, np.ndarray[Any, Any]]


@dataclass(frozen=True, eq=False)
class LayerPreviews:
    """What leaves each layer for one image, small enough for a card.

    Attributes:
        seen: uint8, (height, width, channels): the image as the network sees it, made small.
        maps: By path, float32: (height, width, 1), the channel that varies most, or (features,).
        weights: Which weights made them, as a sentence.
    """

    seen: np.ndarray[Any, Any]
    maps: Mapping[str, np.ndarray[Any, Any]]
    weights: str


@dataclass(frozen=True)
class Classified:
    """One image of many."""

    path: str
    top: tuple[Prediction, ...]


@dataclass(frozen=True)
class Classification:
    """Many images classified."""

    trained: TrainedFacts
    images: tuple[Classified, ...]
    unreadable: tuple[Unreadable, ...]


@dataclass(frozen=True)
class ClassScore:
    """How well one class is recognised."""

    class_name: str
    images: int
    correct: int

    @property
    def accuracy(self) -> float | None:
        """Share of this class's images that were recognised; None without images."""
        return self.correct / self.images if self.images else None


@dataclass(frozen=True)
class Evaluation:
    """A trained network measured on one part of a dataset.

    Attributes:
        split: "train", "validation", "test" or "all".
        note: What the user should know: which split was taken and why, classes without images.
    """

    trained: TrainedFacts
    split: str
    accuracy: float
    loss: float
    images: int
    per_class: tuple[ClassScore, ...]
    note: str = ""
