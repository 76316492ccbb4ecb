"""Small jobs and a listener for the tests of both engines; importable in the child too."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from engine.errors import EngineError
from engine.events import Stop
from engine.jobs import Context, Job, JobEnded, JobEvent, JobPartial, JobProgress, JobStarted, Lane


@dataclass(frozen=True)
class Small(Job):
    """A job that does one small thing."""

    title: ClassVar[str] = "Something small"
    lane: ClassVar[Lane] = Lane.FILES

    def run(self, context: Context) -> object:
        return None


@dataclass(frozen=True)
class Echo(Small):
    value: object = None

    def run(self, context: Context) -> object:
        return self.value


@dataclass(frozen=True)
class Fail(Small):
    how: str = "input"

    def run(self, context: Context) -> object:
        if self.how == "input":
            raise EngineError("There is no such image.", "An image was expected.", "Choose another.")
        if self.how == "memory":
            raise MemoryError
        if self.how == "exit":
            sys.exit(3)
        raise ZeroDivisionError(self.how)


@dataclass(frozen=True)
class Wait(Small):
    """Waits until it is cancelled."""

    lane: ClassVar[Lane] = Lane.DATA

    def run(self, context: Context) -> object:
        while True:
            context.progress(1, 10, "waiting")
            time.sleep(0.002)


@dataclass(frozen=True)
class WaitInFiles(Wait):
    lane: ClassVar[Lane] = Lane.FILES


@dataclass(frozen=True)
class Train(Small):
    """Behaves like training: hands over what it is told, until it is told to stop, and then answers."""

    lane: ClassVar[Lane] = Lane.TRAINING

    def run(self, context: Context) -> object:
        while True:
            control = context.next_control(10.0)
            context.partial(control)
            if isinstance(control, Stop):
                return "kept"


@dataclass(frozen=True)
class Count(Small):
    """Says as fast as it can how far it is."""

    seconds: float = 0.5

    def run(self, context: Context) -> object:
        end, said = time.monotonic() + self.seconds, 0
        while time.monotonic() < end:
            said += 1
            context.progress(said, None)
        return said


@dataclass(frozen=True)
class Noise(Small):
    """Prints from Python and below it."""

    def run(self, context: Context) -> object:
        print("a print " * 1000, flush=True)
        print("an error", file=sys.stderr, flush=True)
        os.write(1, b"\x00\x01 straight to the descriptor\n")
        return sys.stdin.read()


@dataclass(frozen=True)
class Unsendable(Small):
    def run(self, context: Context) -> object:
        return threading.Lock()


@dataclass(frozen=True)
class Die(Small):
    how: str = "SIGKILL"

    def run(self, context: Context) -> object:
        if self.how == "exit":
            os._exit(7)
        os.kill(os.getpid(), getattr(signal, self.how))
        time.sleep(60)
        return None


@dataclass(frozen=True)
class AboutProcess(Small):
    def run(self, context: Context) -> object:
        adjusted = Path("/proc/self/oom_score_adj")
        return {
            "pid": os.getpid(),
            "nice": os.nice(0),
            "oom": int(adjusted.read_text()) if adjusted.exists() else None,
            "folder": str(Path.cwd()),
        }


class Listener:
    """Keeps events and waits for them."""

    def __init__(self) -> None:
        self.events: list[JobEvent] = []
        self._changed = threading.Condition()

    def __call__(self, event: JobEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[JobEvent], bool], count: int = 1, seconds: float = 60.0) -> list[Any]:
        def found() -> list[JobEvent]:
            return [one for one in self.events if wanted(one)]

        with self._changed:
            if not self._changed.wait_for(lambda: len(found()) >= count, seconds):
                raise AssertionError(f"waited in vain; heard {self.events}")
            return found()

    def end_of(self, number: int) -> JobEnded:
        ended = self.wait_for(lambda one: isinstance(one, JobEnded) and one.job == number)
        assert len(ended) == 1
        assert isinstance(ended[0], JobEnded)
        return ended[0]

    def start_of(self, number: int) -> None:
        self.wait_for(lambda one: isinstance(one, JobStarted) and one.job == number)

    def partials(self, number: int) -> list[object]:
        return [one.value for one in self.events if isinstance(one, JobPartial) and one.job == number]

    def progress(self, number: int) -> list[JobProgress]:
        return [one for one in self.events if isinstance(one, JobProgress) and one.job == number]
