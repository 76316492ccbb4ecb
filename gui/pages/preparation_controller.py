"""Keeps the picture before and after in step with the settings, without opening the dataset again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from engine.service.preparing import PrepareImage
from gui.bridge import EngineBridge
from gui.document import Document
from gui.models.sample_image import sample_image
from gui.pages.latest import Latest
from gui.pages.preparation_card import PreparationCard

STILL_MS = 80
"""Edits in a row are shown once."""


class PreparationController(QObject):
    """Asks for one image, prepared as the draft says, whenever the card is in sight and something changed."""

    def __init__(self, card: PreparationCard, document: Document, bridge: EngineBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._card = card
        self._document = document
        self._latest = Latest(bridge, self)
        self._index = -1
        self._shown: PrepareImage | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STILL_MS)
        self._timer.timeout.connect(self._ask)
        self._latest.done.connect(card.show_prepared)
        self._latest.failed.connect(card.show_error)
        card.looked_at.connect(self._ask)
        card.another_wanted.connect(self.show_another)
        document.draft_changed.connect(self._on_changed)
        document.dataset_changed.connect(self._on_dataset_changed)

    def show_another(self) -> None:
        """Go on to the next image."""
        self._index = -1 if (found := sample_image(self._document.dataset, self._index)) is None else found
        self._ask()

    def _on_changed(self) -> None:
        if self._card.isVisible():
            self._timer.start()

    def _on_dataset_changed(self) -> None:
        dataset = self._document.dataset
        if dataset is None:
            self._latest.drop()
            self._shown = None
            self._card.show_nothing()
            return
        if not 0 <= self._index < len(dataset.ids):
            self._index = -1 if (found := sample_image(dataset)) is None else found
        self._on_changed()

    def _ask(self) -> None:
        dataset, preprocessing = self._document.dataset, self._document.draft.preprocessing
        if dataset is None or preprocessing is None or not self._card.isVisible():
            return
        if self._index < 0:
            self._index = -1 if (found := sample_image(dataset)) is None else found
        job = PrepareImage(dataset.spec, max(0, self._index), preprocessing)
        if job != self._shown:
            self._shown = job
            self._latest.submit(job)
