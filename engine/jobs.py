"""Jobs: anything that takes time. Progress, partial results, cancel, one outcome; all are shown in one way.

A job is a frozen dataclass that can be pickled and sent to the engine's process. Its `run` gets a `Context`, through
which it reports and learns that it should end. `engine/service` runs jobs; the events below are all it says.
"""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from engine.errors import EngineError


class Lane(enum.StrEnum):
    """Jobs of one lane run one after the other; lanes run side by side."""

    DATA = "data"
    BROWSING = "browsing"
    TRAINING = "training"
    INSPECTION = "inspection"
    FILES = "files"
    CODE = "code"


class Context(Protocol):
    """What a running job may say and ask."""

    def progress(self, done: float, total: float | None, text: str = "") -> None:
        """Say how far the job is; raises Cancelled where the user wants it to end."""

    def partial(self, value: object) -> None:
        """Hand over a part of the result before the end."""

    def check(self) -> None:
        """Raise Cancelled where the user wants the job to end."""

    def next_control(self, wait_seconds: float = 0.0) -> object | None:
        """The next control given to this job, waiting for one at most so long; None where there is none."""


class Quiet:
    """A context for callers that want no news and never cancel."""

    def progress(self, done: float, total: float | None, text: str = "") -> None:
        """Say nothing."""

    def partial(self, value: object) -> None:
        """Say nothing."""

    def check(self) -> None:
        """Never cancel."""

    def next_control(self, wait_seconds: float = 0.0) -> object | None:
        """Give none."""
        return None


@dataclass(frozen=True)
class Job(ABC):
    """One piece of work; a subclass adds its arguments as fields."""

    title: ClassVar[str]
    """What the progress bar says: "Reading images"."""
    lane: ClassVar[Lane]

    @abstractmethod
    def run(self, context: Context) -> object:
        """Do the work; raises EngineError for bad input and Cancelled when told to end."""


class Outcome(enum.StrEnum):
    """How a job ended."""

    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class JobStarted:
    """A job has left the queue."""

    job: int
    title: str


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is; at most twenty a second.

    Attributes:
        done: Work done, in the job's own unit.
        total: All the work, or None where it is not known.
        text: What is being done now.
        seconds_left: The expected rest, or None where it cannot be told yet.
    """

    job: int
    done: float
    total: float | None
    text: str
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class JobPartial:
    """A part of a job's result. A training job's parts are the run events of `engine/events.py`."""

    job: int
    value: object


@dataclass(frozen=True, slots=True)
class JobEnded:
    """The last event of a job.

    Attributes:
        result: What `run` returned, where the outcome is done.
        error: Why it failed, where it failed; a defect is wrapped in one too.
        defect: Whether the failure is the program's own; its traceback is in the log.
    """

    job: int
    outcome: Outcome
    result: object = None
    error: EngineError | None = None
    defect: bool = False


@dataclass(frozen=True, slots=True)
class EngineLost:
    """The engine's process died; it is being started again. Its jobs end as failed right after this.

    Attributes:
        why: What is known of the cause, in words.
    """

    why: str


@dataclass(frozen=True, slots=True)
class EngineStarted:
    """The engine's process answers; jobs may be sent before this, they wait."""

    process: int


JobEvent = JobStarted | JobProgress | JobPartial | JobEnded | EngineLost | EngineStarted
OnEvent = Callable[[JobEvent], None]


class Engine(Protocol):
    """What the window and the command line see of the engine, whichever process it lives in."""

    def submit(self, job: Job) -> int:
        """Queue a job; return its number."""

    def cancel(self, job: int) -> None:
        """Ask a job to end; its JobEnded says how it did."""

    def control(self, job: int, control: object) -> None:
        """Give a running training job one of the controls of `engine/events.py`."""

    def close(self) -> None:
        """End every job and thread (and the process, where there is one), and return when they are gone."""
