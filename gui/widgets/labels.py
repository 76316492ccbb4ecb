"""Labels that show text as text: a name from a file can never become HTML, a link or a picture."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolTip, QWidget

from gui.words import tip


class PlainLabel(QLabel):
    """A label of plain text.

    Args:
        text: What it says.
        role: "" or one of the style sheet's roles: secondary, quiet, section, strong, title, bad, warning.
        wrap: Whether long text breaks into lines.
    """

    def __init__(self, text: str = "", *, role: str = "", wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        if role:
            self.setProperty("role", role)
        if wrap:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)


class Heading(PlainLabel):
    """The small capitals over a part of a page, as in "LAYER STACK"."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", role="section", parent=parent)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text.upper())
        self.setAccessibleName(text)


class ElidedLabel(PlainLabel):
    """One line that ends in "…" where there is no room; the tool tip holds the whole text."""

    def __init__(self, text: str = "", *, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, role=role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """The tool tip: what the label has no room for, where it was given none of its own."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
            QToolTip.showText(event.globalPos(), tip(self.text()) if cut else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), text)


class Rule(QFrame):
    """A thin line between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Rule")
        self.setFixedHeight(1)
