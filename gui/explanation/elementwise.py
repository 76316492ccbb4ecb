"""A function of single values: its curve, with a value that travels along it."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from engine.geometry import Shapes
from engine.layers import words as said
from engine.layers.base import LayerType
from gui.explanation.canvas import line_height, write
from gui.explanation.picture import ExplainingPicture
from gui.theme import colour, family_colour

_POINTS: Final = 97
_STEPS: Final = 33
_LEARNED: Final = (0.0, 0.25, 0.5)
"""Where the curve depends on a learned number, it is drawn for these."""


class CurvePicture(ExplainingPicture):
    """Input to the right, output up; every point by the layer's own arithmetic."""

    def __init__(self, type: LayerType, inputs: Shapes) -> None:
        self._type = type
        self._inputs = inputs
        low, high = type.usual_values()
        self._across = np.linspace(low, high, _POINTS)
        self._learned = bool(type.weights(inputs))
        self._curves = [self._evaluated(one) for one in (_LEARNED if self._learned else (0.0,))]
        cost = type.cost(self._across)
        self._cost = None if cost is None or not cost.any() else cost

    def _evaluated(self, learned: float) -> np.ndarray:
        shape = (1,) * len(self._inputs[0])
        weights = {one.name: np.full((1,) * len(one.shape), learned) for one in self._type.weights(self._inputs)}
        values = [
            self._type.arithmetic(np.full(shape, value), weights, (0,) * len(shape)).output for value in self._across
        ]
        return np.array(values)

    @property
    def frames(self) -> int:
        return _STEPS

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        head = line_height()
        plot = room.adjusted(30.0, 6.0, -14.0, -head - 4.0)
        stacked = np.concatenate(self._curves if self._cost is None else [*self._curves, self._cost])
        low, high = min(0.0, float(stacked.min())), max(0.0, float(stacked.max()))
        reach = max(high - low, 1e-6)
        left, right = float(self._across[0]), float(self._across[-1])

        def point(x: float, y: float) -> QPointF:
            return QPointF(
                plot.left() + (x - left) / (right - left) * plot.width(),
                plot.bottom() - (y - low) / reach * plot.height(),
            )

        self._axes(painter, plot, point(0.0, 0.0) if left <= 0.0 <= right else plot.bottomLeft(), (low, high))
        for number, curve in reversed(list(enumerate(self._curves))):
            line = family_colour(self._type.family)
            line.setAlphaF(1.0 if number == 0 else 0.4)
            self._line(painter, [point(x, y) for x, y in zip(self._across, curve, strict=True)], QPen(line, 2.2))
        if self._cost is not None:
            pen = QPen(colour("bad"), 1.4, Qt.PenStyle.DashLine)
            self._line(painter, [point(x, y) for x, y in zip(self._across, self._cost, strict=True)], pen)
        self._traveller(painter, plot, point, frame)
        foot = QRectF(room.left(), room.bottom() - head, room.width(), head)
        write(
            painter, foot, "dashed: what a value costs in training" if self._cost is not None else "value that enters →"
        )

    def _traveller(self, painter: QPainter, plot: QRectF, point: object, frame: int) -> None:
        assert callable(point), "made by paint"
        back_and_forth = frame % (2 * _STEPS - 2)
        place = back_and_forth if back_and_forth < _STEPS else 2 * _STEPS - 2 - back_and_forth
        number = round(place * (_POINTS - 1) / (_STEPS - 1))
        x, y = float(self._across[number]), float(self._curves[0][number])
        spot = point(x, y)
        painter.setPen(QPen(colour("validation"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(spot.x(), plot.bottom()), spot)
        painter.drawLine(QPointF(plot.left(), spot.y()), spot)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("validation"))
        painter.drawEllipse(spot, 4.0, 4.0)
        text = f"{x:.4g} → {y:.4g}".replace("-", "−")
        corner = QRectF(plot.left() + 6.0, plot.top() - 2.0, plot.width() * 0.7, line_height())
        write(painter, corner, text, role="text", align=Qt.AlignmentFlag.AlignLeft)

    def _axes(self, painter: QPainter, plot: QRectF, zero: QPointF, range_: tuple[float, float]) -> None:
        painter.setPen(QPen(colour("grid"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(plot)
        painter.setPen(QPen(colour("border_strong"), 1))
        painter.drawLine(QPointF(plot.left(), zero.y()), QPointF(plot.right(), zero.y()))
        painter.drawLine(QPointF(zero.x(), plot.top()), QPointF(zero.x(), plot.bottom()))
        low, high = range_
        side = QRectF(plot.left() - 34.0, 0.0, 30.0, line_height())
        right = Qt.AlignmentFlag.AlignRight
        for value, y in ((high, plot.top()), (low, plot.bottom())):
            side.moveTop(y - line_height() / 2)
            write(painter, side, f"{value:.3g}".replace("-", "−"), align=right)

    @staticmethod
    def _line(painter: QPainter, points: list[QPointF], pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))

    def words(self) -> str:
        low, high = float(self._across[0]), float(self._across[-1])
        ends = [float(self._curves[0][one]) for one in (0, _POINTS // 2, -1)]
        middle = (low + high) / 2
        text = (
            f"The curve of what becomes of each of the {said.size(self._inputs[0])} values by itself: "
            f"{low:.4g} becomes {ends[0]:.4g}, {middle:.4g} becomes {ends[1]:.4g}, {high:.4g} becomes {ends[2]:.4g}."
        )
        if self._cost is not None:
            text += f" A dashed curve shows what a value costs in training: {float(self._cost[-1]):.4g} for {high:.4g}."
        return text.replace("-", "−")

    def note(self) -> str:
        return "Drawn for learned numbers of 0, 0.25 and 0.5." if self._learned else ""
