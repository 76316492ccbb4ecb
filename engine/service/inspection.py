"""Jobs that look through a trained network."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from engine.data.dataset import DatasetSpec
from engine.inspection.results import (
    Classification,
    DatasetImage,
    Evaluation,
    ImageRef,
    Inspection,
    LayerPreviews,
    TrainedRef,
)
from engine.jobs import Context, Job, Lane
from engine.network import Network
from engine.service.session import DATASETS

if TYPE_CHECKING:
    from engine.inspection.trained import Trained


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
        from engine.inspection.looking import inspect
        from engine.inspection.trained import Trained

        trained = Trained.load(self.trained)
        dataset = None
        if isinstance(self.image, DatasetImage):
            dataset = DATASETS.get(_as_trained(self.image.data, trained), context)
        return inspect(trained, self.image, self.layers, self.top, dataset)


@dataclass(frozen=True)
class Preview(Job):
    """An image as it leaves each layer of a network that may not be trained yet, small; gives `LayerPreviews`.

    Attributes:
        seed: Decides the weights of the layers that are not trained.
        trained: Whose weights are taken where they fit, or None for none.
    """

    title: ClassVar[str] = "Previewing layers"
    lane: ClassVar[Lane] = Lane.INSPECTION

    network: Network
    seed: int
    image: DatasetImage
    trained: TrainedRef | None = None

    def run(self, context: Context) -> LayerPreviews:
        from engine.inspection.looking import image_of
        from engine.inspection.previewing import graph_to_preview, preview

        context.check()
        # Before anything is opened or built: what is refused costs nothing.
        graph = graph_to_preview(self.network)
        dataset = DATASETS.get(self.image.data, context)
        return preview(graph, self.seed, image_of(dataset, self.image.index), self.trained, context)


@dataclass(frozen=True)
class Classify(Job):
    """Many images, files or folders; partial results are tuples of `Classified`; gives a `Classification`."""

    title: ClassVar[str] = "Classifying images"
    lane: ClassVar[Lane] = Lane.INSPECTION

    trained: TrainedRef
    paths: tuple[Path, ...]
    top: int = 5

    def run(self, context: Context) -> Classification:
        from engine.inspection.classifying import classify
        from engine.inspection.trained import Trained

        return classify(Trained.load(self.trained), self.paths, self.top, context)


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
        from engine.inspection.evaluating import evaluate
        from engine.inspection.trained import Trained

        trained = Trained.load(self.trained)
        dataset = DATASETS.get(_as_trained(self.data, trained), context)
        return evaluate(trained, dataset, self.split, context)


def _as_trained(data: DatasetSpec, trained: Trained) -> DatasetSpec:
    """The same images, made the network's input as they were for its training."""
    return dataclasses.replace(data, preprocessing=trained.facts.plan.preprocessing)
