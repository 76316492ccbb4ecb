"""A block: the layers inside it as a small chart, and the values on their way through."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from engine.geometry import Shapes
from engine.layers import words as said
from engine.layers.block import Block, Child
from engine.picture.lanes import ENTRANCE, Route, Spot, arrange
from gui import theme as looks
from gui.explanation.canvas import line_height, shade, write
from gui.explanation.picture import ExplainingPicture
from gui.theme import colour, family_colour, theme

_ROW: Final = 27
_TALL_ROW: Final = 40
_HIGHEST: Final = 620


class BlockPicture(ExplainingPicture):
    """Layers from top to bottom, branches side by side; those that work at the same time light up together."""

    def __init__(self, block: Block, inputs: Shapes) -> None:
        self._block = block
        self._whole = inputs[0]
        self._children = block.children(inputs)
        self._found = arrange([(one.name, one.inputs) for one in self._children])

    @property
    def frames(self) -> int:
        return self._found.columns + 2

    @property
    def height(self) -> int:
        return min(
            _HIGHEST, max(super().height, (_TALL_ROW if self._found.lanes > 2 else _ROW) * (self._found.columns + 2))
        )

    def paint(self, painter: QPainter, room: QRectF, frame: int) -> None:
        now = frame % self.frames - 1
        rows, lanes = self._found.columns + 2, self._found.lanes
        bypass = 14.0 * self._found.levels
        step = room.height() / rows
        width = (room.width() - bypass) / lanes
        tall = min(step * 0.72, (2 if lanes > 2 else 1) * line_height() + 4.0)

        def box(spot: Spot) -> QRectF:
            wide = min(width - 10.0, 190.0)
            middle = QPointF(room.left() + bypass + (spot.lane + 0.5) * width, room.top() + (spot.column + 1.5) * step)
            return QRectF(middle.x() - wide / 2, middle.y() - tall / 2, wide, tall)

        boxes = {name: box(spot) for name, spot in self._found.spots.items()}
        for edge in self._found.edges:
            self._line(
                painter,
                boxes[edge.source],
                boxes[edge.target],
                edge.route,
                room.left() + bypass - 14.0 * edge.level + 6,
            )
        last = boxes[self._children[-1].name]
        leaving = box(Spot(self._found.columns, 0))
        self._line(painter, last, leaving, Route.STRAIGHT, 0.0)
        self._end(painter, boxes[ENTRANCE], said.size(self._whole), lit=now == -1)
        self._end(painter, leaving, "leaves", lit=now == self._found.columns)
        for child in self._children:
            self._child(painter, boxes[child.name], child, lit=self._found.spots[child.name].column == now)

    def _child(self, painter: QPainter, area: QRectF, child: Child, *, lit: bool) -> None:
        shown = family_colour(child.type.family)
        painter.setBrush(shade(shown, 0.5 if lit else 0.16))
        painter.setPen(QPen(colour("validation") if lit else shown, 1.8 if lit else 1.0))
        painter.drawRoundedRect(area, 4, 4)
        if area.height() < theme().px(looks.TEXT_SECONDARY):
            return
        inner = area.adjusted(3, 0, -3, 0)
        lines = self._lines(child, inner)
        high = inner.height() / len(lines)
        for number, text in enumerate(lines):
            line = QRectF(inner.left(), inner.top() + number * high, inner.width(), high)
            write(painter, line, text, role="text", size=looks.TEXT_SECONDARY - 1)

    @staticmethod
    def _lines(child: Child, room: QRectF) -> list[str]:
        """As much of a layer's settings as fits beside its kind, or below it."""
        kind, caption = child.type.kind, child.type.caption()
        found = re.search(r"\d+ × \d+", caption)
        size = found.group() if found else ""
        metrics = QFontMetricsF(theme().font(looks.TEXT_SECONDARY - 1))
        for text in (f"{kind} {caption}", f"{kind} {size}"):
            if metrics.horizontalAdvance(text) <= room.width():
                return [text]
        return [kind, size] if size and room.height() > 2 * metrics.height() else [kind]

    def _end(self, painter: QPainter, area: QRectF, text: str, *, lit: bool) -> None:
        wide = area.adjusted(-area.width() / 2, 0.0, area.width() / 2, 0.0)  # nothing stands beside it
        write(painter, wide, text, role="validation" if lit else "secondary", bold=lit)

    @staticmethod
    def _line(painter: QPainter, source: QRectF, target: QRectF, route: Route, aside: float) -> None:
        start, end = QPointF(source.center().x(), source.bottom()), QPointF(target.center().x(), target.top())
        painter.setPen(QPen(colour("border_strong"), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        early, late = start.y() + 3.0, end.y() - 3.0
        if route is Route.STRAIGHT:
            points = [start, end]
        elif route is Route.EARLY:
            points = [start, QPointF(start.x(), early), QPointF(end.x(), early), end]
        elif route is Route.LATE:
            points = [start, QPointF(start.x(), late), QPointF(end.x(), late), end]
        else:
            points = [
                start,
                QPointF(start.x(), early),
                QPointF(aside, early),
                QPointF(aside, late),
                QPointF(end.x(), late),
                end,
            ]
        painter.drawPolyline(QPolygonF(points))

    def words(self) -> str:
        steps = []
        for column in range(self._found.columns):
            here = [one.type.kind for one in self._children if self._found.spots[one.name].column == column]
            steps.append(" beside ".join(here))
        return (
            f"{said.size(self._whole)} go through {said.count(len(self._children), 'layer')}: {', then '.join(steps)}."
        )
