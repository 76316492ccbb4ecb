"""The only crossing between the engine's threads and Qt: events arrive here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from engine.errors import EngineError
from engine.jobs import (
    Engine,
    EngineLost,
    EngineStarted,
    Job,
    JobEnded,
    JobPartial,
    JobProgress,
    OnEvent,
    Outcome,
)

Callback = Callable[[Any], None]


@dataclass(frozen=True)
class _Listener:
    done: Callback | None
    failed: Callable[[EngineError], None] | None
    partial: Callback | None
    progress: Callable[[JobProgress], None] | None
    cancelled: Callable[[], None] | None


def _alive(callback: Callable[..., None]) -> bool:
    """Whether the object a bound method belongs to still exists on Qt's side."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


class EngineBridge(QObject):
    """Sends jobs to the engine and hands their events over in the GUI thread.

    It must be made in the GUI thread. The engine itself starts with the first job, so that a window can be painted
    before.

    Args:
        make_engine: Makes the engine; it is given the function that takes events, from any thread.
    """

    job_event = Signal(object)
    engine_lost = Signal(str)
    engine_started = Signal()
    _arrived = Signal(object)

    def __init__(self, make_engine: Callable[[OnEvent], Engine], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_engine = make_engine
        self._engine: Engine | None = None
        self._listeners: dict[int, _Listener] = {}
        self._closed = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def under_way(self) -> int:
        """How many jobs have not ended."""
        return len(self._listeners)

    def submit(
        self,
        job: Job,
        *,
        done: Callback | None = None,
        failed: Callable[[EngineError], None] | None = None,
        partial: Callback | None = None,
        progress: Callable[[JobProgress], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> int:
        """Queue a job; return its number.

        The callbacks are called in the GUI thread and should be bound methods: those of a widget that is gone are
        left out. Exactly one of `done`, `failed` and `cancelled` is called, and nothing after it.
        """
        if self._engine is None:
            self._engine = self._make_engine(self._arrived.emit)
        number = self._engine.submit(job)
        self._listeners[number] = _Listener(done, failed, partial, progress, cancelled)
        return number

    def cancel(self, job: int) -> None:
        """Ask a job to end."""
        if self._engine is not None and job in self._listeners:
            self._engine.cancel(job)

    def control(self, job: int, control: object) -> None:
        """Give a running training job one of the controls of `engine.events`."""
        if self._engine is not None and job in self._listeners:
            self._engine.control(job, control)

    def close(self) -> None:
        """End the engine; no callback is called from now on."""
        self._closed = True
        self._listeners.clear()
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _on_arrived(self, event: object) -> None:
        if self._closed:
            return
        match event:
            case EngineLost(why=why):
                self.engine_lost.emit(why)
            case EngineStarted():
                self.engine_started.emit()
            case JobPartial(job=job, value=value) if job in self._listeners:
                self._call(self._listeners[job].partial, value)
            case JobProgress(job=job) if job in self._listeners:
                self._call(self._listeners[job].progress, event)
            case JobEnded(job=job) if job in self._listeners:
                self._end(self._listeners.pop(job), event)
        self.job_event.emit(event)

    def _end(self, listener: _Listener, event: JobEnded) -> None:
        if event.outcome is Outcome.DONE:
            self._call(listener.done, event.result)
        elif event.outcome is Outcome.CANCELLED:
            self._call(listener.cancelled)
        else:
            self._call(listener.failed, event.error)

    def _call(self, callback: Callable[..., None] | None, *arguments: object) -> None:
        if callback is not None and _alive(callback):
            callback(*arguments)
