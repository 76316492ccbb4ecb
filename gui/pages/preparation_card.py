"""One image of the dataset before and after its preparation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import EngineError
from gui import words
from gui.models.thumbnails import rgb_image
from gui.pages.seen_card import PixelView
from gui.theme import SPACE_1, SPACE_3, SPACE_4
from gui.widgets import Card, ElidedLabel, PlainLabel, link_button
from gui.words import display_name, tip

if TYPE_CHECKING:
    from engine.images.preparing import Prepared

WIDE = 740
"""From this width on the pictures stand beside the settings, not above them."""


class PreparationCard(Card):
    """The pictures. Signals: `another_wanted`; `looked_at` when it comes in sight."""

    another_wanted = Signal()
    looked_at = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Before and after", parent)
        self.before, self.after = PixelView(), PixelView()
        self.name = ElidedLabel(role="secondary")
        self.before_label, self.after_label = (PlainLabel(role="secondary", wrap=True) for _ in range(2))
        self.text = PlainLabel(role="quiet", wrap=True)
        self.another_button = link_button("Another image", icon_name="image")
        self.another_button.clicked.connect(self._on_another_clicked)
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        for picture, label in ((self.before, self.before_label), (self.after, self.after_label)):
            column = QVBoxLayout()
            column.setSpacing(SPACE_1)
            column.addWidget(picture)
            column.addWidget(label)
            column.addStretch(1)
            row.addLayout(column, 1)
        self.body.addWidget(self.name)
        self.body.addLayout(row)
        self.body.addWidget(self.text)
        self.body.addWidget(self.another_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No images are open."""
        self._show_pictures(False)
        self.text.setText("An image of the dataset is shown here when one is open.")

    def show_error(self, error: EngineError) -> None:
        """The image could not be prepared."""
        self._show_pictures(False)
        self.text.setText(error.what)
        self.another_button.show()

    def show_prepared(self, image: Prepared) -> None:
        """Show this image."""
        self._show_pictures(True)
        self.text.hide()
        name = display_name(image.name)
        self.name.setText(name)
        self.name.setToolTip(tip(name))
        self.before.show_image(rgb_image(image.before))
        self.after.show_image(rgb_image(image.after))
        self.before_label.setText(before_sentence(image))
        self.after_label.setText(f"As the network sees it: {words.shape(image.after.shape)}")
        self.before.setAccessibleName(f"{name} before")
        self.after.setAccessibleName(f"{name} as the network sees it")

    def _show_pictures(self, shown: bool) -> None:
        for one in (self.name, self.before, self.after, self.before_label, self.after_label, self.another_button):
            one.setVisible(shown)
        self.text.setVisible(not shown)

    def _on_another_clicked(self) -> None:
        self.another_wanted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.looked_at.emit()


def before_sentence(image: Prepared) -> str:
    """What the image itself is: its size, and its values where they are not plain bytes."""
    text = f"The image itself: {words.shape(image.size)}"
    if image.values is None:
        return text
    low, high = (f"{one:,.0f}" if one.is_integer() else f"{one:.4g}" for one in image.values)
    return f"{text}; values from {low} to {high}, shown in the automatic range"


class BesidePreparation(QWidget):
    """The card of the settings, and that of the pictures beside it, or above it where there is less room."""

    def __init__(self, settings: QWidget, pictures: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._beside = QBoxLayout(QBoxLayout.Direction.BottomToTop, self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(SPACE_3)
        self._beside.addWidget(settings, 1)
        self._beside.addWidget(pictures, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        kinds = QBoxLayout.Direction
        self._beside.setDirection(kinds.LeftToRight if event.size().width() >= WIDE else kinds.BottomToTop)
