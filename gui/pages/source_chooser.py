"""Where images can come from, as cards: a folder of one's own, or a sample that is always there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.data.source import Source
from gui.theme import SPACE_3, SPACE_5
from gui.widgets import Card, PlainLabel, link_button, push_button
from gui.widgets.panels import Picture
from gui.words import display_name

SAMPLES = (
    (
        "sample:digits",
        "Handwritten digits",
        "1,797 small grey pictures of the digits 0 to 9, 8 × 8 pixels. Trains in seconds: a good first try.",
    ),
    (
        "sample:shapes",
        "Coloured shapes",
        "Circles, squares, triangles and more on noisy grounds, 32 × 32 pixels in colour, drawn for you.",
    ),
)
FOLDER_TEXT = (
    "A folder with one folder for each class, train, validation and test folders of such, or images named by class. "
    "Or a file: a list of paths and labels (CSV), an NPZ, IDX (MNIST) or CIFAR file, a zip or tar of these. "
    "You can also drop it anywhere on the window."
)


def source_name(source: Source) -> str:
    """A source as a person calls it: a sample by its title, a folder by its path."""
    titles = {name: title for name, title, _ in SAMPLES}
    return titles.get(source.location.partition("?")[0]) or display_name(source.location)


class SourceChooser(QWidget):
    """Three cards. Signals: `folder_requested`, `file_requested`, `sample_requested` with the sample's name,
    `back_requested`.
    """

    back_requested = Signal()
    folder_requested = Signal()
    file_requested = Signal()
    sample_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_5, 0, 0)
        column.setSpacing(SPACE_3)
        title = PlainLabel("Which images should the network learn from?", role="title", wrap=True)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = PlainLabel(
            "This page shows them by class, says how many there are, and keeps some aside to test the network with.",
            role="quiet",
            wrap=True,
        )
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(title)
        column.addWidget(text)
        column.addSpacing(SPACE_3)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(SPACE_3)
        column.addLayout(self._cards)
        self.back_button = link_button("Keep the images that are open")
        self.back_button.clicked.connect(self.back_requested)
        self.back_button.hide()
        column.addWidget(self.back_button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        folder, file = self._card("folder", "Your own images", FOLDER_TEXT, "Open a folder…", "Open a file…")
        folder.clicked.connect(self.folder_requested)
        file.clicked.connect(self.file_requested)
        self.buttons = [folder, file]
        for name, title_text, about in SAMPLES:
            (button,) = self._card("image", title_text, about, f"Use {title_text.lower()}")
            button.setProperty("sample", name)
            button.clicked.connect(self._on_sample_clicked)
            self.buttons.append(button)

    def _card(self, icon: str, title: str, text: str, *actions: str) -> list[QPushButton]:
        """A card with a button for each action; where there are several, the first is the usual one."""
        card = Card()
        card.body.addWidget(Picture(icon, 28, "accent"))
        card.body.addWidget(PlainLabel(title, role="strong"))
        card.body.addWidget(PlainLabel(text, role="quiet", wrap=True))
        card.body.addStretch(1)
        buttons = [push_button(one, primary=len(actions) > 1 and one == actions[0]) for one in actions]
        for button in buttons:
            card.body.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        self._cards.addWidget(card, 1)
        return buttons

    def _on_sample_clicked(self) -> None:
        self.sample_requested.emit(self.sender().property("sample"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        kinds = QBoxLayout.Direction
        self._cards.setDirection(kinds.LeftToRight if event.size().width() >= 600 else kinds.TopToBottom)
