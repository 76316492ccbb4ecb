"""The pace of this computer: how fast it trains, measured by every run that ends."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.costs import effort
from engine.events import RunEnded, RunStarted
from engine.jobs import JobPartial
from gui.bridge import EngineBridge
from gui.document import Document
from gui.settings import PACE, Settings


class Pace(QObject):
    """Measures, and remembers across starts. `changed` is emitted with the new pace, in effort a second."""

    changed = Signal(float)

    def __init__(self, bridge: EngineBridge, document: Document, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._settings = settings
        self._efforts: dict[str, float] = {}
        bridge.job_event.connect(self._on_job_event)

    @property
    def value(self) -> float:
        """The pace, or 0 where no run has ended on this computer yet."""
        return self._settings.get(PACE)

    def _on_job_event(self, event: object) -> None:
        match event:
            case JobPartial(value=RunStarted(run=run, parameters=parameters)):
                analysis = self._document.analysis
                needed = effort(analysis, self._document.draft.recipe)
                # Edited since Train was clicked: then it is another network whose speed will be told.
                if needed is not None and parameters == analysis.parameters:
                    self._efforts[run] = needed
            case JobPartial(value=RunEnded(run=run, images_per_second=speed)) if run in self._efforts:
                needed = self._efforts.pop(run)
                if speed > 0:
                    self._settings.set(PACE, needed * speed)
                    self.changed.emit(self.value)
