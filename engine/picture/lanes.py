"""Where the layers of a small graph stand: in columns, each right of what it reads, and in lanes for its branches."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ENTRANCE = ""
"""What a layer reads that reads what enters the graph; it stands left of the first column, in the first lane."""


@dataclass(frozen=True)
class Spot:
    """A column and a lane, from 0."""

    column: int
    lane: int


class Route(enum.Enum):
    """How the line from one layer to another goes."""

    STRAIGHT = "along their lane"
    EARLY = "into the lane of the reader, right after what it reads"
    LATE = "along the lane of what is read, until just before the reader"
    OVER = "above all lanes"


@dataclass(frozen=True)
class Edge:
    """A line between two layers; `level` counts the ones that go above each other."""

    source: str
    target: str
    route: Route
    level: int = 0


@dataclass(frozen=True)
class Arrangement:
    """Where everything stands.

    Attributes:
        columns: How many there are.
        lanes: How many there are.
        levels: How many lines go above each other over the lanes.
    """

    spots: dict[str, Spot]
    edges: tuple[Edge, ...]
    columns: int
    lanes: int
    levels: int


def arrange(nodes: Sequence[tuple[str, tuple[str, ...]]]) -> Arrangement:
    """Arrange layers, each given with what it reads, after those that it reads; the last one gives what leaves."""
    columns = {ENTRANCE: -1}
    for name, inputs in nodes:
        columns[name] = 1 + max((columns[one] for one in inputs), default=-1)
    last = nodes[-1][0]
    columns[last] = max(columns.values())
    spots = _spots(nodes, columns)
    edges = _edges(nodes, spots)
    return Arrangement(
        spots,
        edges,
        1 + max(columns.values()),
        1 + max(one.lane for one in spots.values()),
        max((one.level for one in edges), default=0),
    )


def _spots(nodes: Sequence[tuple[str, tuple[str, ...]]], columns: dict[str, int]) -> dict[str, Spot]:
    until = dict(columns)
    for name, inputs in nodes:
        for one in inputs:
            until[one] = max(until[one], columns[name] - 1)
    spots = {ENTRANCE: Spot(-1, 0)}
    taken: dict[int, list[tuple[int, int]]] = {}
    for name, inputs in nodes:
        first = 1 + min((columns[one] for one in inputs), default=-1)
        if len(inputs) > 1:
            first = columns[name]
        wanted = [*sorted({spots[one].lane for one in inputs}), *range(len(nodes) + 1)]
        if name == nodes[-1][0]:
            wanted = [0]
        span = (first, until[name])
        lane = next((one for one in wanted if _free(taken.get(one, []), span)), wanted[-1])
        taken.setdefault(lane, []).append(span)
        spots[name] = Spot(columns[name], lane)
    return spots


def _free(spans: Iterable[tuple[int, int]], span: tuple[int, int]) -> bool:
    return all(end < span[0] or start > span[1] for start, end in spans)


def _edges(nodes: Sequence[tuple[str, tuple[str, ...]]], spots: dict[str, Spot]) -> tuple[Edge, ...]:
    edges: list[Edge] = []
    above: list[list[tuple[int, int]]] = []
    standing = {(one.lane, one.column) for one in spots.values()}

    def clear(lane: int, start: int, end: int) -> bool:
        return all((lane, column) not in standing for column in range(start + 1, end))

    for name, inputs in nodes:
        for one in inputs:
            source, target = spots[one], spots[name]
            if source.lane == target.lane and clear(source.lane, source.column, target.column):
                edges.append(Edge(one, name, Route.STRAIGHT))
            elif source.lane != target.lane and clear(target.lane, source.column, target.column):
                edges.append(Edge(one, name, Route.EARLY))
            elif source.lane != target.lane and clear(source.lane, source.column, target.column):
                edges.append(Edge(one, name, Route.LATE))
            else:
                edges.append(Edge(one, name, Route.OVER, _level(above, (source.column, target.column))))
    return tuple(edges)


def _level(above: list[list[tuple[int, int]]], span: tuple[int, int]) -> int:
    """The lowest level above the lanes that is free from column to column, from 1."""
    for level, spans in enumerate(above):
        if all(end <= span[0] or start >= span[1] for start, end in spans):
            spans.append(span)
            return level + 1
    above.append([span])
    return len(above)
