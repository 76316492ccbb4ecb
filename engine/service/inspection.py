"""Jobs that look through a trained network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from engine.data.dataset import DatasetSpec
from engine.inspection.results import Classification, Evaluation, ImageRef, Inspection, TrainedRef
from engine.jobs import Context, Job, Lane


@dataclass(frozen=True)
class Inspect(Job):
    """One image: predictions and the outputs of these layers, from one call; gives an `Inspection`.

    Attributes:
        layers: Paths; () gives every layer's.
    """

    title: ClassVar[str] = "Looking inside"
    lane: ClassVar[Lane] = Lane.INSPECTION

    trained: TrainedRef
    image: ImageRef
    layers: tuple[str, ...] = ()
    top: int = 5

    def run(self, context: Context) -> Inspection:
        raise NotImplementedError


@dataclass(frozen=True)
class Classify(Job):
    """Many images, files or folders; partial results are tuples of `Classified`; gives a `Classification`."""

    title: ClassVar[str] = "Classifying images"
    lane: ClassVar[Lane] = Lane.INSPECTION

    trained: TrainedRef
    paths: tuple[Path, ...]
    top: int = 5

    def run(self, context: Context) -> Classification:
        raise NotImplementedError


@dataclass(frozen=True)
class Evaluate(Job):
    """Measure on a part of a dataset; gives an `Evaluation`.

    Attributes:
        data: The run's own dataset, or another one, whose classes are matched by name.
        split: "train", "validation", "test", "all", or "" for the test part, or validation where there is none.
    """

    title: ClassVar[str] = "Measuring accuracy"
    lane: ClassVar[Lane] = Lane.INSPECTION

    trained: TrainedRef
    data: DatasetSpec
    split: str = ""

    def run(self, context: Context) -> Evaluation:
        raise NotImplementedError
