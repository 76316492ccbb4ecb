"""Buttons: ordinary, primary, link-like, and icons with a name that is read aloud."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from gui import theme as looks
from gui.icons import icon
from gui.theme import theme
from gui.words import no_mnemonic, tip


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
