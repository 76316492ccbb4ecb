"""How the units of a picture are broken into rows, so that a long network keeps the form of a page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

_ASPECT: Final = 1.7
_NARROWEST: Final = 900.0
"""What is shorter stays in one row."""


def broken(widths: Sequence[float], row_height: float) -> tuple[tuple[int, ...], ...]:
    """The numbers of the units of each row, from widths and about how high a row is."""
    total = sum(widths)
    page = max(_NARROWEST, math.sqrt(total * row_height * _ASPECT), *widths)
    wanted = math.ceil(total / page)
    room = max(total / wanted, *widths)
    while len(_filled(widths, room)) > wanted:
        room *= 1.02
    return _filled(widths, room)


def _filled(widths: Sequence[float], room: float) -> tuple[tuple[int, ...], ...]:
    rows: list[list[int]] = []
    left = 0.0
    for number, width in enumerate(widths):
        if not rows or width > left + 1e-6:
            rows.append([])
            left = room
        rows[-1].append(number)
        left -= width
    return tuple(tuple(row) for row in rows)
