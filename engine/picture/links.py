"""What stands between two volumes: a kernel with its rays, the lines of a full connection, or an arrow."""

from __future__ import annotations

from engine.geometry import Full, Geometry, Lookup, Permutation, Window
from engine.picture.look import Look
from engine.picture.scale import Scale
from engine.picture.shapes import Line, Point, Polygon, Shape2D
from engine.picture.volumes import Box

_HEAD = 4.2


def link(source: Box, target: Box, geometry: Geometry | None, scale: Scale, look: Look) -> list[Shape2D]:
    """How `target` is made of `source`, which stands left of it."""
    if isinstance(geometry, Window | Lookup):
        height, width = (scale.window(max(1, side)) for side in geometry.extent)
        return _rays(source.patch(height, width), target.entry, look)
    if isinstance(geometry, Full) and geometry.per_channel:
        return _rays(source.patch(source.sides.height, source.sides.depth), target.entry, look)
    if isinstance(geometry, Full | Permutation):
        return _spread(source, target, look, dashed=isinstance(geometry, Permutation))
    return arrow((source.exit, target.entry), look)


def leaving(source: Box, apex: Point, geometry: Geometry | None, scale: Scale, look: Look) -> list[Shape2D]:
    """What is seen of a link at `source` where the other volume stands in the next row: all of it that meets in `apex`.

    From there on a line leads to the other volume.
    """
    if isinstance(geometry, Window | Lookup) or (isinstance(geometry, Full) and geometry.per_channel):
        return link(source, Box(apex[0], apex[1], source.sides), geometry, scale, look)
    if isinstance(geometry, Full | Permutation):
        dashed = isinstance(geometry, Permutation)
        ends = (source.on_right(0.5, 0.0), source.on_right(0.5, 1.0))
        return [Line((end, apex), look.line, 0.7 if dashed else 0.55, dashed=dashed) for end in ends]
    return [Line((source.exit, apex), look.line, 0.9)]


def _rays(patch: tuple[Point, ...], apex: Point, look: Look) -> list[Shape2D]:
    tint = look.faded(look.window, 0.55)
    shapes: list[Shape2D] = [Polygon(patch, tint, look.window, 0.8)]
    shapes += [Line((corner, apex), look.window, 0.55) for corner in patch]
    return shapes


def _spread(source: Box, target: Box, look: Look, *, dashed: bool) -> list[Shape2D]:
    """From the whole of one to the whole of the other."""
    front = target.bottom - target.sides.height
    left, right = (source.on_right(0.5, 0.0), source.on_right(0.5, 1.0)), ((target.x, front), (target.x, target.bottom))
    if dashed:
        return [Line((start, end), look.line, 0.7, dashed=True) for start, end in zip(left, right, strict=True)]
    pairs = [(start, end) for start in left for end in right]
    glaze = Polygon((left[0], right[0], right[1], left[1]), look.faded(look.line, 0.12))
    return [glaze, *(Line(pair, look.line, 0.55) for pair in pairs)]


def arrow(points: tuple[Point, ...], look: Look) -> list[Shape2D]:
    """A line with a head at its end; its last part runs to the right, or down."""
    (before_x, before_y), (x, y) = points[-2:]
    if abs(y - before_y) > abs(x - before_x):
        head, end = ((x - _HEAD / 2, y - _HEAD), (x, y), (x + _HEAD / 2, y - _HEAD)), (x, y - _HEAD)
    else:
        head, end = ((x - _HEAD, y - _HEAD / 2), (x, y), (x - _HEAD, y + _HEAD / 2)), (x - _HEAD, y)
    return [Line((*points[:-1], end), look.line, 0.9), Polygon(head, look.line)]
