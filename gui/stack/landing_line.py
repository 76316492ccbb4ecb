"""The line over the cards that shows where something would land."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.stack.card_drag import paint_badge
from gui.theme import colour, theme


class LandingLine(QWidget):
    """Lies over all cards; it takes no mouse and shows nothing until it is told where."""

    def __init__(self, cards: QWidget) -> None:
        super().__init__(cards)
        self._line = QRect()
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def words(self) -> str:
        """What it says beside the line, or ""."""
        return self._words

    def show_at(self, left: int, middle: int, right: int, words: str = "") -> None:
        """Show the line at this height of the list, and in words what it means where that is not plain."""
        self._line, self._words = QRect(left, middle - 1, right - left, 3), words
        around = max(theme().px(22) // 2 + 2, 4)
        self.setGeometry(0, middle - around, right, 2 * around)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self._line.translated(-self.pos()), colour("accent"))
        if self._words:
            paint_badge(painter, self.width() - 8, (self.height() - theme().px(22)) // 2, self._words)
