"""The activation function at the end of a layer, as a small curve beside what it does."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from engine.layers.activations import ACTIVATIONS
from engine.layers.base import Family
from gui.explanation.canvas import line_height, write
from gui.theme import colour, family_colour


def then(painter: QPainter, room: QRectF, name: str) -> None:
    """What follows: the curve of the activation called `name` with its title, or nothing for "linear"."""
    if name == "linear" or name not in ACTIVATIONS:
        return
    chosen = ACTIVATIONS[name]
    words = QRectF(room.left(), room.bottom() - line_height(), room.width(), line_height())
    write(painter, words, f"then {chosen.title}")
    if not chosen.across:
        plot = QRectF(room.left(), room.top(), room.width(), room.height() - line_height() - 2.0)
        plot.setWidth(min(plot.width(), 1.7 * plot.height()))
        plot.moveCenter(QPointF(room.center().x(), plot.center().y()))
        curve(painter, plot, np.linspace(-4.0, 8.0, 61), chosen.formula(np.linspace(-4.0, 8.0, 61)))


def curve(painter: QPainter, plot: QRectF, across: np.ndarray, up: np.ndarray) -> None:
    """A curve without scales, with the lines where values are 0."""
    low, high = min(0.0, float(up.min())), max(0.0, float(up.max()))
    reach = max(high - low, 1e-9)
    left, right = float(across[0]), float(across[-1])

    def point(x: float, y: float) -> QPointF:
        return QPointF(
            plot.left() + (x - left) / (right - left) * plot.width(), plot.bottom() - (y - low) / reach * plot.height()
        )

    painter.setPen(QPen(colour("border_strong"), 1))
    painter.drawLine(point(left, 0.0), point(right, 0.0))
    painter.drawLine(point(0.0, low), point(0.0, high))
    painter.setPen(QPen(family_colour(Family.ACTIVATION), 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([point(float(x), float(y)) for x, y in zip(across, up, strict=True)]))
