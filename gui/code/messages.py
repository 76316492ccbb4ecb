"""What is said under the code: what is wrong at which line, and what else the user should know."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui import theme as looks
from gui.widgets.buttons import link_button
from gui.widgets.labels import PlainLabel
from gui.widgets.panels import Picture, Trouble


class FaultMessage(QFrame):
    """A fault of the code in three sentences. `place_wanted` is emitted when the user wants to see it in the code."""

    place_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ErrorPanel")
        self.what = PlainLabel(role="strong", wrap=True)
        self.more = PlainLabel(wrap=True)
        self.go = link_button("Go there")
        self.go.clicked.connect(self.place_wanted)
        for label in (self.what, self.more):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        _fill(self, Picture("warning", 18, "bad"), self.what, self.more, self.go)

    def show_fault(self, fault: Trouble | None, line: int) -> None:
        """Show a fault, or hide for None.

        Args:
            fault: Its three sentences.
            line: Where it is, from 1; 0 for nowhere.
        """
        self.setVisible(fault is not None)
        if fault is None:
            return
        self.what.setText(fault.what)
        self.more.setText(f"{fault.expected} {fault.fix}")
        self.setAccessibleName(fault.what)
        self.setAccessibleDescription(self.more.text())
        self.go.setVisible(line > 0)
        self.go.setText(f"Go to line {line:,}")
        self.go.setAccessibleName(f"Go to line {line:,}")


class Remark(QFrame):
    """Something that the user should know."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("AdvicePanel")
        self.text = PlainLabel(wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        _fill(self, Picture("info", 18, "warning"), self.text)

    def say(self, text: str) -> None:
        """Show a text, or hide for ""."""
        self.setVisible(bool(text))
        self.text.setText(text)
        self.setAccessibleName(text)


def _fill(frame: QFrame, picture: Picture, *widgets: QWidget) -> None:
    row = QHBoxLayout(frame)
    row.setContentsMargins(looks.SPACE_3, looks.SPACE_2, looks.SPACE_3, looks.SPACE_2)
    row.setSpacing(looks.SPACE_2)
    row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(looks.SPACE_1)
    for widget in widgets:
        button = not isinstance(widget, PlainLabel)
        column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignLeft if button else Qt.AlignmentFlag(0))
    row.addLayout(column, 1)
    frame.hide()
