"""Surfaces: cards, empty pages and the panel that says what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import theme as looks
from gui.icons import icon
from gui.widgets.buttons import icon_button, link_button
from gui.widgets.labels import PlainLabel


class Trouble(Protocol):
    """Anything that says what is wrong in three sentences: an EngineError, a Problem, a Fault."""

    @property
    def what(self) -> str:
        """What happened."""

    @property
    def expected(self) -> str:
        """What should have been."""

    @property
    def fix(self) -> str:
        """What to do about it."""


class Card(QFrame):
    """A rounded surface; add widgets to `.body`, a vertical layout."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(looks.SPACE_4, looks.SPACE_3, looks.SPACE_4, looks.SPACE_4)
        self.body.setSpacing(looks.SPACE_2)
        self.title = PlainLabel(title, role="strong")
        # Into the layout first: a widget without a parent that is shown would be a window of its own for a moment.
        self.body.addWidget(self.title)
        self.title.setVisible(bool(title))


class Picture(QLabel):
    """An icon drawn large; follows the theme."""

    def __init__(self, name: str, size: int, role: str = "secondary", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._name, self._size, self._role = name, size, role
        self.setFixedSize(size, size)
        self._draw()
        looks.theme().theme_changed.connect(self._draw)

    def _draw(self) -> None:
        self.setPixmap(icon(self._name, self._role).pixmap(self._size, self._size))


class EmptyState(QWidget):
    """What a page shows when it has nothing to show: what it is for and what to do.

    Args:
        title: What is missing, or what the page is for.
        text: What to do, in a sentence or two.
        icon: The name of an icon, or "".
        buttons: What can be done here; the first is usually primary.
    """

    def __init__(
        self,
        title: str,
        text: str,
        *,
        icon: str = "",
        buttons: Sequence[QAbstractButton] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(looks.SPACE_5, looks.SPACE_5, looks.SPACE_5, looks.SPACE_5)
        column.setSpacing(looks.SPACE_2)
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        if icon:
            column.addWidget(Picture(icon, 40), alignment=centre)
            column.addSpacing(looks.SPACE_1)
        self.title = PlainLabel(title, role="title", wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text = PlainLabel(text, role="quiet", wrap=True)
        self.text.setAlignment(centre)
        self.text.setMaximumWidth(440)
        self.text.setMinimumWidth(200)
        column.addWidget(self.title)
        words = QHBoxLayout()
        words.addStretch(1)
        words.addWidget(self.text, 20)
        words.addStretch(1)
        column.addLayout(words)
        if buttons:
            row = QHBoxLayout()
            row.setContentsMargins(0, looks.SPACE_2, 0, 0)
            row.setSpacing(looks.SPACE_2)
            row.addStretch()
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
            column.addLayout(row)
        column.addStretch(3)


class ErrorPanel(QFrame):
    """What happened, what was expected and what to do, with the details to copy. Hidden while there is nothing."""

    def __init__(self, error: Trouble | None = None, *, closable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ErrorPanel")
        self._copied = ""
        self.what = PlainLabel(role="strong", wrap=True)
        self.expected = PlainLabel(wrap=True)
        self.fix = PlainLabel(wrap=True)
        for label in (self.what, self.expected, self.fix):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = link_button("Copy details", icon_name="duplicate")
        self.copy_button.clicked.connect(self.copy_details)
        self.close_button = icon_button("close", "Hide this message")
        self.close_button.clicked.connect(self.clear)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(looks.SPACE_3, looks.SPACE_2, looks.SPACE_2, looks.SPACE_2)
        outer.setSpacing(looks.SPACE_2)
        outer.addWidget(Picture("warning", 18, "bad"), alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(looks.SPACE_1)
        for label in (self.what, self.expected, self.fix):
            column.addWidget(label)
        column.addWidget(self.copy_button, alignment=Qt.AlignmentFlag.AlignLeft)
        outer.addLayout(column, 1)
        outer.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignTop)
        self.close_button.setVisible(closable)
        self.show_error(error)

    def show_error(self, error: Trouble | None, details: str = "") -> None:
        """Show an error, or hide for None.

        Args:
            error: Its three sentences.
            details: What "Copy details" copies beside them, such as a traceback.
        """
        if error is None:
            self.clear()
            return
        self.what.setText(error.what)
        self.expected.setText(error.expected)
        self.fix.setText(error.fix)
        self._copied = "\n".join([error.what, error.expected, error.fix, details]).strip()
        self.setAccessibleName(error.what)
        self.show()

    def clear(self) -> None:
        """Hide."""
        self._copied = ""
        self.hide()

    def copy_details(self) -> None:
        """Put the three sentences and the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._copied)
