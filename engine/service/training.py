"""Jobs that train. Their partial results are the run events of `engine/events.py`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from engine.data.dataset import DatasetSpec
from engine.jobs import Context, Job, Lane
from engine.plan import Draft
from engine.runs.records import RunSummary


@dataclass(frozen=True)
class WarmUp(Job):
    """Import TensorFlow and run one small step; gives a sentence for the status bar."""

    title: ClassVar[str] = "Starting TensorFlow"
    lane: ClassVar[Lane] = Lane.INSPECTION

    def run(self, context: Context) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class Train(Job):
    """Train a draft as a new run in `runs_folder`; gives the run's `RunSummary`.

    Attributes:
        threads: CPU threads, or 0 for as many as the computer has.
    """

    title: ClassVar[str] = "Training"
    lane: ClassVar[Lane] = Lane.TRAINING

    draft: Draft
    runs_folder: Path
    threads: int = 0

    def run(self, context: Context) -> RunSummary:
        raise NotImplementedError


@dataclass(frozen=True)
class ResumeRun(Job):
    """Continue a run at its last checkpoint; gives its `RunSummary`.

    Attributes:
        more_epochs: Epochs beyond those planned so far ("Train 10 more epochs").
    """

    title: ClassVar[str] = "Training"
    lane: ClassVar[Lane] = Lane.TRAINING

    run_folder: Path
    data: DatasetSpec
    more_epochs: int = 0

    def run(self, context: Context) -> RunSummary:
        raise NotImplementedError
