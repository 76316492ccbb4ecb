"""Buttons: ordinary, primary, link-like, and icons with a name that is read aloud."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from gui import theme as looks
from gui.icons import icon
from gui.theme import theme
from gui.words import no_mnemonic, tip

_BUTTON_EDGE = 5
"""Border and padding of a link-like button at each side, as the style sheet gives them."""


def push_button(text: str, *, icon_name: str = "", primary: bool = False, parent: QWidget | None = None) -> QPushButton:
    """A button with words; a primary one is the one thing to do here."""
    button = QPushButton(no_mnemonic(text), parent)
    button.setAccessibleName(text)
    if primary:
        button.setProperty("primary", "true")
    if icon_name:
        button.setIcon(icon(icon_name, "on_accent" if primary else "text"))
        button.setIconSize(QSize(theme().px(15) + looks.SPACE_1, theme().px(15)))
    return button


def link_button(text: str, *, icon_name: str = "", parent: QWidget | None = None) -> QPushButton:
    """A quiet button that looks like a link."""
    button = QPushButton(no_mnemonic(text), parent)
    button.setAccessibleName(text)
    button.setProperty("link", "true")
    if icon_name:
        button.setIcon(icon(icon_name, "accent"))
        button.setIconSize(QSize(theme().px(14) + looks.SPACE_1, theme().px(14)))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def icon_button(name: str, text: str, *, framed: bool = False, parent: QWidget | None = None) -> QToolButton:
    """A button that shows only an icon; `text` is its tool tip and its name for a screen reader."""
    button = QToolButton(parent)
    button.setIcon(icon(name))
    button.setIconSize(QSize(theme().px(16), theme().px(16)))
    button.setToolTip(tip(text))
    button.setAccessibleName(text)
    if framed:
        button.setProperty("framed", "true")
    return button


class WrappingButton(QPushButton):
    """A link-like button whose words break into lines where they do not fit; its owner calls `fit`."""

    def __init__(self, title: str, *, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(title)
        self.setProperty("link", "true")
        self.setIcon(icon(icon_name, "accent"))
        self.setIconSize(QSize(theme().px(14) + looks.SPACE_1, theme().px(14)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A button is never narrower than its words are on one line, unless it is told so.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        """Show these words."""
        self.title = title
        self.setText(no_mnemonic(title))
        self.setAccessibleName(title)

    def minimumSizeHint(self) -> QSize:
        longest = max(self.fontMetrics().horizontalAdvance(word) for word in self.title.split(" "))
        return QSize(longest + self._beside_words(), super().minimumSizeHint().height())

    def _beside_words(self) -> int:
        return self.iconSize().width() + looks.SPACE_1 + 2 * _BUTTON_EDGE

    def fit(self, width: int) -> None:
        """Break the words so that the button is at most `width` wide."""
        room = width - self._beside_words()
        lines = [""]
        for word in self.title.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.fontMetrics().horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        text = no_mnemonic("\n".join(lines))
        if text != self.text():
            self.setText(text)
