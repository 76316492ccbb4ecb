"""An engine without threads: it records what is asked, and the test answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from engine.errors import EngineError
from engine.jobs import Job, JobEnded, JobEvent, JobPartial, JobProgress, JobStarted, OnEvent, Outcome

J = TypeVar("J", bound=Job)


@dataclass
class FakeEngine:
    """Implements `engine.jobs.Engine`.

    Attributes:
        jobs: Every job by its number.
        cancelled: The numbers of jobs that were asked to end.
        controls: (number, control) pairs.
        closed: How often it was closed.
    """

    on_event: OnEvent
    jobs: dict[int, Job] = field(default_factory=dict)
    cancelled: list[int] = field(default_factory=list)
    controls: list[tuple[int, object]] = field(default_factory=list)
    closed: int = 0

    def submit(self, job: Job) -> int:
        number = len(self.jobs) + 1
        self.jobs[number] = job
        return number

    def cancel(self, job: int) -> None:
        self.cancelled.append(job)

    def control(self, job: int, control: object) -> None:
        self.controls.append((job, control))

    def close(self) -> None:
        self.closed += 1

    def newest(self, kind: type[J]) -> tuple[int, J]:
        """The number and the newest job of a kind."""
        return next((number, job) for number, job in reversed(self.jobs.items()) if isinstance(job, kind))

    def say(self, event: JobEvent) -> None:
        """Emit an event."""
        self.on_event(event)

    def finish(self, kind: type[Job], result: object = None) -> None:
        """End the newest job of a kind well."""
        self.say(JobEnded(self.newest(kind)[0], Outcome.DONE, result))

    def fail(self, kind: type[Job], error: EngineError) -> None:
        """End the newest job of a kind badly."""
        self.say(JobEnded(self.newest(kind)[0], Outcome.FAILED, error=error))

    def part(self, kind: type[Job], value: object) -> None:
        """Hand over a part of the result of the newest job of a kind."""
        self.say(JobPartial(self.newest(kind)[0], value))


__all__ = ["FakeEngine", "JobProgress", "JobStarted"]
