"""Which lines of a script stand for which layer, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """A line of code and the layer that it stands for.

    Attributes:
        owner: The layer's path, or "" for none.
    """

    text: str
    owner: str = ""


@dataclass(frozen=True)
class LineMap:
    """The lines of each layer, counted from 1.

    Attributes:
        places: By path, ascending; the layers inside a block stand in its function.
    """

    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def lines_of(self, path: str) -> tuple[int, ...]:
        """The lines of the layer at `path`; those of a block are its call and its function. Empty for none."""
        return self.places.get(path, ())

    def path_at(self, line: int) -> str:
        """The innermost layer on `line`, the first of several blocks that share a function; "" for none."""
        found = [path for path, lines in self.places.items() if line in lines]
        return max(found, key=lambda path: path.count("/"), default="")

    def shifted(self, by: int) -> LineMap:
        """The same, `by` lines further down."""
        return LineMap({path: tuple(one + by for one in lines) for path, lines in self.places.items()})


def numbered(pairs: Iterable[tuple[str, int]]) -> LineMap:
    """The map of (path, line) pairs; pairs without a path are left out."""
    found: dict[str, set[int]] = {}
    for path, line in pairs:
        if path:
            found.setdefault(path, set()).add(line)
    return LineMap({path: tuple(sorted(lines)) for path, lines in found.items()})


def owners(lines: Iterable[Line], first: int) -> Iterator[tuple[str, int]]:
    """Owner and number of each line."""
    for number, line in enumerate(lines, first):
        yield line.owner, number
