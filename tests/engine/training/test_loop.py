"""What a run says and does when it is told things, line by line."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.errors import Cancelled, EngineError
from engine.events import (
    Continue,
    EpochEnded,
    Pause,
    Reason,
    RunEnded,
    RunEvent,
    RunFailed,
    RunStarted,
    SetValue,
    StepsEnded,
    Stop,
    ValueChanged,
)
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.rescaling import Rescaling
from engine.plan import Plan
from engine.runs.checkpoints import Checkpoint, newest, path_of, steps_in
from engine.runs.folder import RunFolder
from engine.runs.records import RunSummary, State
from engine.training.run import resume, start
from tests.engine.training.small import CLASSES, Listener, dataset, plan

LINEAR = (Rescaling(), Flatten(), Dense(units=len(CLASSES), activation="softmax"))


def train(tmp_path: Path, listener: Listener, **settings: object) -> RunSummary:
    data = dataset()
    asked: Plan = plan(data, stack=LINEAR, **settings)
    return start(asked, data, tmp_path, listener.on_event, listener.next_control)


def when(kind: type[RunEvent], *controls: object) -> Callable[[RunEvent], object | None]:
    """Give these controls, one at each event of this kind."""
    left = list(controls)
    return lambda event: left.pop(0) if left and isinstance(event, kind) else None


def looks(*controls: object | None) -> Listener:
    """Give these controls, one at each look; None is nothing."""
    return Listener().give(*controls)


N = None
NONSENSE = (("epochs", 0), ("epochs", math.nan), ("learning_rate", -1), ("batch_size", 4))
TABLE = {
    "nothing": (looks(), ["RunStarted", "EpochEnded", "EpochEnded", "RunEnded"], 8, Reason.COMPLETED),
    "stop before the first step": (looks(Stop()), ["RunStarted", "RunEnded"], 0, Reason.STOPPED),
    "stop between steps": (looks(N, Stop()), ["RunStarted", "RunEnded"], 1, Reason.STOPPED),
    "stop during validation": (looks(N, N, N, N, Stop()), ["RunStarted", "RunEnded"], 4, Reason.STOPPED),
    "stop at the end of an epoch": (
        Listener(when(EpochEnded, Stop())),
        ["RunStarted", "EpochEnded", "RunEnded"],
        4,
        Reason.STOPPED,
    ),
    "stop after the last epoch comes too late": (
        Listener(when(EpochEnded, None, Stop())),
        ["RunStarted", "EpochEnded", "EpochEnded", "RunEnded"],
        8,
        Reason.COMPLETED,
    ),
    "pause and continue": (
        looks(N, Pause(), N, Continue()),
        ["RunStarted", "RunPaused", "RunContinued", "EpochEnded", "EpochEnded", "RunEnded"],
        8,
        Reason.COMPLETED,
    ),
    "pause then stop": (looks(N, Pause(), N, Stop()), ["RunStarted", "RunPaused", "RunEnded"], 1, Reason.STOPPED),
    "pause before the first step": (
        looks(Pause(), Continue()),
        ["RunStarted", "RunPaused", "RunContinued", "EpochEnded", "EpochEnded", "RunEnded"],
        8,
        Reason.COMPLETED,
    ),
    "pause during validation": (
        looks(N, N, N, N, Pause(), Continue()),
        ["RunStarted", "RunPaused", "RunContinued", "EpochEnded", "EpochEnded", "RunEnded"],
        8,
        Reason.COMPLETED,
    ),
    "pause twice, continue once": (
        looks(Pause(), Pause(), Continue()),
        ["RunStarted", "RunPaused", "RunContinued", "EpochEnded", "EpochEnded", "RunEnded"],
        8,
        Reason.COMPLETED,
    ),
    "continue without a pause": (
        looks(Continue()),
        ["RunStarted", "EpochEnded", "EpochEnded", "RunEnded"],
        8,
        Reason.COMPLETED,
    ),
    "fewer epochs": (
        looks(N, SetValue("epochs", 1)),
        ["RunStarted", "ValueChanged", "EpochEnded", "RunEnded"],
        4,
        Reason.COMPLETED,
    ),
    "more epochs": (
        looks(N, SetValue("epochs", 3)),
        ["RunStarted", "ValueChanged", "EpochEnded", "EpochEnded", "EpochEnded", "RunEnded"],
        12,
        Reason.COMPLETED,
    ),
    "a value set in a pause": (
        looks(Pause(), SetValue("learning_rate", 0.5), Stop()),
        ["RunStarted", "RunPaused", "ValueChanged", "RunEnded"],
        0,
        Reason.STOPPED,
    ),
    "values that make no sense": (
        looks(
            SetValue("epochs", 0),
            SetValue("epochs", math.nan),
            SetValue("learning_rate", -1),
            SetValue("batch_size", 4),
        ),
        ["RunStarted", "EpochEnded", "EpochEnded", "RunEnded"],
        8,
        Reason.COMPLETED,
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_is_said_when(case: str, tmp_path: Path) -> None:
    listener, names, steps, reason = TABLE[case]
    summary = train(tmp_path, listener)
    assert listener.names() == names
    assert (summary.state, summary.reason, summary.steps) == (State.ENDED, reason.value, steps)
    ended = listener.heard[-1]
    assert isinstance(ended, RunEnded)
    assert (ended.reason, ended.epochs) == (reason, summary.epochs)
    assert newest(summary.folder / "checkpoints")[0] is not None
    assert max(steps_in(summary.folder / "checkpoints")) == steps


def test_the_start_says_what_is_going_to_happen(tmp_path: Path) -> None:
    listener = looks(Stop())
    summary = train(tmp_path, listener, epochs=7)
    first = listener.heard[0]
    assert first == RunStarted(
        run="run-001",
        sequence=1,
        folder=str(tmp_path / "run-001"),
        epochs=7,
        steps_per_epoch=4,
        images=32,
        validation_images=12,
        parameters=195,
        note=first.note if isinstance(first, RunStarted) else "",
    )
    assert (summary.epochs, summary.train_accuracy, summary.validation_accuracy) == (0, None, None)


def test_the_state_on_disk_is_paused_while_a_run_is_paused_and_running_after(tmp_path: Path) -> None:
    states = []

    class Watching(Listener):
        def next_control(self, wait_seconds: float = 0.0) -> object | None:
            states.append(RunFolder(tmp_path / "run-001").summary().state)
            return super().next_control(wait_seconds)

    train(tmp_path, Watching().give(Pause(), None, Continue(), None, Stop()))
    assert states[:5] == [State.RUNNING, State.PAUSED, State.PAUSED, State.RUNNING, State.RUNNING]


def test_a_cancelled_job_ends_its_run_as_stopped_with_its_checkpoint(tmp_path: Path) -> None:
    class Cancelling(Listener):
        def next_control(self, wait_seconds: float = 0.0) -> object | None:
            if sum(isinstance(one, StepsEnded) for one in self.heard):
                raise Cancelled
            return None

    summary = train(tmp_path, Cancelling())
    assert (summary.reason, summary.has_weights) == ("stopped", True)


def test_a_learning_rate_of_1e30_ends_as_diverged_and_the_last_finite_weights_stay(tmp_path: Path) -> None:
    listener = Listener()
    summary = train(tmp_path, listener, learning_rate=1e30, epochs=50)
    assert (summary.state, summary.reason) == (State.ENDED, "diverged")
    assert listener.names() == ["RunStarted", "RunEnded"]
    assert all(np.isfinite(one.loss).all() for one in listener.heard if isinstance(one, StepsEnded))
    checkpoint, skipped = newest(summary.folder / "checkpoints")
    assert checkpoint is not None
    assert not skipped
    assert checkpoint.finite()
    json.loads((summary.folder / "run.json").read_text("utf-8"))
    with pytest.raises(EngineError, match="has diverged"):
        resume(summary.folder, dataset(), listener.on_event, listener.next_control)


def test_a_run_that_diverges_later_keeps_what_it_had_learned(tmp_path: Path) -> None:
    listener = Listener(when(EpochEnded, SetValue("learning_rate", 1e38)))
    summary = train(tmp_path, listener, epochs=9)
    assert (summary.reason, summary.epochs, summary.steps) == ("diverged", 1, 4)
    assert Checkpoint.load(path_of(summary.folder / "checkpoints", 4)).finite()


def test_early_stopping_waits_as_long_as_it_was_told_and_can_be_overruled(tmp_path: Path) -> None:
    listener = Listener()
    summary = train(tmp_path, listener, epochs=50, patience=2, learning_rate=5.0)
    losses = [one.validation_loss for one in listener.heard if isinstance(one, EpochEnded)]
    assert summary.reason == "early_stopped"
    best = int(np.argmin(np.array(losses, float)))
    assert len(losses) == best + 3
    with pytest.raises(EngineError, match="nothing left to do"):
        resume(summary.folder, dataset(), listener.on_event, listener.next_control)
    more = resume(summary.folder, dataset(), listener.on_event, listener.next_control, more_epochs=1)
    assert (more.planned_epochs, more.epochs) == (summary.epochs + 1, summary.epochs + 1)


def test_the_best_epoch_has_the_highest_validation_accuracy_and_then_the_lowest_loss(tmp_path: Path) -> None:
    listener = Listener()
    summary = train(tmp_path, listener, epochs=5, learning_rate=0.02)
    epochs = [one for one in listener.heard if isinstance(one, EpochEnded)]
    best = max(epochs, key=lambda one: (one.validation_accuracy or 0, -(one.validation_loss or 0)))
    assert summary.best_epoch == best.epoch
    assert [one.epoch for one in epochs if one.best][-1] == best.epoch


def test_without_validation_images_training_figures_take_their_place(tmp_path: Path) -> None:
    data, listener = dataset(validation=0), Listener()
    summary = start(plan(data, stack=LINEAR, epochs=3), data, tmp_path, listener.on_event, listener.next_control)
    epochs = [one for one in listener.heard if isinstance(one, EpochEnded)]
    assert {one.validation_loss for one in epochs} == {None}
    assert summary.best_epoch == max(epochs, key=lambda one: (one.train_accuracy, -one.train_loss)).epoch
    assert RunFolder(summary.folder).history()[0].validation_accuracy is None


def test_an_epochs_figures_are_the_means_over_its_images(tmp_path: Path) -> None:
    data, listener = dataset(images=49), Listener()  # 31 training images: the last batch is smaller
    summary = start(plan(data, stack=LINEAR, epochs=1), data, tmp_path, listener.on_event, listener.next_control)
    steps, row = RunFolder(summary.folder).steps().astype(np.float64), RunFolder(summary.folder).history()[0]
    assert row.train_loss == pytest.approx(np.average(steps[:, 0], weights=[8, 8, 8, 7]))
    assert row.train_accuracy == pytest.approx(np.average(steps[:, 1], weights=[8, 8, 8, 7]))


def test_events_are_reported_at_most_twenty_times_a_second(tmp_path: Path) -> None:
    import time

    times = []

    class Timing(Listener):
        def on_event(self, event: RunEvent) -> None:
            if isinstance(event, StepsEnded):
                times.append(time.monotonic())

    data = dataset(images=600)
    began = time.monotonic()
    start(plan(data, stack=LINEAR, epochs=2, batch_size=1), data, tmp_path, Timing().on_event, Listener().next_control)
    seconds = time.monotonic() - began
    assert len(times) <= 20 * seconds + 2 + 1  # and one at the end of each epoch
    assert len(times) < 582 * 2 / 4


def test_checkpoints_are_written_within_an_epoch_when_it_is_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.training.loop.time.monotonic", iter(range(0, 100_000, 20)).__next__)
    summary = train(tmp_path, looks(N, N, N, Stop()), checkpoint_seconds=1)
    assert steps_in(summary.folder / "checkpoints") == (1, 2, 3)  # that of step 0 is gone


def test_a_full_disk_ends_the_run_as_failed_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Checkpoint, folder: Path) -> Path:
        if self.step:
            raise EngineError("The disk is full.", "Room is needed.", "Make some.")
        return saved(self, folder)

    saved = Checkpoint.save
    monkeypatch.setattr(Checkpoint, "save", refuse)
    listener = Listener()
    with pytest.raises(EngineError, match="The disk is full"):
        train(tmp_path, listener)
    summary = RunFolder(tmp_path / "run-001").summary()
    assert (summary.state, summary.error, summary.steps) == (State.FAILED, "The disk is full.", 0)
    assert isinstance(listener.heard[-1], RunFailed)


def test_a_defect_ends_the_run_as_failed_and_is_raised_as_it_is(tmp_path: Path) -> None:
    class Broken(Listener):
        def next_control(self, wait_seconds: float = 0.0) -> object | None:
            raise ZeroDivisionError

    listener = Broken()
    with pytest.raises(ZeroDivisionError):
        train(tmp_path, listener)
    assert RunFolder(tmp_path / "run-001").summary().state is State.FAILED
    assert isinstance(listener.heard[-1], RunFailed)
    resumed = Listener()
    assert resume(tmp_path / "run-001", dataset(), resumed.on_event, resumed.next_control).reason == "completed"


def test_a_step_that_does_not_fit_into_memory_is_told_in_words(tmp_path: Path) -> None:
    class Full(Listener):
        def next_control(self, wait_seconds: float = 0.0) -> object | None:
            raise MemoryError

    with pytest.raises(EngineError, match="memory of this computer is not enough"):
        train(tmp_path, Full())


def test_values_that_were_set_are_written_down_with_the_step(tmp_path: Path) -> None:
    listener = looks(None, None, SetValue("learning_rate", 0.5), Stop())
    summary = train(tmp_path, listener)
    changed = next(one for one in listener.heard if isinstance(one, ValueChanged))
    assert (changed.step, changed.name, changed.value) == (2, "learning_rate", 0.5)
    lines = (summary.folder / "controls.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["control"] for line in lines] == ["set", "stop"]
