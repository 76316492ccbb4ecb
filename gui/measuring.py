"""Sets a layer by the mean and deviation of the training images, where its type offers that."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.errors import EngineError
from engine.layers.base import Moments
from engine.moments import filled
from engine.service.measuring import MeasureChannels
from gui.bridge import EngineBridge
from gui.document import Document
from gui.pages.latest import Latest
from gui.settings_pane import SettingsPane


class Measuring(QObject):
    """Asks the engine for what the settings pane offers, and makes it an undoable edit."""

    def __init__(self, pane: SettingsPane, document: Document, bridge: EngineBridge) -> None:
        super().__init__(pane)
        self._pane = pane
        self._document = document
        self._layer = ""
        self._latest = Latest(bridge, self)
        pane.offer.wanted.connect(self.measure)
        pane.offer.cancel_requested.connect(self._latest.cancel)
        self._latest.busy_changed.connect(pane.offer.show_busy)
        self._latest.progress.connect(pane.offer.show_progress)
        self._latest.done.connect(self._on_measured)
        self._latest.failed.connect(self._on_failed)
        document.dataset_changed.connect(self._latest.drop)

    def measure(self) -> None:
        """Measure the training images for the chosen layer."""
        dataset = self._document.dataset
        if dataset is not None:
            self._layer = self._document.selected
            self._latest.submit(MeasureChannels(dataset.spec))

    def _on_measured(self, pixels: Moments) -> None:
        network = self._document.network
        layer = next((one for one in network.layers if one.id == self._layer and one.type.measures), None)
        if layer is None:  # it was removed meanwhile
            return
        try:
            changed = filled(network, layer.id, pixels).on_network(network)
        except EngineError as error:
            self._on_failed(error)
            return
        title = layer.type.measures
        self._document.apply_network(changed, title[:1].lower() + title[1:])

    def _on_failed(self, error: EngineError) -> None:
        if self._document.selected == self._layer:
            self._pane.show_error(error)
