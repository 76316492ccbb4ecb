"""Which images a step sees: a function of (seed, epoch, step) and nothing else, so that a run resumes anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.data.dataset import Dataset
from engine.data.split import PARTS, Part

Array = np.ndarray[Any, Any]


class Batches:
    """The images of a dataset, batch by batch, copied out of its memory map as they are needed.

    Attributes:
        train: Indexes of the training images.
        validation: Indexes of the validation images.
        size: Images of a training batch.
        steps: Batches of an epoch; the last may be smaller.
    """

    def __init__(self, dataset: Dataset, size: int, seed: int) -> None:
        self._images = np.asarray(dataset.images)  # the same memory; plain arrays index faster than memmaps
        self._labels = np.asarray(dataset.labels, np.int32)
        self._seed = seed
        self.train = np.flatnonzero(dataset.parts == PARTS.index(Part.TRAIN)).astype(np.int32)
        self.validation = np.flatnonzero(dataset.parts == PARTS.index(Part.VALIDATION)).astype(np.int32)
        self.size = size
        self.steps = -(-len(self.train) // size)

    def of_epoch(self, epoch: int, first_step: int = 0) -> Iterator[tuple[Array, Array, Array]]:
        """Images, labels and indexes of each step of `epoch` (from 1), from `first_step` on."""
        order = np.random.default_rng([self._seed, epoch]).permutation(self.train)
        for start in range(first_step * self.size, len(order), self.size):
            numbers = order[start : start + self.size]
            yield self._images[numbers], self._labels[numbers], numbers

    def of_validation(self, size: int) -> Iterator[tuple[Array, Array]]:
        """Images and labels of the validation part, in order, `size` at a time."""
        for start in range(0, len(self.validation), size):
            numbers = self.validation[start : start + size]
            yield self._images[numbers], self._labels[numbers]
