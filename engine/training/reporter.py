"""What a run says while it trains: its events, and the logs in its folder."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from engine.events import RunEvent, StepsEnded
from engine.runs.folder import RunFolder
from engine.runs.journal import event_to_json
from engine.runs.progress import Progress
from engine.storage import append_bytes, append_line
from engine.training.stopwatch import Stopwatch

if TYPE_CHECKING:
    import tensorflow as tf

OnEvent = Callable[[RunEvent], None]
Event = TypeVar("Event", bound=RunEvent)

EVENT_SECONDS: Final = 0.05
"""Steps are reported together once in this time."""

EXPLODED: Final = 1e9
"""A loss beyond this is as good as infinite: no weights come back from there."""


class Diverged(Exception):
    """The loss is no longer a number that training can make smaller."""


class Reporter:
    """Counts ended steps, and writes and sends what there is to say, at most twenty times a second.

    The figures of a step stay on the device until they are reported, so that no step waits for them.

    Attributes:
        images: Training images reported so far in this process.
        training: Seconds spent in training steps.
        running: Seconds spent in all but pauses.

    Both clocks start after the first step, which is compiled before it runs and says nothing about the speed.
    """

    def __init__(self, folder: RunFolder, progress: Progress, epoch_images: int, on_event: OnEvent) -> None:
        self._folder, self._progress, self._on_event = folder, progress, on_event
        self._epoch_images = epoch_images
        self._sequence = folder.sequence()
        self._pending: list[tuple[tf.Tensor, int]] = []
        self._reported = 0.0
        self._uncounted: int | None = None
        self._mark = (0, 0.0)
        self.images = 0
        self.training = Stopwatch()
        self.running = Stopwatch()

    def say(self, kind: type[Event], **fields: Any) -> Event:
        """Write one event into the journal and send it."""
        self._sequence += 1
        event = kind(run=self._folder.id, sequence=self._sequence, **fields)
        try:
            append_line(self._folder.events_file, json.dumps(event_to_json(event)))
        finally:  # whoever watches learns of it even where the disk is full
            self._on_event(event)
        return event

    def step_ended(self, result: tf.Tensor, images: int) -> None:
        """Count a step whose figures may not be there yet.

        Args:
            result: Loss and accuracy, (2,).
            images: Of its batch.

        Raises:
            Diverged: where the loss of a step has been found to be no number.
        """
        self._pending.append((result, images))
        if self.training.seconds - self._reported >= EVENT_SECONDS or self._uncounted is None:
            self.flush()

    def flush(self) -> None:
        """Report the steps that have not been reported.

        Raises:
            Diverged: where the loss of one is no number; those before it are reported, it is not.
        """
        if not self._pending:
            return
        figures = np.stack([result.numpy() for result, _ in self._pending])
        counts = [images for _, images in self._pending]
        self._pending.clear()
        sound = _sound(figures[:, 0])
        if sound:
            self._count(figures[:sound], counts[:sound])
        if sound < len(figures):
            raise Diverged

    def _count(self, figures: np.ndarray[Any, Any], counts: list[int]) -> None:
        progress = self._progress
        first = progress.total
        for (loss, accuracy), images in zip(figures.tolist(), counts, strict=True):
            progress.add(loss, accuracy, images)
        append_bytes(self._folder.steps_file, figures.astype("<f4").tobytes())
        now = self.training.seconds
        rate = sum(counts) / max(now - self._reported, 1e-9)
        self._reported = now
        self.images += sum(counts)
        if self._uncounted is None:
            self._uncounted, self._reported, self._mark = self.images, 0.0, (self.images, 0.0)
            self.training.restart()
            self.running.restart()
        self.say(
            StepsEnded,
            epoch=progress.epoch,
            first_step=first,
            last_step=progress.total - 1,
            loss=_span(figures[:, 0]),
            accuracy=_span(figures[:, 1]),
            images_per_second=rate,
            seconds_left=self._seconds_left(),
        )

    def begin_epoch(self) -> None:
        """Measure the speed of the coming epoch by itself."""
        self._mark = (self.images, self.training.seconds)

    @property
    def epoch_images_per_second(self) -> float:
        """Training images a second since `begin_epoch`, or 0 where that cannot be told."""
        images, seconds = self._mark
        return _rate(self.images - images, self.training.seconds - seconds)

    @property
    def images_per_second(self) -> float:
        """Training images a second over this process's part of the run, or 0 where that cannot be told."""
        return _rate(self.images - (self._uncounted or 0), self.training.seconds)

    def _seconds_left(self) -> float | None:
        """How long the rest of the run will take, validation and checkpoints among it."""
        progress = self._progress
        left = (progress.epochs - progress.epoch + 1) * self._epoch_images - progress.images
        rate = _rate(self.images - (self._uncounted or 0), self.running.seconds)
        return max(left, 0) / rate if rate else None

    def make_durable(self) -> None:
        """Wait until the logs are on the disk: a checkpoint must not know of steps that they have lost."""
        for file in (self._folder.steps_file, self._folder.events_file):
            append_bytes(file, b"", durable=True)

    def note_control(self, **fields: Any) -> None:
        """Write down what the user told the run."""
        append_line(self._folder.controls_file, json.dumps({"step": self._progress.total, **fields}), durable=True)


def _rate(images: int, seconds: float) -> float:
    return images / seconds if images and seconds > 0 else 0.0


def _sound(losses: np.ndarray[Any, Any]) -> int:
    """How many losses stand before the first that is not finite or has exploded."""
    return next((place for place, loss in enumerate(losses) if not math.isfinite(loss) or loss > EXPLODED), len(losses))


def _span(values: np.ndarray[Any, Any]) -> tuple[float, float, float, float, float]:
    """First, last, mean, minimum and maximum."""
    return (
        float(values[0]),
        float(values[-1]),
        float(values.mean(dtype=np.float64)),
        float(values.min()),
        float(values.max()),
    )
