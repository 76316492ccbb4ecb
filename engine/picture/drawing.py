"""A network as a scene: its units in rows, linked, with a legend that says what is drawn to what scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from engine.analysis import Analysis
from engine.layers.base import Family
from engine.network import Network
from engine.picture import labels, lettering
from engine.picture.links import arrow, leaving, link
from engine.picture.look import Look
from engine.picture.rows import broken
from engine.picture.scale import STATED, Scale
from engine.picture.shapes import Frame, Line, Place, Point, Scene, Shape2D, Text, moved
from engine.picture.stations import Unit, units
from engine.picture.unit_drawing import UnitDrawer, UnitDrawing
from engine.picture.unit_plan import PAD
from engine.picture.volumes import Box

_MARGIN: Final = 22.0
_ROW_GAP: Final = 30.0
_LEGEND: Final = 7.5


def draw(network: Network, analysis: Analysis, look: Look, *, inside: bool = True, title: str = "Network") -> Scene:
    """The picture of a network.

    Args:
        network: What is drawn; layers that are switched off are left out.
        analysis: What is known about it. Where a fault leaves shapes unknown, their volumes are dashed.
        look: Its colours.
        inside: Whether blocks show the layers inside, or are one volume each.
        title: What the picture is called where pictures have names.
    """
    shown = units(network, analysis, inside=inside)
    scale = Scale.of([station.shape for unit in shown for station in unit.stations if station.shape is not None])
    drawer = UnitDrawer(scale, look)
    page = _Page([drawer.draw(one) for one in shown], scale, look)
    return page.scene(title, _described(shown))


class _Page:
    def __init__(self, drawings: Sequence[UnitDrawing], scale: Scale, look: Look) -> None:
        self._drawings = drawings
        self._scale = scale
        self._look = look
        self._frames: list[Shape2D] = []
        self._lines: list[Shape2D] = []
        self._volumes: list[Shape2D] = []
        self._over: list[Shape2D] = []
        self._places: list[Place] = []

    def scene(self, title: str, description: str) -> Scene:
        highest = max(one.up + one.down for one in self._drawings)
        rows = broken([one.width for one in self._drawings], highest + _ROW_GAP)
        width = max(sum(self._drawings[one].width for one in row) for row in rows) + 2 * _MARGIN
        top, right, leaving = _MARGIN, 0.0, None
        for row in rows:
            drawings = [self._drawings[one] for one in row]
            axis = top + max(one.up for one in drawings)
            leaving = self._row(drawings, axis, leaving, top - _ROW_GAP / 2, right)
            right = _MARGIN + sum(one.width for one in drawings) + 6.0
            top = axis + max(one.down for one in drawings) + _ROW_GAP
        bottom = self._legend(top - _ROW_GAP + 16.0, width)
        shapes = (*self._frames, *self._lines, *self._volumes, *self._over)
        return Scene(width, bottom + _MARGIN, shapes, tuple(self._places), title, description, self._look.paper)

    def _row(self, drawings: Sequence[UnitDrawing], axis: float, leaving: Box | None, turn: float, right: float) -> Box:
        """Draw a row; give the volume that leaves it.

        The line from the row above comes down at `right`, where that row ends, and goes back at the height `turn`.
        """
        x = _MARGIN
        for place, drawing in enumerate(drawings):
            self._put(drawing, x, axis)
            if leaving is not None:
                self._enter(drawing, x, axis, leaving, None if place else (right, turn))
            leaving = _at(drawing.leaving, x, axis)
            x += drawing.width
        assert leaving is not None, "a row holds at least one unit"
        return leaving

    def _put(self, drawing: UnitDrawing, x: float, axis: float) -> None:
        sheet = drawing.sheet
        for here, shapes in (
            (self._frames, sheet.frames),
            (self._volumes, sheet.volumes),
            (self._over, sheet.over),
        ):
            here.extend(moved(one, x, axis) for one in shapes)
        self._places += [
            Place(one.paths, one.x + x, one.y + axis, one.width, one.height, one.words) for one in drawing.places
        ]

    def _enter(self, drawing: UnitDrawing, x: float, axis: float, source: Box, turn: Point | None) -> None:
        """What links a unit with the one before, which may stand at the end of the row above."""
        start = source.exit
        way: tuple[Point, ...] = (start,)
        if turn is not None:
            (right, back), left = turn, _MARGIN - 8.0
            way = (start, (right, start[1]), (right, back), (left, back), (left, axis))
        if drawing.forks:
            port = (x + PAD, axis)
            self._lines.append(Line((*way, port), self._look.line, 0.9))
        for station, box in drawing.entrances:
            target = _at(box, x, axis)
            if turn is None and len(station.inputs) == 1:
                self._over[:0] = link(source, target, station.geometry, self._scale, self._look)
            elif turn is not None and len(station.inputs) == 1:
                self._over[:0] = leaving(source, way[1], station.geometry, self._scale, self._look)
                self._lines += arrow((*way[1:], target.entry), self._look)
            else:
                self._lines += arrow((*way, target.entry), self._look)

    def _legend(self, top: float, width: float) -> float:
        """The families in the picture and the scale, at its foot; gives its lowest point."""
        look, x, base = self._look, _MARGIN, top + 8.0
        self._over.append(Line(((_MARGIN, top - 6.0), (width - _MARGIN, top - 6.0)), look.faded(look.line, 0.35), 0.6))
        for name, colour in [*self._families(), ("kernel or window", look.window)]:
            wide = lettering.width(name, _LEGEND)
            if x + wide + 12.0 > width - _MARGIN:
                x, base = _MARGIN, base + 11.0
            self._over.append(Frame(x, base - 6.0, 6.5, 6.5, 1.4, colour))
            self._over.append(Text(x + 10.0, base, name, _LEGEND, look.text, wide))
            x += wide + 24.0
        for line in _wrapped(STATED, _LEGEND, width - 2 * _MARGIN):
            base += 11.0
            self._over.append(Text(_MARGIN, base, line, _LEGEND, look.secondary, width - 2 * _MARGIN))
        return base

    def _families(self) -> list[tuple[str, str]]:
        shown = [part.family for one in self._drawings for station in one.unit.stations for part in station.parts]
        shown += [one.unit.block.family for one in self._drawings if one.unit.block is not None]
        return [(family.value, self._look.families[family.value]) for family in Family if family.value in shown]


def _at(box: Box, x: float, axis: float) -> Box:
    return Box(box.x + x, box.axis + axis, box.sides)


def _wrapped(text: str, size: float, room: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and lettering.width(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _described(shown: Sequence[Unit]) -> str:
    """What the picture shows, in words."""
    said = []
    for unit in shown:
        station = unit.stations[-1]
        names = unit.block.title if unit.block is not None else " and ".join(part.title for part in station.parts)
        size = "unknown" if station.shape is None else " × ".join(f"{side:,}" for side in station.shape)
        said.append(f"{labels.one_line(names)} ({size})")
    return f"A network from left to right, with the size of what leaves each part: {'; '.join(said)}."
