"""The engine in this process: jobs on plain threads, one lane of work per thread.

A window that uses it in its own process must keep cyclic garbage collection on its GUI thread (`gc.disable()` and a
timer there): a collection on one of these threads would destroy widgets in the wrong thread.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections import deque
from collections.abc import Mapping

from engine.errors import Cancelled, EngineError
from engine.jobs import Job, JobEnded, JobEvent, JobStarted, Lane, OnEvent, Outcome
from engine.service import faults
from engine.service.task import Task

_log = logging.getLogger(__name__)


class EngineService:
    """Runs jobs on threads of this process; implements `engine.jobs.Engine`.

    Args:
        on_event: Gets every event, from any thread; those of one job in order.
    """

    def __init__(self, on_event: OnEvent) -> None:
        self._on_event = on_event
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        self._queues: dict[Lane, deque[Task]] = {lane: deque() for lane in Lane}
        self._tasks: dict[int, Task] = {}
        self._threads: dict[Lane, threading.Thread] = {}
        self._closed = False

    def submit(self, job: Job) -> int:
        number = next(self._numbers)
        self.queue(number, job)
        return number

    def queue(self, number: int, job: Job) -> None:
        """Queue a job under a number of the caller's."""
        task = Task(number, job, self._say)
        with self._changed:
            if not self._closed:
                self._tasks[number] = task
                self._queues[job.lane].append(task)
                self._start_thread(job.lane)
                self._changed.notify_all()
                return
        self._end(task, Outcome.CANCELLED)

    def _start_thread(self, lane: Lane) -> None:
        if lane not in self._threads:
            thread = threading.Thread(target=self._work, args=(lane,), name=f"engine-{lane}", daemon=True)
            self._threads[lane] = thread
            thread.start()

    def cancel(self, job: int) -> None:
        with self._changed:
            task = self._tasks.get(job)
            if task is None:
                return
            queued = task in self._queues[task.job.lane]
            if queued:
                self._queues[task.job.lane].remove(task)
        if queued:
            self._end(task, Outcome.CANCELLED)
        else:
            task.cancel()

    def control(self, job: int, control: object) -> None:
        with self._changed:
            task = self._tasks.get(job)
        if task is not None:
            task.control(control)

    def close(self, patience: Mapping[Lane, float] | None = None) -> None:
        """End every job; training keeps what it has learned.

        Args:
            patience: Seconds to wait at most for the job of a lane; a lane that is not named is waited for to its end.
        """
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            tasks = list(self._tasks)
        for number in tasks:
            self.cancel(number)
        for lane, thread in self._threads.items():
            thread.join((patience or {}).get(lane))

    def _work(self, lane: Lane) -> None:
        queue = self._queues[lane]
        while True:
            with self._changed:
                self._changed.wait_for(lambda: queue or self._closed)
                if not queue:
                    return
                task = queue.popleft()
            self._run(task)

    def _run(self, task: Task) -> None:
        title = task.job.title
        self._say(JobStarted(task.number, title))
        try:
            result = task.job.run(task)
        except Cancelled:
            self._end(task, Outcome.CANCELLED)
        except EngineError as error:
            self._end(task, Outcome.FAILED, error=error)
        except MemoryError:
            _log.exception("job %s ran out of memory: %r", task.number, title)
            self._end(task, Outcome.FAILED, error=faults.out_of_memory(title))
        except BaseException:  # noqa: BLE001 - a defect of a job must not end the lane
            _log.exception("job %s failed: %r", task.number, task.job)
            self._end(task, Outcome.FAILED, error=faults.defect(title), defect=True)
        else:
            self._end(task, Outcome.DONE, result)

    def _end(
        self,
        task: Task,
        outcome: Outcome,
        result: object = None,
        error: EngineError | None = None,
        defect: bool = False,
    ) -> None:
        with self._changed:
            self._tasks.pop(task.number, None)
        self._say(JobEnded(task.number, outcome, result, error, defect))

    def _say(self, event: JobEvent) -> None:
        try:
            self._on_event(event)
        except Exception:  # noqa: BLE001 - a listener must not end the lane
            _log.exception("an event could not be delivered: %.200r", event)
