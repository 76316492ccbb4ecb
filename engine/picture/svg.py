"""A scene as SVG: text stays text, and every name is escaped."""

from __future__ import annotations

import re
from html import escape

from engine.picture.lettering import FAMILIES
from engine.picture.shapes import Frame, Line, Point, Polygon, Scene, Shape2D, Text

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML allows nowhere, not even escaped."""


def to_svg(scene: Scene, *, transparent: bool = False) -> str:
    """The scene as a whole SVG document, in points, with or without paper under it."""
    width, height = _number(scene.width), _number(scene.height)
    family = ", ".join(f"'{one}'" if " " in one else one for one in FAMILIES)
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}" font-family="{family}" stroke-linejoin="round" role="img">',
        f"<title>{_text(scene.title)}</title>",
        f"<desc>{_text(scene.description)}</desc>",
    ]
    if not transparent:
        parts.append(f'<rect width="{width}" height="{height}" fill="{scene.paper}"/>')
    parts += [_element(one) for one in scene.shapes]
    return "\n".join([*parts, "</svg>", ""])


def _element(shape: Shape2D) -> str:
    if isinstance(shape, Polygon):
        ink = _ink(shape.fill, shape.stroke, shape.width, shape.dashed)
        return f'<polygon points="{_points(shape.points)}" {ink}/>'
    if isinstance(shape, Line):
        return f'<polyline points="{_points(shape.points)}" {_ink("", shape.stroke, shape.width, shape.dashed)}/>'
    if isinstance(shape, Frame):
        sides = " ".join(
            f'{name}="{_number(value)}"'
            for name, value in (("x", shape.x), ("y", shape.y), ("width", shape.width), ("height", shape.height))
        )
        return f'<rect {sides} rx="{_number(shape.radius)}" {_ink(shape.fill, shape.stroke, 0.8, False)}/>'
    return _lettered(shape)


def _lettered(text: Text) -> str:
    weight = ' font-weight="bold"' if text.bold else ""
    anchor = ' text-anchor="middle"' if text.middle else ""
    place = f'x="{_number(text.x)}" y="{_number(text.y)}" font-size="{_number(text.size)}"'
    return f'<text {place} fill="{text.colour}"{weight}{anchor}>{_text(text.text)}</text>'


def _ink(fill: str, stroke: str, width: float, dashed: bool) -> str:
    parts = [f'fill="{fill or "none"}"']
    if stroke:
        parts.append(f'stroke="{stroke}" stroke-width="{_number(width)}"')
    if dashed:
        parts.append('stroke-dasharray="3 2.5"')
    return " ".join(parts)


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text), quote=False)
