"""The preview: a test image as it leaves each layer of the draft, on the cards, soon after every edit."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from engine.errors import EngineError
from engine.inspection.results import DatasetImage, LayerPreviews, TrainedRef
from engine.network import Network
from engine.runs.records import RunSummary
from engine.service.inspection import Preview
from gui.bridge import EngineBridge
from gui.document import Document
from gui.engine_state import EngineState
from gui.models.layer_pictures import layer_pictures
from gui.models.run_list import RunList
from gui.models.sample_image import sample_image
from gui.pages.latest import Latest

log = logging.getLogger("gui")

STILL_MS = 500
"""So long nothing is edited before the engine is asked."""


@dataclass(frozen=True)
class _Question:
    """What the pictures depend on."""

    network: Network
    seed: int
    image: DatasetImage
    run: RunSummary | None

    def job(self) -> Preview:
        trained = None if self.run is None else TrainedRef(self.run.folder)
        return Preview(self.network, self.seed, self.image, trained)


class PreviewController(QObject):
    """Asks for the pictures while nothing else needs the engine, and gives them to the document.

    Pictures that somebody else gave the document (the Inspect page, of the image that it shows) stay while they are
    of the stack on the screen.
    """

    def __init__(self, document: Document, bridge: EngineBridge, engine: EngineState, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._bridge = bridge
        self._engine = engine
        self._runs: RunList | None = None
        self._asked: _Question | None = None
        self._refused: _Question | None = None
        self._given: object = None
        self._latest = Latest(bridge, self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STILL_MS)
        self._timer.timeout.connect(self._ask)
        document.draft_changed.connect(self._on_changed)
        document.dataset_changed.connect(self._on_changed)
        engine.free.connect(self._on_free)

    def _on_free(self) -> None:
        """A run may have ended, or an engine that was lost may be there again."""
        self._refused = None
        self._on_changed()

    def _on_changed(self) -> None:
        """What was asked before counts only while it is still the question."""
        if self._latest.job is not None and self._asked != self._question():
            self._latest.drop()
            self._asked = None
        if self._engine.ready:
            self._timer.start()

    def _ask(self) -> None:
        question = self._question()
        pictures = self._document.pictures
        if question is None or not self._engine.ready or self._engine.training:
            return
        if question == self._refused or (pictures and pictures is not self._given):
            return
        if question == self._asked and (pictures or self._latest.job is not None):
            return
        self._asked = question
        self._latest.submit(question.job())

    def _question(self) -> _Question | None:
        document = self._document
        index = sample_image(document.dataset)
        if document.dataset is None or index is None or document.analysis.graph is None:
            return None
        usable = [run for run in self._list().runs if run.has_weights]
        newest = usable[-1] if usable else None
        return _Question(document.network, document.draft.seed, DatasetImage(document.dataset.spec, index), newest)

    def _list(self) -> RunList:
        if self._runs is None:
            self._runs = RunList.of(self._document, self._bridge)
            self._runs.changed.connect(self._on_changed)
        return self._runs

    def _on_done(self, found: LayerPreviews) -> None:
        self._given = layer_pictures(found.maps, found.seen)
        self._document.set_pictures(self._given, f"The picture: a test image. {found.weights}")

    def _on_failed(self, error: EngineError) -> None:
        self._refused = self._asked
        log.info("No preview: %s", error)
