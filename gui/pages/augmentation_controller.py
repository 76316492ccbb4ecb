"""The augmentation's card beside the draft: advice on it, and an image changed by it, soon after every edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer

from engine.augmentation import Augmentation
from engine.augmentation.advice import advise
from engine.data.split import PARTS, Part
from engine.errors import EngineError
from engine.inspection.results import DatasetImage
from engine.jobs import JobProgress
from engine.service.augmentation import AugmentedSheet, PreviewAugmentation
from engine.service.datasets import DatasetSummary
from gui.bridge import EngineBridge
from gui.document import Document
from gui.models.thumbnails import rgb_image
from gui.pages.augmentation_card import AugmentationCard
from gui.pages.latest import Latest
from gui.words import display_name

STILL_MS = 30
"""So long nothing is edited before the engine is asked."""
DRAWS = 20


@dataclass(frozen=True)
class _Question:
    """What the pictures depend on."""

    augmentation: Augmentation
    image: DatasetImage
    seed: int

    def job(self) -> PreviewAugmentation:
        return PreviewAugmentation(self.augmentation, self.image, self.seed, DRAWS)


class AugmentationController(QObject):
    """Shows advice, and asks for pictures while they are on the screen; only the newest question counts."""

    def __init__(self, card: AugmentationCard, document: Document, bridge: EngineBridge) -> None:
        super().__init__(card)
        self._card = card
        self._document = document
        self._index = -1
        self._fingerprint = ""
        self._asked: _Question | None = None
        self._latest = Latest(bridge, self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)
        self._latest.progress.connect(self._on_progress)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STILL_MS)
        self._timer.timeout.connect(self._ask)
        card.view.shown.connect(self._timer.start)
        card.view.other_wanted.connect(self._on_other_wanted)
        document.draft_changed.connect(self._on_changed)
        document.dataset_changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        draft, dataset = self._document.draft, self._document.dataset
        self._card.show_augmentation(draft.augmentation)
        names = () if dataset is None else dataset.class_names
        self._card.show_advice(advise(draft.augmentation, names, draft.network.input.shape))
        fingerprint = "" if dataset is None else dataset.fingerprint
        if fingerprint != self._fingerprint:
            self._fingerprint, self._asked = fingerprint, None
            self._index = -1
            self._card.view.grid.show_pictures([], [], [])
        if self._card.view.isVisible():
            self._timer.start()

    def _on_other_wanted(self, by: int) -> None:
        pool = _pool(self._document.dataset)
        if len(pool):
            place = int(np.searchsorted(pool, self._index))
            self._index = int(pool[(place + by) % len(pool)])
            self._timer.start()

    def _ask(self) -> None:
        dataset, view, draft = self._document.dataset, self._card.view, self._document.draft
        if not view.isVisible():
            return
        pool = _pool(dataset)
        if dataset is None or not len(pool):
            view.show_image("")
            view.show_status("Open images on the Data page to see them changed.")
            return
        if self._index < 0:
            self._index = int(pool[0])
        class_name = display_name(dataset.class_names[int(dataset.labels[self._index])])
        view.show_image(f"{class_name}: {display_name(dataset.ids[self._index])}")
        question = _Question(draft.augmentation, DatasetImage(dataset.spec, self._index), draft.seed)
        if question == self._asked:
            return
        self._asked = question
        if not view.grid.pictures:
            view.show_status("The pictures are coming.")
        self._latest.submit(question.job())

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.text:
            self._card.view.show_status(progress.text)

    def _on_done(self, sheet: AugmentedSheet) -> None:
        dataset, view = self._document.dataset, self._card.view
        if dataset is None:
            return
        mixed = bool((np.count_nonzero(sheet.shares, axis=1) > 1).any())
        words = [_shares(one, dataset.class_names) for one in sheet.shares]
        view.grid.show_pictures(
            [rgb_image(one) for one in (sheet.original, *sheet.pixels)],
            ["as it is", *(one[0] for one in words)] if mixed else [""] * (len(words) + 1),
            ["The image as it is", *(f"Epoch {number}: {', '.join(one)}" for number, one in enumerate(words, 1))],
        )
        view.show_status(
            f"First the image as it is, then as the epochs 1 to {len(sheet.pixels)} of a run with seed "
            f"{self._document.draft.seed} show it to the network."
            + (" Which image it is mixed with differs from step to step." if mixed else "")
        )

    def _on_failed(self, error: EngineError) -> None:
        self._asked = None
        self._card.view.show_status(f"{error.what} {error.fix}")


def _pool(dataset: DatasetSummary | None) -> np.ndarray[Any, Any]:
    """The images that may be shown: those for training, or all where none are."""
    if dataset is None:
        return np.empty(0, np.int64)
    training = np.flatnonzero(dataset.parts == PARTS.index(Part.TRAIN))
    return training if len(training) else np.arange(len(dataset.ids))


def _shares(shares: np.ndarray[Any, Any], class_names: tuple[str, ...]) -> list[str]:
    """How much of each class is seen, the most first; the class alone where it is all."""
    order = [int(one) for one in np.argsort(-shares, kind="stable") if shares[one] >= 0.005]
    if len(order) == 1:
        return [display_name(class_names[order[0]])]
    return [f"{shares[one]:.0%} {display_name(class_names[one])}" for one in order]
