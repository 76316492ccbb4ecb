"""A line across the window for what the user must know now: it stays until it is dealt with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui import theme as looks
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.labels import PlainLabel
from gui.widgets.panels import Picture
from gui.words import no_mnemonic


class Banner(QFrame):
    """One sentence, one offer and a way to put it away. Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Banner")
        self._offer: Callable[[], None] | None = None
        self.text = PlainLabel(wrap=True)
        self.button = push_button("")
        self.button.clicked.connect(self._on_button_clicked)
        close = icon_button("close", "Hide this message")
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.SPACE_4, looks.SPACE_2, looks.SPACE_3, looks.SPACE_2)
        row.setSpacing(looks.SPACE_3)
        row.addWidget(Picture("warning", 18, "warning"))
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        row.addWidget(close)
        self.hide()

    def say(self, text: str, *, offer: str = "", act: Callable[[], None] | None = None) -> None:
        """Show a sentence.

        Args:
            text: What happened.
            offer: The words of a button, or "".
            act: What the button does.
        """
        self.text.setText(text)
        self.setAccessibleName(text)
        self.button.setText(no_mnemonic(offer))
        self.button.setAccessibleName(offer)
        self.button.setVisible(bool(offer))
        self._offer = act
        self.show()

    def withdraw(self, text: str) -> None:
        """Put this sentence away, as it has become needless; another one stays."""
        if text == self.text.text():
            self.hide()

    def withdraw_offer(self) -> None:
        """The button has become needless."""
        self._offer = None
        self.button.hide()

    def _on_button_clicked(self) -> None:
        self.hide()
        if self._offer is not None:
            self._offer()
