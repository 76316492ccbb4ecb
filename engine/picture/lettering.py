"""How wide text is in Helvetica and its likes, known without a typeface at hand."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

FAMILIES: Final = ("Helvetica", "Arial", "Liberation Sans", "sans-serif")
"""The typefaces that pictures are lettered in: the first that a computer has."""

_EM: Final = {
    0.222: "ijl'|",
    0.278: "I ft.,:;!/\\[]·",
    0.333: 'r()-`"',
    0.5: "kvxyzcsJ",
    0.556: "abdeghnopqu0123456789L_?$#",
    0.584: "+<>=~×÷−±",
    0.611: "FTZ",
    0.667: "ABEKPSVXY&",
    0.722: "CDHNRUw",
    0.778: "GOQ",
    0.833: "mM",
    0.944: "W@%…—",
}
_WIDTHS: Final = {letter: width for width, letters in _EM.items() for letter in letters}
_BOLDER: Final = 1.075
_WIDE: Final = 1.0
_USUAL: Final = 0.62


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide `text` is at this size; rather too wide than too narrow."""
    ems = sum(_WIDTHS[one] if one in _WIDTHS else _unlisted(one) for one in text)
    return ems * size * (_BOLDER if bold else 1.0)


def _unlisted(letter: str) -> float:
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _USUAL


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits and "…"."""
    if width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def lines(parts: Sequence[str], size: float, room: float) -> tuple[str, ...]:
    """Parts of a list, as many on a line as fit, with commas between; what is too long alone is shortened."""
    found: list[str] = []
    for part in parts:
        longer = f"{found[-1]}, {part}" if found else ""
        if longer and width(longer, size) <= room:
            found[-1] = longer
        else:
            found.append(shortened(part, size, room))
    return tuple(found)
