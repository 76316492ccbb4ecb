"""Strokes that all explaining pictures share: cells in rows and columns, arrows and small letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui import theme as looks
from gui.theme import colour, theme

SHEET_STEP: Final = 3.0
_FINEST: Final = 4.0
"""Cells smaller than this are not ruled."""
_READABLE: Final = 13.0
"""Cells smaller than this hold no figure."""


def shade(base: QColor, share: float) -> QColor:
    """`share` of a colour over the ground."""
    ground, share = colour("raised"), max(0.0, min(share, 1.0))
    return QColor(
        *(round(one * share + other * (1 - share)) for one, other in zip(rgb(base), rgb(ground), strict=True))
    )


def rgb(one: QColor) -> tuple[int, int, int]:
    """Red, green and blue."""
    return (one.red(), one.green(), one.blue())


def write(
    painter: QPainter,
    room: QRectF,
    text: str,
    *,
    role: str = "secondary",
    bold: bool = False,
    size: int = looks.TEXT_SECONDARY,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
) -> None:
    """One line of text, shortened where there is no room."""
    painter.setFont(theme().font(size, bold=bold))
    painter.setPen(colour(role))
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(align | Qt.AlignmentFlag.AlignVCenter), shown)


def line_height() -> float:
    """How high a line of small text is."""
    return float(theme().px(looks.TEXT_SECONDARY + 5))


def arrow(painter: QPainter, start: QPointF, end: QPointF, role: str = "secondary") -> None:
    """From left to right."""
    painter.setPen(QPen(colour(role), 1.2))
    painter.drawLine(start, end)
    painter.drawLine(end, end + QPointF(-4.0, -3.0))
    painter.drawLine(end, end + QPointF(-4.0, 3.0))


@dataclass(frozen=True)
class Grid:
    """Cells in rows and columns, the first at the upper left corner `at`."""

    at: QPointF
    cell: float
    rows: int
    columns: int

    @property
    def rect(self) -> QRectF:
        """All of it."""
        return QRectF(self.at.x(), self.at.y(), self.columns * self.cell, self.rows * self.cell)

    def place(self, row: int, column: int) -> QRectF:
        """One cell; it may lie outside."""
        return QRectF(self.at.x() + column * self.cell, self.at.y() + row * self.cell, self.cell, self.cell)

    def span(self, rows: Sequence[int], columns: Sequence[int]) -> QRectF:
        """From the first of these cells to the last."""
        return self.place(min(rows), min(columns)).united(self.place(max(rows), max(columns)))

    @property
    def fine(self) -> bool:
        """Whether cells are too small to be drawn one by one."""
        return self.cell < _FINEST

    @property
    def readable(self) -> bool:
        """Whether a figure fits into a cell."""
        return self.cell >= _READABLE

    @classmethod
    def fitted(cls, room: QRectF, rows: int, columns: int, *, largest: float = 20.0) -> Grid:
        """In the middle of `room`, as large as fits."""
        cell = max(0.2, min(room.width() / max(1, columns), room.height() / max(1, rows), largest))
        corner = room.center() - QPointF(columns * cell / 2, rows * cell / 2)
        return cls(corner, cell, rows, columns)


def sheets(painter: QPainter, grid: Grid, behind: int) -> None:
    """The sheets of further channels behind a grid, as outlines."""
    painter.setBrush(colour("raised"))
    painter.setPen(QPen(colour("border_strong"), 1))
    for number in range(min(behind, 2), 0, -1):
        painter.drawRect(grid.rect.translated(number * SHEET_STEP, -number * SHEET_STEP))


def ruled(painter: QPainter, grid: Grid) -> None:
    """The lines between the cells, or the outline alone where they are small."""
    painter.setPen(QPen(colour("border_strong"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(grid.rect)
    if grid.fine:
        return
    painter.setPen(QPen(colour("border"), 1))
    area = grid.rect
    for row in range(1, grid.rows):
        painter.drawLine(
            QPointF(area.left(), grid.place(row, 0).top()), QPointF(area.right(), grid.place(row, 0).top())
        )
    for column in range(1, grid.columns):
        x = grid.place(0, column).left()
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


def outlined(painter: QPainter, area: QRectF, role: str = "validation", width: float = 1.8) -> None:
    """A frame around what is looked at."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(role), width))
    painter.drawRect(area)


def figure(painter: QPainter, area: QRectF, value: float, role: str = "text") -> None:
    """A number in a cell, where it fits."""
    if area.width() < _READABLE:
        return
    text = f"{value:.3g}" if abs(value) < 1000 else f"{value:.0e}"
    font = theme().font(looks.TEXT_SECONDARY)
    font.setPixelSize(max(7, min(font.pixelSize(), round(area.width() * (0.62 if len(text) < 3 else 0.42)))))
    painter.setFont(font)
    painter.setPen(colour(role))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text.replace("-", "−"))


def sample(row: int, column: int, channel: int = 0) -> float:
    """The value of a pixel of the sample: a whole number from 0 to 9."""
    return float((3 * row + 5 * column + row * column + 2 * channel) % 10)
