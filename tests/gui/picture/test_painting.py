from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from engine.layers import Family
from engine.picture import Scene
from engine.picture.shapes import Frame, Line, Polygon, Text
from gui.picture.painting import look, paint


def painted(scene: Scene, seen: QRectF | None = None) -> QImage:
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    paint(scene, painter, seen)
    painter.end()
    return image


def scene(*shapes: Any) -> Scene:
    return Scene(100.0, 60.0, shapes, (), "", "", "#ffffff")


def test_every_kind_of_shape_is_drawn(qapp: Any) -> None:
    blank = painted(scene())
    for shape in (
        Polygon(((10, 10), (40, 10), (40, 40)), "#ff0000"),
        Line(((10, 10), (90, 50)), "#ff0000", 2.0, dashed=True),
        Frame(5, 5, 40, 30, 6, "", "#ff0000"),
        Text(10, 30, "Conv2D", 12, "#ff0000", 60),
    ):
        assert painted(scene(shape)) != blank


def test_text_is_squeezed_into_its_room(qapp: Any) -> None:
    image = painted(scene(Text(10, 30, "wide letters: WWWWWW", 12, "#000000", 30)))
    dark = [x for x in range(100) for y in range(60) if image.pixelColor(x, y).lightness() < 200]
    assert max(dark) <= 41


def test_what_is_not_seen_is_not_drawn(qapp: Any) -> None:
    shape = Polygon(((10, 10), (40, 10), (40, 40)), "#ff0000")
    assert painted(scene(shape), QRectF(60, 0, 20, 20)) == painted(scene())


def test_every_family_has_its_colour_in_both_looks() -> None:
    for dark in (False, True):
        assert {one.value for one in Family} <= look(dark=dark).families.keys()
    assert look(dark=True).paper != look(dark=False).paper
