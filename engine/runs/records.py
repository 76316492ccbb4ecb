"""What is known of a run without training it again."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.plan import Plan


class State(enum.StrEnum):
    """Where a run stands; one whose process is gone reads as interrupted."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class EpochRow:
    """One row of `history.csv`; epochs count from 1, validation is None where there are no such images."""

    epoch: int
    step: int
    train_loss: float
    train_accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None


@dataclass(frozen=True)
class RunSummary:
    """One row of the table of runs.

    Attributes:
        run: The run's id and folder name ("run-003").
        reason: Why it ended, or "" while it has not.
        epochs: Epochs ended.
        planned_epochs: Epochs planned, later extensions included.
        best_epoch: The epoch of the best weights, or 0 where there are none.
        steps: Steps ended and safe in a checkpoint.
        has_weights: Whether there is a checkpoint to inspect.
    """

    run: str
    folder: Path
    state: State
    reason: str
    started: str
    epochs: int
    planned_epochs: int
    steps: int
    train_accuracy: float | None
    validation_accuracy: float | None
    validation_loss: float | None
    best_epoch: int
    best_validation_accuracy: float | None
    parameters: int
    images_per_second: float
    seconds: float
    has_weights: bool
    error: str = ""


@dataclass(frozen=True, eq=False)
class RunRecord:
    """A run as it stands on disk.

    Attributes:
        history: Ended epochs.
        step_loss: float32, (steps,): training loss of every step, in order.
        step_accuracy: float32, (steps,).
    """

    summary: RunSummary
    plan: Plan
    history: tuple[EpochRow, ...]
    step_loss: np.ndarray[Any, Any]
    step_accuracy: np.ndarray[Any, Any]
