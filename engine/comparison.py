"""Two networks side by side: which layer of one is which of the other, and what is different about them."""

from __future__ import annotations

import enum
import functools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from engine.graph import INPUT_PATH
from engine.layers import LayerType
from engine.layers.branches import Branches
from engine.network import Layer, Network

_SAME_KIND = 4
"""What a pair counts in the alignment for its kind; each setting that it shares counts one more."""


class Likeness(enum.StrEnum):
    """How a layer of one network stands to one of the other."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    LEFT_ONLY = "only left"
    RIGHT_ONLY = "only right"


@dataclass(frozen=True)
class Difference:
    """One setting that two layers have different values of; "name", "switched off" and "kind" count as settings."""

    name: str
    left: str
    right: str


@dataclass(frozen=True)
class Match:
    """A row of the comparison: a layer of each network, or of one alone."""

    likeness: Likeness
    left: Layer | None
    right: Layer | None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Two networks row by row; the first row is the input."""

    matches: tuple[Match, ...]

    @property
    def different(self) -> int:
        """How many rows are not the same."""
        return sum(one.likeness is not Likeness.SAME for one in self.matches)


def compare(left: Network, right: Network, *, by_id: bool = True) -> Comparison:
    """Which layers of two networks belong together, and how they differ.

    Args:
        left: One network.
        right: The other.
        by_id: Whether layers of one id are one layer: where both networks were edited from the same beginning.
    """
    pairs = _known(left.layers, right.layers) if by_id else []
    kept = _ascending(pairs)
    crossed = {(a, b) for a, b in pairs if (a, b) not in set(kept)}
    matches = [_match(Layer(INPUT_PATH, left.input), Layer(INPUT_PATH, right.input))]
    from_left = from_right = 0
    for a, b in [*kept, (len(left.layers), len(right.layers))]:
        matches += _between(left, right, range(from_left, a), range(from_right, b), crossed)
        if a < len(left.layers) and b < len(right.layers):
            matches.append(_match(left.layers[a], right.layers[b]))
        from_left, from_right = a + 1, b + 1
    return Comparison(tuple(matches))


def _known(left: Sequence[Layer], right: Sequence[Layer]) -> list[tuple[int, int]]:
    """Places of the layers that have one id in both, in the order of the left network."""
    places = {one.id: place for place, one in enumerate(right)}
    return [(place, places[one.id]) for place, one in enumerate(left) if one.id in places]


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of the pairs as can stand side by side without a crossing: the longest ascending run of right places."""
    ends: list[int] = []
    chains: list[list[tuple[int, int]]] = []
    for pair in pairs:
        at = bisect_left(ends, pair[1])
        chain = [*(chains[at - 1] if at else []), pair]
        ends[at : at + 1], chains[at : at + 1] = [pair[1]], [chain]
    return chains[-1] if chains else []


def _between(left: Network, right: Network, lefts: range, rights: range, crossed: set[tuple[int, int]]) -> list[Match]:
    """The rows between two pairs that are known."""
    moved_left = {a: right.layers[b] for a, b in crossed}
    moved_right = {b: left.layers[a] for a, b in crossed}
    ones = [place for place in lefts if place not in moved_left]
    others = [place for place in rights if place not in moved_right]
    partner = _aligned([left.layers[one] for one in ones], [right.layers[one] for one in others])
    paired = {ones[a]: others[b] for a, b in partner}
    rows: list[Match] = []
    waiting = iter(rights)
    taken: set[int] = set()
    for a in lefts:
        if a in paired:
            for b in waiting:
                if b == paired[a]:
                    break
                rows.append(_right_alone(right.layers[b], moved_right.get(b)))
                taken.add(b)
            taken.add(paired[a])
            rows.append(_match(left.layers[a], right.layers[paired[a]]))
        else:
            rows.append(_left_alone(left.layers[a], moved_left.get(a)))
    rows += [_right_alone(right.layers[b], moved_right.get(b)) for b in rights if b not in taken]
    return rows


def _left_alone(layer: Layer, elsewhere: Layer | None) -> Match:
    if elsewhere is None:
        return Match(Likeness.LEFT_ONLY, layer, None)
    return Match(Likeness.MOVED, layer, None, _differences(layer, elsewhere))


def _right_alone(layer: Layer, elsewhere: Layer | None) -> Match:
    if elsewhere is None:
        return Match(Likeness.RIGHT_ONLY, None, layer)
    return Match(Likeness.MOVED, None, layer, _differences(elsewhere, layer))


def _aligned(left: Sequence[Layer], right: Sequence[Layer]) -> list[tuple[int, int]]:
    """Places that belong together by kind and settings, in order on both sides.

    Source: Needleman and Wunsch, "A general method applicable to the search for similarities", 1970.
    """
    best = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for a in range(len(left) - 1, -1, -1):
        row, below = best[a], best[a + 1]
        for b in range(len(right) - 1, -1, -1):
            row[b] = max(below[b], row[b + 1], _likeness(left[a].type, right[b].type) + below[b + 1])
    found: list[tuple[int, int]] = []
    a = b = 0
    while a < len(left) and b < len(right):
        together = _likeness(left[a].type, right[b].type)
        if together and best[a][b] == together + best[a + 1][b + 1]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


@functools.lru_cache(maxsize=65_536)
def _likeness(one: LayerType, other: LayerType) -> int:
    """How well two layers fit together; 0 where they are of different kinds."""
    if one.kind != other.kind:
        return 0
    theirs = other.values()
    return _SAME_KIND + sum(value == theirs[name] for name, value in one.values().items())


def _match(left: Layer, right: Layer) -> Match:
    differences = _differences(left, right)
    return Match(Likeness.CHANGED if differences else Likeness.SAME, left, right, differences)


def _differences(left: Layer, right: Layer) -> tuple[Difference, ...]:
    found: list[Difference] = []
    if left.type.kind != right.type.kind:
        found.append(Difference("kind", left.type.kind, right.type.kind))
    else:
        theirs = right.type
        for one in left.type.parameters():
            ours, other = left.type.values()[one.name], theirs.values()[one.name]
            if ours != other:
                found.append(Difference(one.name, one.text(ours), one.text(other)))
        if isinstance(left.type, Branches) and left.type != right.type:
            found.append(Difference("inside", left.type.caption(), right.type.caption()))
    if left.label != right.label:
        found.append(Difference("name", left.title, right.title))
    if left.enabled != right.enabled:
        found.append(Difference("switched", "on" if left.enabled else "off", "on" if right.enabled else "off"))
    return tuple(found)
