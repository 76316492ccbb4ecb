"""The training loop. It obeys between two steps, resumes bit for bit at any of them, and costs no more than `fit`.

`TrainingRun._loop` is the loop; all else is what it needs to be told things, to be safe and to end.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import math
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np

from engine.build import images_at_once
from engine.errors import Cancelled, EngineError
from engine.events import (
    Continue,
    EpochEnded,
    Pause,
    Reason,
    RunContinued,
    RunEnded,
    RunEvent,
    RunFailed,
    RunPaused,
    SetValue,
    Stop,
    ValueChanged,
)
from engine.recipe import Recipe
from engine.runs import checkpoints
from engine.runs.folder import RunFolder
from engine.runs.progress import Progress
from engine.runs.records import EpochRow, RunSummary, State
from engine.runs.status import RunStatus
from engine.training.batches import Batches
from engine.training.learner import Learner
from engine.training.reporter import Diverged, Reporter
from engine.training.stopwatch import Stopwatch

log = logging.getLogger(__name__)

NextControl = Callable[[float], object | None]
PAUSE_SECONDS: Final = 0.5
"""How long a paused run waits for a control before it waits again."""


class _Stopped(Exception):
    """The user wants the run to end."""


class TrainingRun:
    """A run from where it stands to its end."""

    def __init__(
        self,
        folder: RunFolder,
        recipe: Recipe,
        learner: Learner,
        batches: Batches,
        progress: Progress,
        status: RunStatus,
        reporter: Reporter,
        next_control: NextControl,
    ) -> None:
        self._folder, self._recipe, self._learner, self._batches = folder, recipe, learner, batches
        self._progress, self._status, self._reporter, self._next_control = progress, status, reporter, next_control
        self._at_once = images_at_once(learner.model)
        self._watch = Stopwatch()
        self._earlier_seconds = status.seconds
        self._saved_at = time.monotonic()
        self._unsaved = True

    def train(self, opening: type[RunEvent], **fields: Any) -> RunSummary:
        """Say the opening event and train to the end.

        Raises:
            EngineError: where the run cannot go on; its last checkpoint then stays.
        """
        with self._failing_in_order():
            self._reporter.say(opening, **fields)
            try:
                self._save()
                try:
                    reason = self._loop()
                except (_Stopped, Cancelled):
                    reason = Reason.STOPPED
                self._save()
            except Diverged:  # nothing is saved: the last finite weights stay
                reason = Reason.DIVERGED
            self._end(reason)
        return self._folder.summary()

    def _loop(self) -> Reason:
        progress, batches, reporter = self._progress, self._batches, self._reporter
        while progress.epoch <= progress.epochs:
            reporter.begin_epoch()
            began = self._watch.seconds
            first = progress.step
            for step, (images, labels, numbers) in enumerate(batches.of_epoch(progress.epoch, first), first):
                self._obey()
                result = self._learner.train(images, labels, numbers, progress.epoch, step)
                reporter.step_ended(result, len(labels))
                self._unsaved = True
                if time.monotonic() - self._saved_at >= self._recipe.checkpoint_seconds:
                    self._save()
            reporter.flush()
            with reporter.training.held():
                self._end_epoch(self._validate(), began)
            if self._recipe.patience and progress.waited >= self._recipe.patience:
                return Reason.EARLY_STOPPED
        return Reason.COMPLETED

    def _validate(self) -> tuple[float, float] | None:
        """Loss and accuracy of the validation images; None where there are none."""
        count = len(self._batches.validation)
        if not count:
            return None
        results = []
        for images, labels in self._batches.of_validation(self._at_once):
            self._obey()
            results.append(self._learner.measure(images, labels))
        loss, correct = np.stack([one.numpy() for one in results]).sum(axis=0, dtype=np.float64).tolist()
        if not math.isfinite(loss):
            raise Diverged
        return loss / count, correct / count

    def _end_epoch(self, validation: tuple[float, float] | None, began: float) -> None:
        progress, epoch = self._progress, self._progress.epoch
        scores = progress.end_epoch(validation)
        self._folder.append_history(EpochRow(epoch, progress.total, *dataclasses.astuple(scores)))
        self._unsaved = True
        self._save()  # before the news: who hears of the epoch finds its weights
        self._reporter.say(
            EpochEnded,
            epoch=epoch,
            step=progress.total,
            **dataclasses.asdict(scores),
            seconds=self._watch.seconds - began,
            images_per_second=self._reporter.epoch_images_per_second,
            best=progress.best_epoch == epoch,
        )

    def _obey(self) -> None:
        """Do what the user has said since the last step."""
        while (control := self._next_control(0.0)) is not None:
            match control:
                case Stop():
                    self._reporter.note_control(control="stop")
                    raise _Stopped
                case Pause():
                    self._pause()
                case SetValue(name, value):
                    self._set(name, value)

    def _pause(self) -> None:
        self._save()
        self._reporter.note_control(control="pause")
        self._write_status(State.PAUSED)
        self._reporter.say(RunPaused, step=self._progress.total)
        with self._watch.held(), self._reporter.training.held(), self._reporter.running.held():
            self._wait()
        self._reporter.note_control(control="continue")
        self._write_status(State.RUNNING)
        self._reporter.say(RunContinued, step=self._progress.total)

    def _wait(self) -> None:
        while True:
            match self._next_control(PAUSE_SECONDS):
                case Continue():
                    return
                case Stop():
                    self._reporter.note_control(control="stop")
                    raise _Stopped
                case SetValue(name, value):
                    self._set(name, value)

    def _set(self, name: str, value: float) -> None:
        """Take a new value from the next step on; one that makes no sense is refused and changes nothing."""
        try:
            if name not in ("epochs", "learning_rate"):
                raise EngineError(f"{name!r} is fixed.", "Epochs and learning rate can change.", "Start a new run.")
            self._recipe.with_value(name, int(value) if name == "epochs" else value)
        except (EngineError, ValueError, OverflowError) as error:
            log.warning("A running training refused %s = %r: %s", name, value, error)
            return
        self._reporter.flush()
        if name == "epochs":
            self._progress.epochs = int(value)
        else:
            self._learner.learning_rate = value
        self._unsaved = True
        self._reporter.note_control(control="set", name=name, value=value)
        self._write_status(self._status.state)
        self._reporter.say(ValueChanged, step=self._progress.total, name=name, value=value)

    def _save(self) -> None:
        """Write a checkpoint where anything has changed; raises Diverged rather than save what is not finite."""
        self._reporter.flush()
        if self._unsaved:
            with self._reporter.training.held():
                self._reporter.make_durable()
                checkpoint = self._learner.capture(self._progress)
                if not checkpoint.finite():
                    raise Diverged
                checkpoint.save(self._folder.checkpoints)
                checkpoints.prune(
                    self._folder.checkpoints, keep=(self._progress.best_step,) if self._progress.best_epoch else ()
                )
                self._unsaved = False
                self._write_status(self._status.state, steps=checkpoint.step)
        self._saved_at = time.monotonic()

    def _write_status(self, state: State, **fields: Any) -> None:
        progress, scores, best = self._progress, self._progress.scores, self._progress.best
        self._status = dataclasses.replace(
            self._status,
            state=state,
            planned_epochs=progress.epochs,
            epochs=progress.epoch - 1,
            train_accuracy=scores.train_accuracy if scores else None,
            validation_accuracy=scores.validation_accuracy if scores else None,
            validation_loss=scores.validation_loss if scores else None,
            best_epoch=progress.best_epoch,
            best_step=progress.best_step,
            best_validation_accuracy=best.validation_accuracy if best else None,
            images_per_second=self._reporter.images_per_second,
            seconds=self._earlier_seconds + self._watch.seconds,
            **fields,
        )
        self._folder.save_status(self._status)

    def _end(self, reason: Reason) -> None:
        self._write_status(State.ENDED, reason=reason.value)
        self._reporter.say(
            RunEnded,
            reason=reason,
            epochs=self._status.epochs,
            train_accuracy=self._status.train_accuracy,
            validation_accuracy=self._status.validation_accuracy,
            images_per_second=self._status.images_per_second,
            seconds=self._status.seconds,
        )

    @contextlib.contextmanager
    def _failing_in_order(self) -> Iterator[None]:
        """Leave a run that cannot go on as failed, and say so; its last checkpoint stays."""
        try:
            yield
        except EngineError as error:
            self._fail(error)
            raise
        except Exception as error:
            memory = _out_of_memory(error)
            self._fail(memory or _defect(error))
            if memory:
                raise memory from error
            raise

    def _fail(self, error: EngineError) -> None:
        with contextlib.suppress(EngineError):
            self._write_status(State.FAILED, error=error.what)
        with contextlib.suppress(EngineError):
            self._reporter.say(RunFailed, what=error.what, expected=error.expected, fix=error.fix)


def _out_of_memory(error: Exception) -> EngineError | None:
    import tensorflow as tf

    if not isinstance(error, MemoryError | tf.errors.ResourceExhaustedError):
        return None
    return EngineError(
        "The memory of this computer is not enough for a training step.",
        "The network, its gradients and one batch of images fit into memory together.",
        "Lower the batch size, the image size, or the filters of the first layers.",
    )


def _defect(error: Exception) -> EngineError:
    return EngineError(
        f"Training met a fault of the program ({type(error).__name__}).",
        "Training runs to its end.",
        "Resume the run from its last checkpoint. The log has the details for a report.",
    )
