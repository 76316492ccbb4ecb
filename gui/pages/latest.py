"""One question at a time: the newest counts, the one before is cancelled and what it still says is not heard."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from engine.jobs import Job, JobProgress
from gui.bridge import EngineBridge


class Latest(QObject):
    """Jobs of one purpose, of which only the last one submitted is of interest.

    Signals: `done` with the result, `failed` with an EngineError, `cancelled`, `partial`, `progress`; of the newest
    job alone. `busy_changed` when there is one under way, or none any more.
    """

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    partial = Signal(object)
    progress = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, bridge: EngineBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._current: _Request | None = None

    @property
    def job(self) -> Job | None:
        """The job under way."""
        return None if self._current is None else self._current.job

    @property
    def number(self) -> int | None:
        """Its number."""
        return None if self._current is None else self._current.number

    def submit(self, job: Job) -> None:
        """Ask this; whatever was asked before no longer counts."""
        self.drop()
        request = _Request(self, job)
        self._current = request
        request.number = self._bridge.submit(
            job,
            done=request.on_done,
            failed=request.on_failed,
            partial=request.on_partial,
            progress=request.on_progress,
            cancelled=request.on_cancelled,
        )
        self.busy_changed.emit(True)

    def cancel(self) -> None:
        """Ask the job under way to end; `cancelled` says when it has."""
        if self._current is not None and self._current.number is not None:
            self._bridge.cancel(self._current.number)

    def drop(self) -> None:
        """Cancel the job under way and hear no more of it."""
        self.cancel()
        if self._current is not None:
            self._current = None
            self.busy_changed.emit(False)

    def is_current(self, request: _Request) -> bool:
        """Whether nothing was asked since."""
        return self._current is request

    def finish(self) -> None:
        """The job under way has ended."""
        self._current = None
        self.busy_changed.emit(False)


class _Request(QObject):
    """One job and its callbacks."""

    def __init__(self, owner: Latest, job: Job) -> None:
        super().__init__(owner)
        self._owner = owner
        self.job = job
        self.number: int | None = None

    def on_done(self, result: object) -> None:
        if self._end():
            self._owner.done.emit(result)

    def on_failed(self, error: EngineError) -> None:
        if self._end():
            self._owner.failed.emit(error)

    def on_cancelled(self) -> None:
        if self._end():
            self._owner.cancelled.emit()

    def on_partial(self, value: object) -> None:
        if self._owner.is_current(self):
            self._owner.partial.emit(value)

    def on_progress(self, progress: JobProgress) -> None:
        if self._owner.is_current(self):
            self._owner.progress.emit(progress)

    def _end(self) -> bool:
        self.deleteLater()
        current = self._owner.is_current(self)
        if current:
            self._owner.finish()
        return current
