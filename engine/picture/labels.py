"""What stands under a volume: its shape, and the layers that made it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from engine.picture import lettering
from engine.picture.look import Look
from engine.picture.shapes import Frame, Shape2D, Text
from engine.picture.stations import Part, Station

TITLE: Final = 8.0
SMALL: Final = 7.0
ROOM: Final = 114.0
_CHIP: Final = 5.0
_STEP: Final = 9.6


@dataclass(frozen=True)
class Row:
    """One line of a label."""

    text: str
    size: float = SMALL
    bold: bool = False
    family: str = ""
    wrong: bool = False
    main: bool = False

    @property
    def width(self) -> float:
        """How wide it is, the chip of its family's colour included."""
        chip = _CHIP + 3.0 if self.family else 0.0
        return chip + lettering.width(self.text, self.size, bold=self.bold)


def rows(station: Station) -> tuple[Row, ...]:
    """The lines of a station's label."""
    size = "unknown" if station.shape is None else "×".join(f"{side:,}" for side in station.shape)
    if station.shape is not None and len(station.shape) == 1:
        size = f"{station.shape[0]:,}"
    found = [Row(size, TITLE, main=True)]
    for place, part in enumerate(station.parts):
        found += _first(part, station.wrong) if place == 0 else [_further(part)]
    return tuple(found)


def _first(part: Part, wrong: bool) -> list[Row]:
    title = lettering.shortened(one_line(part.title), TITLE, ROOM - _CHIP - 3.0, bold=True)
    found = [Row(title, TITLE, bold=True, family=part.family, wrong=wrong)]
    if part.caption:
        settings = re.split(r", (?!\d)", one_line(part.caption))
        found += [Row(one) for one in lettering.lines(settings, SMALL, ROOM)]
    return found


def _further(part: Part) -> Row:
    title = one_line(part.title)
    longer = f"{title} {one_line(part.caption)}".strip()
    room = ROOM - _CHIP - 3.0
    shown = longer if lettering.width(longer, SMALL) <= room else lettering.shortened(title, SMALL, room)
    return Row(shown, SMALL, family=part.family)


def one_line(text: str) -> str:
    """The text without breaks and other characters that no line can hold."""
    return "".join(one if one.isprintable() else " " for one in text)


def width(label: tuple[Row, ...]) -> float:
    """How wide a label is."""
    return max(one.width for one in label)


def height(label: tuple[Row, ...]) -> float:
    """How high a label is."""
    return _STEP * len(label) + 3.0


def lettered(label: tuple[Row, ...], middle: float, top: float, look: Look) -> list[Shape2D]:
    """A label's shapes, its lines centred on `middle`."""
    found: list[Shape2D] = []
    for number, row in enumerate(label):
        base = top + _STEP * (number + 1) + (3.0 if number else 0.0) - 1.6
        left = middle - row.width / 2
        room = row.width
        if row.family:
            found.append(Frame(left, base - _CHIP - 0.4, _CHIP, _CHIP, 1.2, look.families[row.family]))
            left, room = left + _CHIP + 3.0, room - _CHIP - 3.0
        centred = not row.family  # beside a chip a wider typeface must not run into it
        colour = look.bad if row.wrong else look.text if row.bold or row.main or row.family else look.secondary
        x = left + room / 2 if centred else left
        found.append(Text(x, base, row.text, row.size, colour, room, row.bold, centred))
    return found
