"""What is known of the engine's process: warm yet, lost, and which run it was training."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from engine.events import RunEnded, RunFailed, RunResumed, RunStarted
from engine.jobs import JobEnded, JobPartial
from engine.service.training import WarmUp
from gui.bridge import EngineBridge
from gui.settings import THREADS, Settings


class EngineState(QObject):
    """Warms the engine up and watches it.

    Signals: `said` with the words of the status bar; `lost` with why, and the folder of the run that was cut off or
    None; `run_ended` when a run has ended in order; `free` when it has become warm or its run is over, and nothing
    is trained.
    """

    said = Signal(str)
    lost = Signal(str, object)
    run_ended = Signal(object)
    free = Signal()

    def __init__(self, bridge: EngineBridge, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._settings = settings
        self._runs: dict[int, Path] = {}
        self._cut_off: Path | None = None
        self._started = False
        self._ready = False
        bridge.job_event.connect(self._on_job_event)
        bridge.engine_lost.connect(self._on_engine_lost)
        bridge.engine_started.connect(self._on_engine_started)

    @property
    def ready(self) -> bool:
        """Whether TensorFlow is loaded, so that an answer takes no seconds."""
        return self._ready

    @property
    def training(self) -> bool:
        """Whether a run is under way."""
        return bool(self._runs)

    def warm_up(self) -> None:
        """Let the engine's process load TensorFlow, which takes seconds; each new process does it again."""
        self.said.emit("TensorFlow is starting…")
        self._bridge.submit(WarmUp(), done=self._on_warm, failed=self._on_cold)

    def _on_engine_started(self) -> None:
        # The first process has its job already.
        if self._started:
            self.warm_up()
        self._started = True

    def _on_warm(self, sentence: str) -> None:
        threads = self._settings.get(THREADS)
        self._ready = True
        self.said.emit(f"{sentence} · {threads} CPU threads" if threads else sentence)
        self._tell_free()

    def _tell_free(self) -> None:
        if self._ready and not self._runs:
            self.free.emit()

    def _on_cold(self, error: EngineError) -> None:
        self.said.emit(error.what)

    def _on_job_event(self, event: object) -> None:
        match event:
            case JobPartial(job=job, value=RunStarted(folder=folder) | RunResumed(folder=folder)):
                self._runs[job] = Path(folder)
            case JobPartial(value=RunEnded() | RunFailed() as ended):
                self.run_ended.emit(ended)
            case JobEnded(job=job) if job in self._runs:
                run_folder = self._runs.pop(job)
                self._cut_off = run_folder if event.error is not None else None
                self._tell_free()

    def _on_engine_lost(self, why: str) -> None:
        run_folder = next(iter(self._runs.values()), self._cut_off)
        self._runs.clear()
        self._ready = False
        self._cut_off = None
        self.lost.emit(why, run_folder)
