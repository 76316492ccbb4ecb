"""A session: jobs run one at a time in this process, their progress shown, Ctrl+C taken as the wish to end."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
from types import FrameType
from typing import Any, Final, Self

from engine.cli import screen
from engine.cli.progress import JobBar, View
from engine.errors import Cancelled, EngineError
from engine.jobs import Job, JobEnded, JobEvent, Outcome
from engine.service.engine_service import EngineService

_INTERRUPT: Final = "interrupt"


class Defect(Exception):
    """A job failed because of a fault in the program; its traceback is in the log."""


class Session:
    """The engine for the length of one command.

    The first Ctrl+C asks the running job to end: training stops and keeps what it has learned, all else is cancelled.
    The second ends the program at once.

    Attributes:
        interrupted: Whether Ctrl+C was pressed.
    """

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[JobEvent | str] = queue.SimpleQueue()
        self._engine = EngineService(self._events.put)
        self._running = False
        self._before: Any = None
        self.interrupted = False

    def __enter__(self) -> Self:
        with contextlib.suppress(ValueError):  # not in the main thread, which is the only one to hear of Ctrl+C
            self._before = signal.signal(signal.SIGINT, self._on_interrupt)
        return self

    def __exit__(self, *fault: object) -> None:
        self._engine.close()
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def run(self, job: Job, view: View | None = None, *controls: object) -> Any:
        """Run a job to its end and give its result.

        Args:
            job: The work.
            view: What shows it; a plain bar where none is given.
            controls: Given to the job at its start.

        Raises:
            EngineError: why it failed.
            Defect: where the failure is the program's own.
            KeyboardInterrupt: where Ctrl+C ended it and nothing came of it.
        """
        with view or JobBar(job.title) as shown:
            self._running = True
            try:
                number = self._engine.submit(job)
                for control in controls:
                    self._engine.control(number, control)
                ended = self._follow(number, shown)
            finally:
                self._running = False
        return self._result(ended)

    def _follow(self, number: int, view: View) -> JobEnded:
        while True:
            event = self._events.get()
            if isinstance(event, str):
                self._engine.cancel(number)
            elif isinstance(event, JobEnded):
                return event
            else:
                view.hear(event)

    def _result(self, ended: JobEnded) -> Any:
        if ended.outcome is Outcome.DONE:
            return ended.result
        if ended.outcome is Outcome.CANCELLED:
            raise KeyboardInterrupt if self.interrupted else Cancelled()
        error = ended.error or EngineError("The work failed.", "It ends well.", "Try again.")
        if ended.defect:
            raise Defect(error.what)
        raise error

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        if not self._running:
            raise KeyboardInterrupt
        if self.interrupted:
            os._exit(130)
        self.interrupted = True
        self._events.put(_INTERRUPT)
        with contextlib.suppress(OSError, RuntimeError):  # in the middle of a write to stderr
            screen.note("Ending in order; press Ctrl+C again to end at once.")
            sys.stderr.flush()
