"""A scene of the engine drawn by Qt: on the screen, into a PDF and into a bitmap by the same code."""

from __future__ import annotations

import functools

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from engine.picture.lettering import FAMILIES
from engine.picture.look import Look
from engine.picture.shapes import Frame, Line, Point, Polygon, Scene, Shape2D, Text
from gui.theme import DARK, LIGHT
from gui.theme import FAMILIES as FAMILY_COLOURS


def look(*, dark: bool) -> Look:
    """The colours of the window's theme as those of a picture; on paper, light ones are on white."""
    colours = DARK if dark else LIGHT
    return Look(
        paper=colours.surface,
        text=colours.text,
        secondary=colours.secondary,
        line=colours.secondary,
        window=colours.validation,
        bad=colours.bad,
        families=FAMILY_COLOURS,
    )


def paint(scene: Scene, painter: QPainter, seen: QRectF | None = None) -> None:
    """Draw the scene, without its paper; where `seen` is given, only what meets it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape, bounds in zip(scene.shapes, _bounds(scene), strict=True):
        if seen is None or seen.intersects(bounds):
            _paint(shape, painter)


@functools.lru_cache(maxsize=4)
def _bounds(scene: Scene) -> tuple[QRectF, ...]:
    return tuple(_bound(one) for one in scene.shapes)


def _bound(shape: Shape2D) -> QRectF:
    if isinstance(shape, Polygon | Line):
        return _polygon(shape.points).boundingRect().adjusted(-1, -1, 1, 1)
    if isinstance(shape, Frame):
        return QRectF(shape.x, shape.y, shape.width, shape.height).adjusted(-1, -1, 1, 1)
    left = shape.x - (shape.room / 2 if shape.middle else 0.0)
    return QRectF(left - 2, shape.y - shape.size, shape.room + 4, 1.4 * shape.size)


def _paint(shape: Shape2D, painter: QPainter) -> None:
    if isinstance(shape, Text):
        _letter(shape, painter)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush if isinstance(shape, Line) or not shape.fill else QColor(shape.fill))
    if isinstance(shape, Frame):
        painter.setPen(QPen(QColor(shape.stroke), 0.8) if shape.stroke else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(shape.x, shape.y, shape.width, shape.height), shape.radius, shape.radius)
        return
    painter.setPen(_pen(shape.stroke, shape.width, dashed=shape.dashed) if shape.stroke else Qt.PenStyle.NoPen)
    if isinstance(shape, Line):
        painter.drawPolyline(_polygon(shape.points))
    else:
        painter.drawPolygon(_polygon(shape.points))


def _pen(colour: str, width: float, *, dashed: bool) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashed:
        pen.setDashPattern([3.0 / width, 2.5 / width])
    return pen


def _polygon(points: tuple[Point, ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


_DRAWN_AT = 10.0
"""Letters are laid out at this many times their size and shrunk, so that small ones stand where they belong."""


@functools.lru_cache(maxsize=64)
def _font(size: float, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(round(size * _DRAWN_AT))
    font.setBold(bold)
    return font


@functools.lru_cache(maxsize=4096)
def _advance(text: str, size: float, bold: bool) -> float:
    return QFontMetricsF(_font(size, bold)).horizontalAdvance(text) / _DRAWN_AT


def _letter(text: Text, painter: QPainter) -> None:
    advance = _advance(text.text, text.size, text.bold)
    squeeze = min(1.0, text.room / advance) if advance else 1.0
    left = text.x - (advance * squeeze / 2 if text.middle else 0.0)
    painter.save()
    painter.translate(left, text.y)
    painter.scale(squeeze / _DRAWN_AT, 1 / _DRAWN_AT)
    painter.setFont(_font(text.size, text.bold))
    painter.setPen(QColor(text.colour))
    painter.drawText(QPointF(0.0, 0.0), text.text)
    painter.restore()
