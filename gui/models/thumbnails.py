"""The images of a dataset as a list that reads its pictures only when they are about to be seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from engine.data.splitting import LEFT_OUT
from engine.service.datasets import DatasetSummary, ThumbnailSheet
from gui.words import display_name, tip

Index = QModelIndex | QPersistentModelIndex

PICTURES_KEPT = 4_000
"""Pictures of 64 pixels in memory: 48 MB at most."""
ASK_AFTER_MS = 25
ASKED_AT_ONCE = 200

PART_NAMES = ("training", "validation", "test")


class ThumbnailModel(QAbstractListModel):
    """Images of a dataset, all or those of one class.

    Signals:
        wanted: Indexes into the dataset, a tuple, whose pictures a view has asked for.
    """

    wanted = Signal(object)

    DATASET_INDEX = Qt.ItemDataRole.UserRole + 1
    CLASS_NAME = Qt.ItemDataRole.UserRole + 2

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dataset: DatasetSummary | None = None
        self._shown: np.ndarray[Any, Any] = np.empty(0, dtype=np.int64)
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._asked: set[int] = set()
        self._missing: OrderedDict[int, None] = OrderedDict()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_AFTER_MS)
        self._timer.timeout.connect(self._ask)

    def set_dataset(self, dataset: DatasetSummary | None) -> None:
        """Show another dataset, all of its classes."""
        same = dataset is not None and self._dataset is not None and dataset.fingerprint == self._dataset.fingerprint
        self._dataset = dataset
        if not same:
            self._pictures.clear()
        self.forget_requests()
        self.show_class(None)

    def show_class(self, label: int | None) -> None:
        """Show one class, or all of them, class after class."""
        self.beginResetModel()
        if self._dataset is None:
            self._shown = np.empty(0, dtype=np.int64)
        elif label is None:
            self._shown = np.argsort(self._dataset.labels, kind="stable")
        else:
            self._shown = np.flatnonzero(self._dataset.labels == label)
        self._missing.clear()
        self.endResetModel()

    def add_sheet(self, sheet: ThumbnailSheet) -> None:
        """Take pictures that were asked for; those of another dataset are dropped."""
        if self._dataset is None or sheet.fingerprint != self._dataset.fingerprint:
            return
        for index, pixels in zip(sheet.indexes, sheet.pixels, strict=True):
            self._asked.discard(index)
            self._pictures[index] = rgb_image(pixels)
        while len(self._pictures) > PICTURES_KEPT:
            self._pictures.popitem(last=False)
        if len(self._shown):
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1), [Qt.ItemDataRole.DecorationRole])

    def forget_requests(self) -> None:
        """Ask again for what has not come: the job that read it was cancelled or failed."""
        self._asked.clear()
        self._missing.clear()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._dataset is None or not 0 <= index.row() < len(self._shown):
            return None
        number = int(self._shown[index.row()])
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(number)
        if role == self.DATASET_INDEX:
            return number
        class_name = display_name(self._dataset.class_names[int(self._dataset.labels[number])])
        if role in (Qt.ItemDataRole.DisplayRole, self.CLASS_NAME):
            return class_name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            name = display_name(self._dataset.ids[number])
            part = int(self._dataset.parts[number])
            text = f"{name}\n{class_name}, " + ("left out" if part == LEFT_OUT else f"for {PART_NAMES[part]}")
            return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text.replace("\n", ", ")
        return None

    def _picture(self, number: int) -> QImage | None:
        found = self._pictures.get(number)
        if found is not None:
            self._pictures.move_to_end(number)
        elif number not in self._asked:
            self._missing[number] = None
            self._missing.move_to_end(number)
            if not self._timer.isActive():
                self._timer.start()
        return found

    def _ask(self) -> None:
        # What was asked last is what is in view now; fast scrolling leaves the rest behind.
        wanted = tuple(self._missing)[-ASKED_AT_ONCE:]
        self._missing.clear()
        if wanted:
            self._asked.update(wanted)
            self.wanted.emit(wanted)


def rgb_image(pixels: np.ndarray[Any, Any]) -> QImage:
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
