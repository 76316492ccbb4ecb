"""One unit of a picture drawn by itself: a volume, or a block with its lanes in a frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from engine.picture import labels, lettering
from engine.picture.lanes import ENTRANCE, Edge, Route
from engine.picture.links import arrow, link
from engine.picture.look import Look
from engine.picture.scale import Scale, Sides
from engine.picture.shapes import Frame, Place, Point, Shape2D, Text
from engine.picture.stations import Part, Station, Unit
from engine.picture.unit_plan import PAD, PLATE, PLATE_GAP, UnitPlan, extent, plan
from engine.picture.volumes import Box, faces

_LEVEL: Final = 8.0
_HEADER: Final = 16.0


@dataclass
class Sheet:
    """Shapes in three layers: frames, lines and volumes, and what stands over them."""

    frames: list[Shape2D] = field(default_factory=list)
    volumes: list[Shape2D] = field(default_factory=list)
    over: list[Shape2D] = field(default_factory=list)


@dataclass
class UnitDrawing:
    """A unit with its first lane at height 0 and its left edge at 0.

    Attributes:
        up: How far it reaches above the height of its first lane.
        down: How far it reaches below it.
        places: Where its layers stand.
        entrances: The stations that read what enters along the first lane: one, or none.
        forks: Whether other lines of it begin where that enters.
        leaving: The volume that leaves it.
    """

    unit: Unit
    plan: UnitPlan
    up: float
    down: float
    leaving: Box
    sheet: Sheet = field(default_factory=Sheet)
    places: list[Place] = field(default_factory=list)
    entrances: list[tuple[Station, Box]] = field(default_factory=list)
    forks: bool = False

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.plan.width


class UnitDrawer:
    """Draws units to one scale and in one look."""

    def __init__(self, scale: Scale, look: Look) -> None:
        self._scale = scale
        self._look = look

    def draw(self, unit: Unit) -> UnitDrawing:
        """The unit by itself."""
        found = plan(unit, self._scale)
        boxes = {one.name: self._boxes(one, found) for one in unit.stations}
        first = found.lanes[0]
        levels = found.arrangement.levels
        up = first.tallest / 2 + (levels * _LEVEL + 4.0 if levels else 0.0)
        drawing = UnitDrawing(unit, found, up, found.lanes[-1].bottom, boxes[unit.stations[-1].name][-1])
        for station in unit.stations:
            self._station(drawing, station, boxes[station.name])
        for edge in found.arrangement.edges:
            self._edge(drawing, edge, boxes)
        if unit.block is not None:
            self._frame(drawing, unit.block)
        return drawing

    def _boxes(self, station: Station, found: UnitPlan) -> list[Box]:
        """The volume, and a plate for each further layer."""
        sides, axis = self._scale.sides(station.shape), found.lane(station.name).axis
        box = Box(found.middle(station.name) - extent(station, self._scale).width / 2, axis, sides)
        boxes = [box]
        for _ in station.parts[1:]:
            box = Box(box.x + box.sides.thickness + PLATE_GAP, axis, Sides(PLATE, sides.height, sides.depth))
            boxes.append(box)
        return boxes

    def _station(self, drawing: UnitDrawing, station: Station, boxes: list[Box]) -> None:
        look = self._look
        made = look.families[station.parts[0].family]
        for part, box in zip(station.parts, boxes, strict=True):
            own = look.families[part.family]
            drawing.sheet.volumes += faces(box, own, look, right=made, dashed=station.shape is None)
        lane, label = drawing.plan.lane(station.name), drawing.plan.captions[station.name]
        middle = drawing.plan.middle(station.name)
        drawing.sheet.over += labels.lettered(label, middle, lane.label_top, look)
        half = max(labels.width(label), extent(station, self._scale).width) / 2
        bottom = lane.label_top + labels.height(label)
        words = ", ".join([f"{label[1].text}: {label[0].text}", *(row.text for row in label[2:])])
        top = boxes[0].top
        drawing.places.append(
            Place(tuple(part.path for part in station.parts), middle - half, top, 2 * half, bottom - top, words)
        )

    def _edge(self, drawing: UnitDrawing, edge: Edge, boxes: dict[str, list[Box]]) -> None:
        """The line from one station to another; what comes in along the first lane is drawn by whoever knows it."""
        found, target = drawing.plan, boxes[edge.target][0]
        station = next(one for one in drawing.unit.stations if one.name == edge.target)
        if edge.source == ENTRANCE:
            if edge.route is Route.STRAIGHT:
                drawing.entrances.append((station, target))
                return
            drawing.forks = True
            start = (PAD, 0.0)
        else:
            source = boxes[edge.source][-1]
            if edge.route is Route.STRAIGHT:
                alone = len(station.inputs) == 1
                shapes = link(source, target, station.geometry if alone else None, self._scale, self._look)
                drawing.sheet.over[:0] = shapes
                return
            start = source.exit
        here, there = start[1], target.entry[1]
        if edge.route is Route.EARLY:
            turns = [found.gap_after(edge.source)]
        elif edge.route is Route.LATE:
            turns = [found.gap_before(edge.target)]
        else:
            turns = [found.gap_after(edge.source) - 5.0, found.gap_before(edge.target) + 3.0]
        if len(turns) == 1:
            points: tuple[Point, ...] = (start, (turns[0], here), (turns[0], there), target.entry)
        else:
            over = -found.lanes[0].tallest / 2 - 2.0 - edge.level * _LEVEL
            out, back = turns
            points = (start, (out, here), (out, over), (back, over), (back, there), target.entry)
        drawing.sheet.volumes[:0] = arrow(points, self._look)

    def _frame(self, drawing: UnitDrawing, block: Part) -> None:
        """The frame of a block, with its name and its settings."""
        look, colour = self._look, self._look.families[block.family]
        drawing.up += _HEADER + 4.0
        drawing.down += 6.0
        top, width = -drawing.up, drawing.width - 8.0
        tint, edge = look.faded(colour, 0.07), look.faded(colour, 0.55)
        drawing.sheet.frames.append(Frame(4.0, top, width, drawing.up + drawing.down, 7.0, tint, edge))
        room = width - 2 * PAD
        title = lettering.shortened(labels.one_line(block.title), labels.TITLE + 1.0, room, bold=True)
        wide = lettering.width(title, labels.TITLE + 1.0, bold=True)
        base = top + _HEADER - 3.0
        drawing.sheet.over.append(Text(PAD + 1.0, base, title, labels.TITLE + 1.0, look.text, wide, bold=True))
        if room - wide > 40.0 and block.caption:
            left = PAD + 1.0 + 1.2 * wide + 4.0  # a fallback typeface is wider
            caption = lettering.shortened(labels.one_line(block.caption), labels.SMALL, room - wide - 8.0)
            drawing.sheet.over.append(Text(left, base, caption, labels.SMALL, look.secondary, room - wide - 8.0))
        words = ", ".join(one for one in (block.title, block.caption) if one)
        drawing.places.insert(0, Place((block.path,), 4.0, top, width, drawing.up + drawing.down, words))
