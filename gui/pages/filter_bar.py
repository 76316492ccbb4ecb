"""The row above the images: a search by name, and which part of the split and which state is shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QWidget

from gui.icons import icon
from gui.models.image_filter import ANY, PART_NAMES, STATES, CuratedImages
from gui.theme import SPACE_2, theme
from gui.words import tip

STATE_WORDS = {
    ANY: "All images",
    "left out": "Left out",
    "relabelled": "Relabelled",
    "moved": "Moved by hand",
    "unreadable": "Unreadable files",
}
ONE_ROW = 360
"""From this width on, times the size of the text, all stands in one row."""
PART_WORDS = ("All parts", *(name.capitalize() for name in PART_NAMES))


class SearchField(QLineEdit):
    """A field to type words of a name into; Escape empties it, Down and Return go on to what was found.

    Signals: `left` when the keyboard should go to what was found.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Search by name")
        self.setAccessibleName("Search images by name")
        self.setToolTip(tip("Words of the file's name or folder  ( Ctrl+F )"))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(110)
        self.addAction(icon("search", "secondary"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """Search, part and state. Signals: `changed` when one of them is another; `left` as of `SearchField`."""

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField()
        self.part_box = QComboBox()
        self.part_box.setAccessibleName("Part of the split")
        self.part_box.addItems(PART_WORDS)
        self.state_box = QComboBox()
        self.state_box.setAccessibleName("State of the images")
        for state in (ANY, *STATES):
            self.state_box.addItem(STATE_WORDS[state], state)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(SPACE_2)
        self._rows.addWidget(self.search, 1)
        boxes = QHBoxLayout()
        boxes.setSpacing(SPACE_2)
        self._rows.addLayout(boxes)
        for box in (self.part_box, self.state_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(7)
            boxes.addWidget(box)
            box.currentIndexChanged.connect(self._on_changed)
        self.search.textChanged.connect(self._on_changed)
        self.search.left.connect(self.left)

    @property
    def part(self) -> int | None:
        """Index into `PARTS`, or None."""
        return self.part_box.currentIndex() - 1 if self.part_box.currentIndex() > 0 else None

    @property
    def state(self) -> str:
        """One of `STATES`, or ANY."""
        return str(self.state_box.currentData())

    def clear(self) -> None:
        """Filter nothing away, without saying so."""
        for widget in (self.search, self.part_box, self.state_box):
            widget.blockSignals(True)
        self.search.clear()
        self.part_box.setCurrentIndex(0)
        self.state_box.setCurrentIndex(0)
        for widget in (self.search, self.part_box, self.state_box):
            widget.blockSignals(False)

    def show_counts(self, images: CuratedImages | None) -> None:
        """Say behind each state how many images are in it."""
        for place, state in enumerate(STATES, 1):
            count = images.count(state) if images is not None else 0
            self.state_box.setItemText(place, f"{STATE_WORDS[state]} ({count:,})" if count else STATE_WORDS[state])

    def minimumSizeHint(self) -> QSize:
        """As wide as both boxes: below `ONE_ROW` the search stands above them."""
        boxes = (self.part_box, self.state_box)
        return QSize(sum(box.minimumSizeHint().width() for box in boxes) + SPACE_2, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        kinds = QBoxLayout.Direction
        self._rows.setDirection(kinds.LeftToRight if event.size().width() >= theme().px(ONE_ROW) else kinds.TopToBottom)

    def _on_changed(self) -> None:
        self.changed.emit()
