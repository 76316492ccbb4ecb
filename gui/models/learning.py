"""How a run has learned so far: the curves that the Train and Runs pages draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.events import EpochEnded, RunResumed, RunStarted, StepsEnded
from engine.runs.records import EpochRow, RunRecord

Array = np.ndarray[Any, Any]


class _Steps:
    """Points of one figure over the steps; grows by doubling, so that an hour of training stays cheap."""

    def __init__(self) -> None:
        self._points: Array = np.empty((1024, 2))
        self._count = 0

    def add(self, points: Sequence[tuple[float, float]]) -> None:
        while self._count + len(points) > len(self._points):
            self._points = np.concatenate([self._points, np.empty_like(self._points)])
        self._points[self._count : self._count + len(points)] = points
        self._count += len(points)

    def cut(self, step: int) -> None:
        self._count = int(np.searchsorted(self._points[: self._count, 0], step))

    def fill(self, values: Array) -> None:
        self._points = np.stack([np.arange(len(values)), np.asarray(values)], axis=1).astype(float)
        self._count = len(values)
        if not self._count:
            self._points = np.empty((1024, 2))

    def over_epochs(self, steps_per_epoch: int) -> tuple[Array, Array]:
        """Positions in epochs (a step's end counts) and values."""
        points = self._points[: self._count]
        return (points[:, 0] + 1) / steps_per_epoch, points[:, 1]


@dataclass(frozen=True)
class EpochPoint:
    """One ended epoch; validation is None where there are no such images."""

    epoch: int
    train_loss: float
    train_accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None


class Learning:
    """The curves of one run, fed by its events as they come or from its folder at once.

    Attributes:
        epochs_planned: Where the axis of epochs ends.
        steps_per_epoch: Training steps in one epoch.
        points: Ended epochs.
    """

    def __init__(self) -> None:
        self.epochs_planned = 0
        self.steps_per_epoch = 1
        self.points: list[EpochPoint] = []
        self._loss = _Steps()
        self._accuracy = _Steps()

    @classmethod
    def of_record(cls, record: RunRecord) -> Learning:
        """The curves of a run as it stands on disk."""
        learning = cls()
        learning.epochs_planned = record.summary.planned_epochs
        learning.points = [_point(row) for row in record.history]
        steps = len(record.step_loss)
        if record.history:
            last = record.history[-1]
            learning.steps_per_epoch = max(1, round(last.step / last.epoch))
        else:
            learning.steps_per_epoch = max(1, steps)
        learning._loss.fill(record.step_loss)
        learning._accuracy.fill(record.step_accuracy)
        return learning

    def started(self, event: RunStarted) -> None:
        """The run begins with an empty sheet."""
        self.epochs_planned = event.epochs
        self.steps_per_epoch = max(1, event.steps_per_epoch)

    def resumed(self, event: RunResumed) -> None:
        """What was said of later steps is void."""
        self.epochs_planned = event.epochs
        self.steps_per_epoch = max(1, event.steps_per_epoch)
        self._loss.cut(event.from_step)
        self._accuracy.cut(event.from_step)
        ended = event.from_step // self.steps_per_epoch
        self.points = [point for point in self.points if point.epoch <= ended]

    def steps_ended(self, event: StepsEnded) -> None:
        """Some steps more; of many at once the extremes are kept."""
        self._loss.add(_spread(event.first_step, event.last_step, event.loss))
        self._accuracy.add(_spread(event.first_step, event.last_step, event.accuracy))

    def epoch_ended(self, event: EpochEnded) -> None:
        """One epoch more."""
        self.points.append(
            EpochPoint(
                event.epoch,
                event.train_loss,
                event.train_accuracy,
                event.validation_loss,
                event.validation_accuracy,
            )
        )

    def step_curve(self, figure: str) -> tuple[Array, Array]:
        """Positions in epochs and training values after every step; `figure` is "loss" or "accuracy"."""
        return (self._loss if figure == "loss" else self._accuracy).over_epochs(self.steps_per_epoch)

    def epoch_curve(self, part: str, figure: str) -> tuple[Array, Array]:
        """Epochs and values of "train" or "validation"; epochs without a value are left out."""
        found = [(point.epoch, getattr(point, f"{part}_{figure}")) for point in self.points]
        known = np.array([one for one in found if one[1] is not None], dtype=float).reshape(-1, 2)
        return known[:, 0], known[:, 1]


def _point(row: EpochRow) -> EpochPoint:
    return EpochPoint(row.epoch, row.train_loss, row.train_accuracy, row.validation_loss, row.validation_accuracy)


def _spread(first: int, last: int, values: tuple[float, float, float, float, float]) -> list[tuple[float, float]]:
    """(step, value) pairs that keep the first, the extremes and the last of (first, last, mean, minimum, maximum)."""
    start, end, _mean, lowest, highest = values
    if first == last:
        return [(first, end)]
    if last - first == 1:
        return [(first, start), (last, end)]
    middle = (first + last) / 2
    return [(first, start), (middle, lowest), (middle, highest), (last, end)]
