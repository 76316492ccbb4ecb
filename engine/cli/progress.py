"""How far a job is, on stderr: a bar on a terminal, else a line now and then, or nothing."""

from __future__ import annotations

import sys
from typing import Protocol, Self

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from engine.cli import screen
from engine.data.words import counted
from engine.events import EpochEnded, RunEvent, RunResumed, RunStarted, StepsEnded
from engine.jobs import JobEvent, JobPartial, JobProgress


class View(Protocol):
    """Shows one job while it runs."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *fault: object) -> None: ...

    def hear(self, event: JobEvent) -> None:
        """Take in what the job says."""


class JobBar:
    """A bar for any job; nothing where stderr is no terminal."""

    def __init__(self, title: str) -> None:
        console = screen.console(sys.stderr)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=32),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[text]}"),
            console=console,
            transient=True,
            redirect_stdout=False,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task(screen.plain(title), total=None, text="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._bar.stop()

    def hear(self, event: JobEvent) -> None:
        if isinstance(event, JobProgress):
            self._bar.update(self._task, completed=event.done, total=event.total, text=screen.plain(event.text))


class TrainingBar:
    """A training: a bar with the figures of the newest steps, and a line for every epoch.

    Attributes:
        ended: The figures of the last epoch that ended, or None.
    """

    def __init__(self) -> None:
        console = screen.console(sys.stderr)
        self._console = console
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[text]}"),
            console=console,
            transient=True,
            redirect_stdout=False,
            disable=not console.is_terminal,
        )
        self._task: TaskID = self._bar.add_task("Starting TensorFlow", total=None, text="")
        self._epochs = self._steps = 0
        self.ended: EpochEnded | None = None

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._bar.stop()

    def hear(self, event: JobEvent) -> None:
        if isinstance(event, JobPartial) and isinstance(event.value, RunEvent):
            self._hear(event.value)

    def _hear(self, event: RunEvent) -> None:
        match event:
            case RunStarted(epochs=epochs, steps_per_epoch=steps):
                title = f"{event.run}: {counted(event.images, 'image')}, {counted(epochs, 'epoch')}"
                self._begin(epochs, steps, 0, title, event.note)
            case RunResumed(epochs=epochs, steps_per_epoch=steps, from_step=step):
                self._begin(epochs, steps, step, f"{event.run} goes on after step {step:,}", event.note)
            case StepsEnded():
                text = (
                    f"loss {event.loss[2]:.4f}  accuracy {screen.percent(event.accuracy[2])}  "
                    f"{event.images_per_second:,.0f} images/s  {_left(event.seconds_left)}"
                )
                title = f"Epoch {event.epoch}/{self._epochs}"
                self._bar.update(self._task, completed=event.last_step + 1, description=title, text=text)
            case EpochEnded():
                self.ended = event
                self._print(self._line(event))

    def _begin(self, epochs: int, steps: int, done: int, title: str, note: str) -> None:
        self._epochs, self._steps = epochs, steps
        self._bar.update(self._task, total=epochs * steps, completed=done, description="Epoch 1", text="")
        self._print(title)
        self._print(note)

    def _line(self, event: EpochEnded) -> str:
        width = len(str(self._epochs))
        line = (
            f"Epoch {event.epoch:>{width}}/{self._epochs}  loss {event.train_loss:.4f}  "
            f"accuracy {screen.percent(event.train_accuracy)}"
        )
        if event.validation_loss is not None:
            line += f"  validation loss {event.validation_loss:.4f}  "
            line += f"accuracy {screen.percent(event.validation_accuracy)}"
        if event.images_per_second:
            line += f"  {event.images_per_second:,.0f} images/s"
        return f"{line}  best" if event.best else line

    def _print(self, line: str) -> None:
        if line:
            self._console.print(screen.plain(line), soft_wrap=True)


def _left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d} left" if hours else f"{minutes}:{rest:02d} left"
