"""How far a run has come: the small state that, with the arrays, makes a checkpoint whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scores:
    """The figures of an ended epoch; validation is None where there are no such images."""

    train_loss: float
    train_accuracy: float
    validation_loss: float | None = None
    validation_accuracy: float | None = None

    @property
    def loss(self) -> float:
        """What early stopping watches: of validation, else of training."""
        return self.train_loss if self.validation_loss is None else self.validation_loss

    @property
    def accuracy(self) -> float:
        """What the best weights are chosen by: of validation, else of training."""
        return self.train_accuracy if self.validation_accuracy is None else self.validation_accuracy

    def better_than(self, other: Scores) -> bool:
        """Whether these weights are the ones to keep: higher accuracy, and lower loss where that is equal."""
        return (self.accuracy, -self.loss) > (other.accuracy, -other.loss)


@dataclass
class Progress:
    """A place between two steps, and what was learned about the run on the way there.

    Attributes:
        epochs: Epochs planned.
        epoch: The epoch under way, from 1.
        step: Steps ended in it.
        total: Steps ended over the whole run.
        loss_sum: Loss of the epoch's steps, each times its images.
        correct: Images of the epoch's steps that were recognised.
        images: Images of those steps.
        scores: Of the last ended epoch.
        best: Of the best ended epoch.
        best_epoch: Its number, or 0.
        best_step: Steps ended with it.
        least_loss: The least watched loss so far, for early stopping.
        waited: Epochs since then.
    """

    epochs: int
    epoch: int = 1
    step: int = 0
    total: int = 0
    loss_sum: float = 0.0
    correct: float = 0.0
    images: int = 0
    scores: Scores | None = None
    best: Scores | None = None
    best_epoch: int = 0
    best_step: int = 0
    least_loss: float | None = None
    waited: int = 0

    def add(self, loss: float, accuracy: float, images: int) -> None:
        """Count one ended step."""
        self.step += 1
        self.total += 1
        self.loss_sum += loss * images
        self.correct += accuracy * images
        self.images += images

    def end_epoch(self, validation: tuple[float, float] | None) -> Scores:
        """Close the epoch and begin the next.

        Args:
            validation: Loss and accuracy, where there are validation images.

        Returns:
            The figures of the epoch; `best_epoch` says whether it is the best.
        """
        scores = Scores(self.loss_sum / self.images, self.correct / self.images, *(validation or ()))
        self.scores = scores
        if self.best is None or scores.better_than(self.best):
            self.best, self.best_epoch, self.best_step = scores, self.epoch, self.total
        if self.least_loss is None or scores.loss < self.least_loss:
            self.least_loss, self.waited = scores.loss, 0
        else:
            self.waited += 1
        self.epoch += 1
        self.step = self.images = 0
        self.loss_sum = self.correct = 0.0
        return scores

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON types."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Progress:
        """The inverse of `to_json`, for data that a checksum has vouched for."""
        values = dict(data)
        for name in ("scores", "best"):
            values[name] = Scores(**values[name]) if values[name] else None
        return cls(**values)
