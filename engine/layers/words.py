"""How numbers, shapes and counts are said in the texts of layers."""

from __future__ import annotations

from collections.abc import Iterable

from engine.geometry import Shape


def count(number: int, noun: str, plural: str = "") -> str:
    """Say "1 filter", "32 filters", "1,024 filters"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def times(sides: Iterable[int]) -> str:
    """Say "3 × 3"."""
    return " × ".join(f"{side:,}" for side in sides)


def size(shape: Shape) -> str:
    """Say "28 × 28 × 3" for maps, "10 numbers" for a list."""
    return times(shape) if len(shape) > 1 else count(shape[0], "number")


def steps(strides: tuple[int, int]) -> str:
    """Say "steps of 2 pixels", or of rows and columns where they differ."""
    rows, columns = strides
    if rows == columns:
        return f"steps of {count(rows, 'pixel')}"
    return f"steps of {count(rows, 'row')} and {count(columns, 'column')}"


def sentences(*parts: str) -> str:
    """The parts that are not empty, one after the other."""
    return " ".join(part for part in parts if part)
