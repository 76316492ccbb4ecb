"""How often each value occurs in an image, channel by channel."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import TEXT_SECONDARY, colour, theme
from gui.words import share

Array = np.ndarray[Any, Any]

CHANNELS: Final = ("Red", "Green", "Blue")
COLOURS: Final = ("#D43A3A", "#2B9A5B", "#2F6FDE")
"""Of the curves of the three channels."""


class Histogram(QWidget):
    """A curve for each channel from value 0 at the left to 255 at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Array | None = None
        self._channel: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Histogram")

    def sizeHint(self) -> QSize:
        return QSize(220, theme().px(90))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme().px(90))

    def show_counts(self, counts: Array | None) -> None:
        """int64, (channels, 256); None shows nothing."""
        self._counts = counts
        self.setAccessibleDescription(sentence(counts) if counts is not None else "")
        self.update()

    def show_channel(self, channel: int | None) -> None:
        """Show one channel's curve alone, or all."""
        self._channel = channel
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = theme().px(15)
        place = QRectF(0.5, 0.5, self.width() - 1, self.height() - words - 1)
        painter.fillRect(place, colour("raised"))
        if self._counts is not None:
            for channel, counts in enumerate(self._counts):
                if self._channel in (None, channel) or len(self._counts) == 1:
                    self._paint_curve(painter, place, counts, channel)
        painter.setPen(QPen(colour("border"), 1))
        painter.drawRect(place)
        painter.setFont(theme().font(TEXT_SECONDARY))
        painter.setPen(colour("secondary"))
        line = QRectF(0, place.bottom() + 1, self.width(), words)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, "0 dark")
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, "bright 255")
        painter.end()

    def _paint_curve(self, painter: QPainter, place: QRectF, counts: Array, channel: int) -> None:
        # The square root keeps what is rare in sight beside a plain ground that is most of an image.
        heights = np.sqrt(counts / max(1, int(counts.max()))) * (place.height() - 3)
        xs = place.left() + (np.arange(256) + 0.5) * place.width() / 256
        points = [QPointF(float(x), place.bottom() - float(height)) for x, height in zip(xs, heights, strict=True)]
        grey = self._counts is not None and len(self._counts) == 1
        shade = colour("secondary") if grey else QColor(COLOURS[channel])
        painter.setPen(QPen(shade, 1.4))
        shade.setAlphaF(0.18)
        painter.setBrush(shade)
        painter.drawPolygon(
            QPolygonF([QPointF(place.left(), place.bottom()), *points, QPointF(place.right(), place.bottom())])
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)


def sentence(counts: Array) -> str:
    """What the histogram shows, in one sentence."""
    total = max(1, int(counts.sum()))
    values = np.arange(256)
    mean = float((counts * values).sum()) / total
    darkest, brightest = int(counts[:, 0].sum()), int(counts[:, 255].sum())
    used = np.flatnonzero(counts.sum(axis=0))
    low, high = (int(used[0]), int(used[-1])) if len(used) else (0, 0)
    text = f"Values from {low} to {high}, {mean:.0f} on average"
    ends = [f"{share(part / total)} at {end}" for part, end in ((darkest, 0), (brightest, 255)) if part > total / 100]
    return f"{text}; {' and '.join(ends)}." if ends else f"{text}."
