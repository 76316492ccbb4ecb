"""Jobs on augmentation: show what it makes of an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

import numpy as np

from engine.augmentation import Augmentation
from engine.data.split import PARTS, Part
from engine.errors import EngineError
from engine.inspection.results import DatasetImage
from engine.jobs import Context, Job, Lane
from engine.service.session import DATASETS

LARGEST: Final = 144
"""Pixels of a side at most; larger images are shown smaller, and letterboxed on black."""


@dataclass(frozen=True, eq=False)
class AugmentedSheet:
    """One image under several draws.

    Attributes:
        index: The image's place in the dataset.
        original: uint8, (height, width, channels): as it is.
        pixels: uint8, (draws, height, width, channels): as the first epochs would show it.
        shares: float32, (draws, classes): how much of each class each shows; more than one where images are mixed.
    """

    index: int
    original: np.ndarray[Any, Any]
    pixels: np.ndarray[Any, Any]
    shares: np.ndarray[Any, Any]


@dataclass(frozen=True)
class PreviewAugmentation(Job):
    """An image of a dataset as the first epochs would show it; gives an `AugmentedSheet`.

    Attributes:
        seed: Of the next run.
        draws: How many epochs.
    """

    title: ClassVar[str] = "Drawing changed images"
    lane: ClassVar[Lane] = Lane.INSPECTION

    augmentation: Augmentation
    image: DatasetImage
    seed: int
    draws: int = 20

    def run(self, context: Context) -> AugmentedSheet:
        from engine import process
        from engine.augmentation.preview import preview

        context.check()
        dataset = DATASETS.get(self.image.data, context)
        index = self.image.index
        if not 0 <= index < len(dataset.ids):
            raise EngineError(
                "The image is not in the dataset any more.",
                "An image of the dataset is shown changed.",
                "Choose another image.",
            )
        if not process.ready():
            context.progress(0, None, "TensorFlow is starting: the pictures come in a few seconds.")
        process.prepare()
        context.check()
        training = np.flatnonzero(dataset.parts == PARTS.index(Part.TRAIN))
        pool = training if len(training) else np.arange(len(dataset.ids))
        # Spread over the dataset, whose images lie class by class.
        steps = np.arange(1, self.draws + 1) * max(1, len(pool) // (self.draws + 1))
        others = pool[(np.searchsorted(pool, index) + steps) % len(pool)]
        labels = np.asarray(dataset.labels, np.int32)
        original = np.asarray(dataset.images[index])
        pixels, shares = preview(
            self.augmentation,
            original,
            index,
            int(labels[index]),
            np.asarray(dataset.images[others]),
            labels[others],
            self.seed,
            context,
        )
        original, *changed = _small(np.concatenate([original[None], pixels]))
        return AugmentedSheet(index, original, np.stack(changed), shares)


def _small(images: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Images as they are, or not much larger than they are looked at."""
    from engine.images.thumbnails import sheet

    return images if max(images.shape[1:3]) <= LARGEST else sheet(images, LARGEST)
