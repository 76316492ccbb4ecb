"""A bridge without an engine, and values that an engine could have answered with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
from PySide6.QtCore import QObject

from engine.analysis import analyse
from engine.augmentation import Augmentation
from engine.data.dataset import DatasetSpec, Unreadable
from engine.data.source import Source
from engine.data.split import Curation, Split
from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.inspection.results import Inspection, Prediction, TrainedFacts
from engine.jobs import Job, JobProgress
from engine.layers.input import Input
from engine.network import Network
from engine.plan import Draft, Plan
from engine.recipe import Recipe
from engine.runs.records import EpochRow, RunRecord, RunSummary, State
from engine.service.datasets import DatasetSummary
from engine.templates import template
from gui.bridge import EngineBridge

J = TypeVar("J", bound=Job)
CLASSES = ("cat", "dog", "frog")
PREPROCESSING = Preprocessing(8, 8, "grayscale")


@dataclass
class Sent(Generic[J]):
    """A job that was submitted, and who listens."""

    number: int
    job: J
    listeners: dict[str, Callable[..., None] | None]
    controls: list[object] = field(default_factory=list)
    cancelled: bool = False
    over: bool = False

    def say(self, what: str, *arguments: object) -> None:
        """Call one of the callbacks."""
        if what in ("done", "failed", "cancelled"):
            assert not self.over, "a job has one end"
            self.over = True
        listener = self.listeners.get(what)
        if listener is not None:
            listener(*arguments)


class FakeBridge(EngineBridge):
    """Records what is asked; the test answers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_no_engine, parent)
        self.sent: list[Sent[Any]] = []

    def submit(self, job: Job, **listeners: Any) -> int:
        self.sent.append(Sent[Any](len(self.sent) + 1, job, listeners))
        return len(self.sent)

    def cancel(self, job: int) -> None:
        self.sent[job - 1].cancelled = True

    def control(self, job: int, control: object) -> None:
        self.sent[job - 1].controls.append(control)

    def jobs(self, kind: type[J]) -> list[J]:
        """Every job of a kind, in the order it was asked."""
        return [sent.job for sent in self.sent if isinstance(sent.job, kind)]

    def last(self, kind: type[J]) -> Sent[J]:
        """The newest job of a kind."""
        return next(sent for sent in reversed(self.sent) if isinstance(sent.job, kind))

    def open_jobs(self, kind: type[J]) -> list[Sent[J]]:
        """The jobs of a kind that nobody has answered."""
        return [sent for sent in self.sent if isinstance(sent.job, kind) and not sent.over]


def _no_engine(_on_event: object) -> Any:
    raise AssertionError("a fake bridge starts no engine")


def network(classes: int = len(CLASSES)) -> Network:
    """The starter network for small grey images."""
    return template("starter", Input(8, 8, "grayscale"), classes)


def draft() -> Draft:
    """A draft that is ready to train."""
    return Draft(network(), preprocessing=PREPROCESSING)


def dataset(images: int = 30, *, source: str = "sample:digits", unreadable: int = 0) -> DatasetSummary:
    """A dataset of three classes."""
    return DatasetSummary(
        spec=DatasetSpec(Source(source), PREPROCESSING),
        class_names=CLASSES,
        shape=(8, 8, 1),
        ids=tuple(f"{CLASSES[number % 3]}/{number:05d}.png" for number in range(images)),
        labels=(np.arange(images) % 3).astype(np.int32),
        parts=(np.arange(images) // 3 % 3).astype(np.uint8),
        fingerprint=f"{source}-{images}",
        unreadable=tuple(Unreadable(f"cat/bad{number}.png", "It is a text file.") for number in range(unreadable)),
        notes=("Images differ in size: 8 × 8 was proposed.",),
        seconds=0.2,
        from_cache=False,
        source_classes=CLASSES,
        source_labels=(np.arange(images) % 3).astype(np.int32),
        identity=f"images of {source}-{images}",
    )


def summary(number: int = 1, **changes: Any) -> RunSummary:
    """A run that ended in order."""
    values: dict[str, Any] = {
        "run": f"run-{number:03d}",
        "folder": Path(f"/project/runs/run-{number:03d}"),
        "state": State.ENDED,
        "reason": "completed",
        "started": f"2026-11-23T08:{number:02d}:00+00:00",
        "epochs": 3,
        "planned_epochs": 3,
        "steps": 12,
        "train_accuracy": 0.9,
        "validation_accuracy": 0.8,
        "validation_loss": 0.5,
        "best_epoch": 2,
        "best_validation_accuracy": 0.85,
        "parameters": 1234,
        "images_per_second": 500.0,
        "seconds": 4.0,
        "has_weights": True,
    }
    return RunSummary(**{**values, **changes})


def plan() -> Plan:
    """The plan behind the runs of these fakes."""
    return Plan(
        network(),
        Recipe(),
        Augmentation(),
        PREPROCESSING,
        Split(),
        Curation(),
        CLASSES,
        "fingerprint",
        seed=0,
        threads=1,
    )


def record(number: int = 1, **changes: Any) -> RunRecord:
    """A run with three epochs of four steps."""
    rows = tuple(EpochRow(one, 4 * one, 1.0 / one, 0.5 + 0.1 * one, 1.2 / one, 0.4 + 0.1 * one) for one in (1, 2, 3))
    steps = np.linspace(1.0, 0.3, 12, dtype=np.float32)
    return RunRecord(summary(number, **changes), plan(), rows, steps, 1 - steps)


def inspection(run: str = "run-001", *, network: Network | None = None, true_class: str = "") -> Inspection:
    """What the network makes of one image: every layer's maps."""
    made = plan() if network is None else Plan(**{**plan().__dict__, "network": network})
    analysis = analyse(made.network, None)
    assert analysis.graph is not None, "the fakes' network has no problems"
    rng = np.random.default_rng(0)
    maps = {
        node.path: rng.normal(size=analysis.facts[node.path].output_shape or ()).astype(np.float32)
        for node in analysis.graph
    }
    return Inspection(
        trained=TrainedFacts(run, "best", 2, 8, 0.85, made),
        name="photo.jpg",
        seen=np.full((8, 8, 1), 99, dtype=np.uint8),
        size=(480, 640),
        true_class=true_class,
        top=(Prediction("cat", 0.7), Prediction("dog", 0.2), Prediction("frog", 0.1)),
        maps=maps,
    )


def error(what: str = "The folder is gone.") -> EngineError:
    """A fault of the input."""
    return EngineError(what, "A folder that exists.", "Choose another folder.")


def progress(done: float, total: float | None = 100.0) -> JobProgress:
    """How far a job is."""
    return JobProgress(1, done, total, "reading", 2.0)
