"""The engine in a child process of its own: the same interface, and a death costs no more than the jobs under way.

Three threads serve it: one starts children and takes their events, one sends, so that no caller ever waits for the
pipe, and the child's own life is watched by the first of them.
"""

from __future__ import annotations

import io
import itertools
import logging
import os
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import BinaryIO, Final, cast

import engine
from engine.jobs import EngineLost, EngineStarted, Job, JobEnded, JobEvent, Lane, OnEvent, Outcome
from engine.service import faults
from engine.service.pipe import Cancel, Control, Message, Pipe, Submit

_log = logging.getLogger(__name__)

_DEATHS: Final = 3
_WITHIN: Final = 60.0
_RECYCLE_AFTER: Final = 30
"""Runs after which an idle child is replaced: each leaves 2.7 MB behind (Keras, measured)."""
_LAST_BREATH: Final = 5.0
"""Seconds from the end of a child's pipe to its own."""
_LAST_WAIT: Final = 75.0
"""Seconds that the child gets to end in order; its own patience is shorter."""


class EngineHost:
    """Runs jobs in a child process; implements `engine.jobs.Engine`.

    Nothing here blocks the caller but `close`: the child is started on a thread, and jobs wait until it answers.

    Args:
        on_event: Gets every event, from a thread of this class; those of one job in order.
    """

    def __init__(self, on_event: OnEvent) -> None:
        self._on_event = on_event
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        self._waiting: deque[Message] = deque()
        self._jobs: dict[int, Job] = {}
        """Every job that has not ended."""
        self._sent: set[int] = set()
        """Those of them that a child has got."""
        self._child: _Child | None = None
        self._ready = False
        """Whether the child has answered, and takes jobs."""
        self._closed = False
        self._runs = 0
        self._threads = [
            threading.Thread(target=self._keep_alive, name="engine-host", daemon=True),
            threading.Thread(target=self._send, name="engine-sender", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, job: Job) -> int:
        number = next(self._numbers)
        with self._changed:
            self._jobs[number] = job
            self._post(Submit(number, job))
        return number

    def cancel(self, job: int) -> None:
        with self._changed:
            if job in self._sent:
                self._post(Cancel(job))
                return
        self._end_here(job, JobEnded(job, Outcome.CANCELLED))

    def control(self, job: int, control: object) -> None:
        with self._changed:
            if job in self._jobs:
                self._post(Control(job, control))

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            child = self._child
        if child is not None:
            child.pipe.close_writing()
        for thread in self._threads:
            thread.join(_LAST_WAIT)
            if thread.is_alive() and child is not None:
                child.process.kill()
                thread.join()

    def _post(self, message: Message) -> None:
        self._waiting.append(message)
        self._changed.notify_all()

    # The sender's thread

    def _send(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or (self._waiting and self._ready))
                if self._closed:
                    return
                message, child = self._waiting.popleft(), self._child
                assert child is not None, "one is ready"
                if message.number not in self._jobs:
                    continue
                if isinstance(message, Submit):
                    self._sent.add(message.number)
            try:
                child.pipe.send(message)
            except OSError:
                _log.info("the engine's process was gone before it got %.200r", message)
            except Exception:  # noqa: BLE001 - whatever pickle says of a job that cannot be sent
                _log.exception("a job cannot be sent: %.200r", message)
                ended = JobEnded(message.number, Outcome.FAILED, error=faults.unsendable(), defect=True)
                self._end_here(message.number, ended)

    # The host's thread

    def _keep_alive(self) -> None:
        deaths: deque[float] = deque(maxlen=_DEATHS)
        while not self._closed:
            why = self._live()
            if why is None:
                continue
            deaths.append(time.monotonic())
            if len(deaths) == _DEATHS and deaths[-1] - deaths[0] <= _WITHIN:
                self._give_up(why)
                deaths.clear()
                continue
            self._say(EngineLost(why))
            for number in sorted(self._sent):
                self._end_here(number, JobEnded(number, Outcome.FAILED, error=faults.lost(why)))
        for number in sorted(self._jobs):
            self._end_here(number, JobEnded(number, Outcome.CANCELLED))

    def _live(self) -> str | None:
        """One child from its start to its end; why it died, or None where it ended as it should."""
        try:
            child = _Child()
        except OSError as error:
            _log.exception("the engine's process cannot be started")
            return f"it could not be started ({error.strerror or error})"
        with self._changed:
            self._child = child
            if self._closed:
                child.pipe.close_writing()
        meant = self._take_events(child.pipe)
        with self._changed:
            self._child = None
            self._ready = False
            meant = meant or self._closed
        code = child.end()
        return None if meant else faults.words_for(code)

    def _take_events(self, pipe: Pipe) -> bool:
        """Hand on what the child says until it ends; whether it was told to end."""
        recycled = False
        try:
            while True:
                event = cast(JobEvent, pipe.receive())
                if isinstance(event, JobEnded):
                    self._end_here(event.job, event)
                    recycled = recycled or self._recycled(pipe)
                    continue
                if isinstance(event, EngineStarted):
                    with self._changed:
                        self._ready = True
                        self._changed.notify_all()
                self._say(event)
        except (EOFError, OSError):
            return recycled

    def _recycled(self, pipe: Pipe) -> bool:
        """Whether the child was sent away because it has nothing to do and has trained often."""
        with self._changed:
            if self._runs < _RECYCLE_AFTER or self._jobs or self._waiting:
                return False
            self._runs = 0
            self._ready = False
        pipe.close_writing()
        return True

    def _give_up(self, why: str) -> None:
        """Fail what waits, and start again only with the next job."""
        self._say(EngineLost(f"{why}; it is started again with the next thing you do"))
        with self._changed:
            self._waiting.clear()
            numbers = sorted(self._jobs)
        for number in numbers:
            self._end_here(number, JobEnded(number, Outcome.FAILED, error=faults.gave_up(why)))
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._waiting)

    def _end_here(self, number: int, event: JobEnded) -> None:
        """Say that a job has ended, unless that was said."""
        with self._changed:
            job = self._jobs.pop(number, None)
            if job is not None and job.lane is Lane.TRAINING and number in self._sent:
                self._runs += 1
            self._sent.discard(number)
        if job is not None:
            self._say(event)

    def _say(self, event: JobEvent) -> None:
        try:
            self._on_event(event)
        except Exception:  # noqa: BLE001 - a listener must not end the host
            _log.exception("an event could not be delivered: %.200r", event)


class _Child:
    """One child process and the pipe to it."""

    def __init__(self) -> None:
        root = Path(engine.__file__).parents[1]
        path = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH", "")]))
        self.process = subprocess.Popen(
            # -P: nothing is imported from the folder that the user happens to be in
            [sys.executable, "-P", "-m", "engine.service.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if sys.stderr is not None else subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, "PYTHONPATH": path},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        # bufsize=0 gives raw files: right for writing, where nothing may linger, wrong for reading
        reading = io.BufferedReader(cast(io.RawIOBase, self.process.stdout))
        self.pipe = Pipe(reading, cast(BinaryIO, self.process.stdin))

    def end(self) -> int:
        """Wait for the end of a child that has closed its pipe; its exit code, negative for a signal."""
        try:
            code = self.process.wait(_LAST_BREATH)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self.pipe.close()
        return code
