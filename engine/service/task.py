"""A job on its way: its cancel flag, its controls and what it says."""

from __future__ import annotations

import contextlib
import queue
import threading

from engine.errors import Cancelled
from engine.events import Stop
from engine.jobs import Job, JobPartial, JobProgress, OnEvent
from engine.service.progress import Progress


class Task:
    """The context of one job; implements `engine.jobs.Context`.

    A cancelled job hears Cancelled from `progress` and `check`, and `Stop` from `next_control`, so that training ends
    in order and keeps its checkpoint.
    """

    def __init__(self, number: int, job: Job, say: OnEvent) -> None:
        self.number = number
        self.job = job
        self._say = say
        self._progress = Progress()
        self._cancelled = threading.Event()
        self._controls: queue.SimpleQueue[object] = queue.SimpleQueue()

    def cancel(self) -> None:
        """Ask the job to end."""
        self._cancelled.set()
        self._controls.put(Stop())

    def control(self, control: object) -> None:
        """Keep a control until the job asks for it."""
        self._controls.put(control)

    def progress(self, done: float, total: float | None, text: str = "") -> None:
        self.check()
        due, seconds_left = self._progress.news(done, total)
        if due:
            self._say(JobProgress(self.number, done, total, text, seconds_left))

    def partial(self, value: object) -> None:
        self._say(JobPartial(self.number, value))

    def check(self) -> None:
        if self._cancelled.is_set():
            raise Cancelled(f"“{self.job.title}” was cancelled.")

    def next_control(self, wait_seconds: float = 0.0) -> object | None:
        if self._cancelled.is_set():
            return Stop()
        with contextlib.suppress(queue.Empty):
            found = self._controls.get(wait_seconds > 0, wait_seconds or None)
            return Stop() if self._cancelled.is_set() else found
        return None
