"""The images of a dataset as a list that reads its pictures only while they are in sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from engine.data.splitting import LEFT_OUT
from engine.service.datasets import DatasetSummary, ThumbnailSheet
from gui.models.image_filter import PART_NAMES, CuratedImages, ImageFilter
from gui.words import display_name, tip

Index = QModelIndex | QPersistentModelIndex
Array = np.ndarray[Any, Any]

PICTURES_KEPT = 1_500
"""Pictures of 64 pixels in memory: 25 MB at most, ten screens full."""
ASK_AFTER_MS = 15
ASKED_AT_ONCE = 120


class ThumbnailModel(QAbstractListModel):
    """Images of a dataset, all or those that a filter lets through, class after class.

    Which images are shown changes with the filter alone: what the user does to an image never lets it jump away.

    Signals:
        wanted: Indexes into the dataset, a tuple, whose pictures are to be read; the next ones are asked for once
            these have come.
        given_up: What was asked for last has been scrolled past, none of it is in sight.
        marks_changed: Images were labelled, left out or moved.
    """

    wanted = Signal(object)
    given_up = Signal()
    marks_changed = Signal()

    DATASET_INDEX = Qt.ItemDataRole.UserRole + 1
    CLASS_NAME = Qt.ItemDataRole.UserRole + 2
    LEFT_OUT = Qt.ItemDataRole.UserRole + 3
    WAS = Qt.ItemDataRole.UserRole + 4
    """The class that the source gives to an image that has another one by now; else ""."""
    MOVED = Qt.ItemDataRole.UserRole + 5

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.images: CuratedImages | None = None
        self.filter = ImageFilter()
        self.shown: Array = np.empty(0, dtype=np.int64)
        """Index into the dataset of each row."""
        self._class_words: list[str] = []
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._asked: frozenset[int] = frozenset()
        self._sight = (0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_AFTER_MS)
        self._timer.timeout.connect(self._ask)

    def set_dataset(self, dataset: DatasetSummary | None) -> None:
        """Show another dataset, or the same images under another curation, which stay where they are."""
        before = self.images.dataset if self.images is not None else None
        if dataset is not None and before is not None and dataset.identity == before.identity:
            self.show_images(CuratedImages(dataset, names=self.images.names if self.images is not None else None))
            return
        self._pictures.clear()
        self.forget_requests()
        self.filter = ImageFilter()
        self._set_images(None if dataset is None else CuratedImages(dataset))
        self._show_matching()

    def show_images(self, images: CuratedImages) -> None:
        """Show the same images under another curation."""
        self._set_images(images)
        if len(self.shown):
            self.dataChanged.emit(self.index(0), self.index(len(self.shown) - 1))
        self.marks_changed.emit()

    def _set_images(self, images: CuratedImages | None) -> None:
        self.images = images
        self._class_words = [] if images is None else [display_name(name) for name in images.dataset.class_names]

    def set_filter(self, wanted: ImageFilter) -> None:
        """Show what this lets through."""
        self.filter = wanted
        self._show_matching()

    def _show_matching(self) -> None:
        self.beginResetModel()
        if self.images is None:
            self.shown = np.empty(0, dtype=np.int64)
        else:
            found = np.flatnonzero(self.images.matching(self.filter))
            self.shown = found[np.argsort(self.images.dataset.labels[found], kind="stable")]
        self._sight = (0, 0)
        self.endResetModel()

    @property
    def outdated(self) -> int:
        """Shown images that the filter would not let through by now."""
        if self.images is None or self.filter.shows_all:
            return 0
        return int((~self.images.matching(self.filter)[self.shown]).sum())

    def row_of(self, number: int) -> int:
        """The row of a dataset image; -1 where it is not shown."""
        found = np.flatnonzero(self.shown == number)
        return int(found[0]) if len(found) else -1

    # pictures

    def look_at(self, first: int, last: int) -> None:
        """These rows, `last` not among them, are in sight now: read their pictures, then those of the next screens."""
        self._sight = (first, last)
        if not self._timer.isActive():
            self._timer.start()

    def add_sheet(self, sheet: ThumbnailSheet) -> None:
        """Take pictures that were asked for; those of another dataset are dropped."""
        if self.images is None or sheet.identity != self.images.dataset.identity:
            return
        self._asked = frozenset()
        for index, pixels in zip(sheet.indexes, sheet.pixels, strict=True):
            # In the screen's own format, into which each paint would turn it otherwise.
            self._pictures[index] = rgb_image(pixels).convertToFormat(QImage.Format.Format_RGB32)
            self._pictures.move_to_end(index)
        while len(self._pictures) > PICTURES_KEPT:
            self._pictures.popitem(last=False)
        first, last = self._sight
        if last > first:
            last = min(last, len(self.shown))
            self.dataChanged.emit(self.index(first), self.index(last - 1), [Qt.ItemDataRole.DecorationRole])
            self._timer.start()

    def forget_requests(self) -> None:
        """Ask again for what has not come: the job that read it was cancelled or failed."""
        self._asked = frozenset()

    def picture(self, number: int) -> QImage | None:
        """The picture of a dataset image, where it has been read."""
        found = self._pictures.get(number)
        if found is not None:
            self._pictures.move_to_end(number)
        return found

    def caption(self, number: int, left_out: bool, relabelled: bool) -> tuple[str, str]:
        """What stands under an image, and the colour of the theme in which it does."""
        assert self.images is not None, "there are images"
        if left_out:
            return "left out", "bad"
        name = self._class_words[int(self.images.dataset.labels[number])]
        return (f"{name} ← {self._was(number)}", "accent") if relabelled else (name, "secondary")

    def _was(self, number: int) -> str:
        assert self.images is not None, "there are images"
        dataset = self.images.dataset
        return display_name(dataset.source_classes[int(dataset.source_labels[number])])

    def _ask(self) -> None:
        first, last = self._sight
        seen = self.shown[first:last].tolist()
        if self._asked:
            if not self._asked.isdisjoint(seen):
                return
            self._asked = frozenset()
            self.given_up.emit()
        screen = last - first
        after = self.shown[last : last + screen].tolist()
        before = self.shown[max(0, first - screen) : first].tolist()
        missing = [number for number in seen if number not in self._pictures]
        if not missing:
            missing = [number for number in [*after, *before] if number not in self._pictures]
        if missing:
            self._asked = frozenset(missing[:ASKED_AT_ONCE])
            self.wanted.emit(tuple(missing[:ASKED_AT_ONCE]))

    # what a view asks

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.images is None or not 0 <= index.row() < len(self.shown):
            return None
        number = int(self.shown[index.row()])
        images, dataset = self.images, self.images.dataset
        if role == Qt.ItemDataRole.DecorationRole:
            return self.picture(number)
        if role == self.DATASET_INDEX:
            return number
        if role in (Qt.ItemDataRole.DisplayRole, self.CLASS_NAME):
            return self._class_words[int(dataset.labels[number])]
        if role == self.LEFT_OUT:
            return bool(images.left_out[number])
        if role == self.WAS:
            return self._was(number) if images.relabelled[number] else ""
        if role == self.MOVED:
            return bool(images.moved[number])
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            text = image_words(images, number)
            return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text.replace("\n", ", ")
        return None


def image_words(images: CuratedImages, number: int) -> str:
    """What is known of an image: its name, and in a second line its class, part and what the user did."""
    dataset = images.dataset
    words = [display_name(dataset.class_names[int(dataset.labels[number])])]
    if images.relabelled[number]:
        words.append(f"was {display_name(dataset.source_classes[int(dataset.source_labels[number])])}")
    part = int(dataset.parts[number])
    if part == LEFT_OUT:
        words.append("left out")
    else:
        words.append(f"for {PART_NAMES[part]}{', moved there' if images.moved[number] else ''}")
    return f"{display_name(dataset.ids[number])}\n{', '.join(words)}"


def rgb_image(pixels: Array) -> QImage:
    """A picture of uint8 pixels, (height, width, 1 or 3); it owns its memory."""
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    if pixels.shape[2] == 1:
        pixels = np.repeat(pixels, 3, axis=2)
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def class_counts(dataset: DatasetSummary) -> Sequence[tuple[int, int, int]]:
    """(train, validation, test) images of each class, in the order of the class names; none that was left out."""
    used = dataset.parts != LEFT_OUT
    counts = np.zeros((len(dataset.class_names), 3), dtype=np.int64)
    np.add.at(counts, (dataset.labels[used], dataset.parts[used]), 1)
    return [(int(one[0]), int(one[1]), int(one[2])) for one in counts]
