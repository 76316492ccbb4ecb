"""The margin of the code: line numbers, the colour of each layer's family, and where something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui import theme as looks
from gui.theme import colour, family_colour, theme

if TYPE_CHECKING:
    from gui.code.editor import CodeEditor

_BAR = 3
"""Width of the family's colour, as on the cards."""


class Gutter(QWidget):
    """Stands left of an editor's text."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def room(self) -> int:
        """How wide it has to be."""
        digits = max(3, len(str(self._editor.blockCount())))
        figures = self._editor.fontMetrics().horizontalAdvance("9") * digits
        return figures + theme().px(looks.SPACE_5) + looks.SPACE_2 + _BAR

    def sizeHint(self) -> QSize:
        return QSize(self.room(), 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a number puts the cursor on its line."""
        place = self._editor.cursorForPosition(QPoint(0, round(event.position().y())))
        self._editor.setTextCursor(place)
        self._editor.setFocus()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour("surface"))
        editor = self._editor
        current = editor.textCursor().blockNumber()
        for number, rect in editor.lines_in_sight():
            if not rect.intersects(event.rect()):
                continue
            family = editor.families.get(number + 1, "")
            if family:
                chosen = number + 1 in editor.chosen_lines
                shade = family_colour(family)
                shade.setAlphaF(1.0 if chosen else 0.55)
                painter.fillRect(QRect(self.width() - _BAR - looks.SPACE_1, rect.top(), _BAR, rect.height()), shade)
            wrong = number + 1 == editor.wrong_line
            if wrong:
                self._draw_mark(painter, rect)
            font = QFont(editor.font())
            font.setBold(wrong or number == current)
            painter.setFont(font)
            painter.setPen(colour("bad" if wrong else "text" if number == current else "disabled"))
            place = QRect(0, rect.top(), self.width() - _BAR - looks.SPACE_3, rect.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(number + 1))

    def _draw_mark(self, painter: QPainter, rect: QRect) -> None:
        """A disc with "!" in it, so that it is not said by colour alone."""
        side = min(rect.height() - 2, theme().px(14))
        disc = QRectF(looks.SPACE_1, rect.top() + (rect.height() - side) / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("bad"))
        painter.drawEllipse(disc)
        painter.setPen(colour("surface"))
        font = QFont(self._editor.font())
        font.setPixelSize(max(8, round(side * 0.75)))
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), "!")
