"""What a picture is made of: a few kinds of plain shapes. Lengths are points, x to the right, y down."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Polygon:
    """A closed outline; "" for no fill or no stroke."""

    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.8
    dashed: bool = False


@dataclass(frozen=True)
class Line:
    """An open line through some points."""

    points: tuple[Point, ...]
    stroke: str
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True)
class Frame:
    """A rectangle with round corners."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    fill: str = ""
    stroke: str = ""


@dataclass(frozen=True)
class Text:
    """One line of text.

    Attributes:
        x: Where it begins, or its middle.
        y: Its base line.
        room: How wide it may be; whoever draws it in a wider typeface squeezes it.
    """

    x: float
    y: float
    text: str
    size: float
    colour: str
    room: float
    bold: bool = False
    middle: bool = False


Shape2D = Polygon | Line | Frame | Text


@dataclass(frozen=True)
class Place:
    """Where a layer stands in the picture.

    Attributes:
        paths: The layer's path, and those of the layers that joined it; a block's own for its frame.
        words: What is drawn there, in words.
    """

    paths: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class Scene:
    """A whole picture.

    Attributes:
        shapes: In the order in which they are drawn, lowest first.
        places: Where each layer stands.
        title: What the picture shows, in a few words.
        description: What it shows, for whoever cannot see it.
        paper: The colour under it.
    """

    width: float
    height: float
    shapes: tuple[Shape2D, ...]
    places: tuple[Place, ...]
    title: str
    description: str
    paper: str


def moved(shape: Shape2D, right: float, down: float) -> Shape2D:
    """The same shape at another place."""
    if isinstance(shape, Polygon):
        return Polygon(_shifted(shape.points, right, down), shape.fill, shape.stroke, shape.width, shape.dashed)
    if isinstance(shape, Line):
        return Line(_shifted(shape.points, right, down), shape.stroke, shape.width, shape.dashed)
    if isinstance(shape, Frame):
        x, y = shape.x + right, shape.y + down
        return Frame(x, y, shape.width, shape.height, shape.radius, shape.fill, shape.stroke)
    x, y = shape.x + right, shape.y + down
    return Text(x, y, shape.text, shape.size, shape.colour, shape.room, shape.bold, shape.middle)


def _shifted(points: tuple[Point, ...], right: float, down: float) -> tuple[Point, ...]:
    return tuple((x + right, y + down) for x, y in points)
