"""Figures and names as a person reads them."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence

UNKNOWN = "unknown"


def grouped(number: int | None) -> str:
    """60618 as "60,618"; None as "unknown"."""
    return UNKNOWN if number is None else f"{number:,}"


def short(number: float | None) -> str:
    """5800000 as "5.8 M"; None as "unknown"."""
    if number is None:
        return UNKNOWN
    for size, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(number) >= size:
            unit = 1e3 if letter == "k" else size
            return f"{number / unit:.3g} {letter}"
    return f"{number:,.0f}"


def share(part: float | None) -> str:
    """0.912 as "91.2 %"; None as a dash."""
    return "–" if part is None else f"{part * 100:.1f} %"


def duration(seconds: float | None) -> str:
    """54 as "54 s", 130 as "2 min 10 s"; None as ""."""
    if seconds is None:
        return ""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def shape(sides: Sequence[int] | None) -> str:
    """(32, 32, 3) as "32 × 32 × 3"; None as "unknown"."""
    return UNKNOWN if sides is None else " × ".join(f"{side:,}" for side in sides)


def dimensions(sides: Sequence[int] | None) -> str:
    """(32, 32, 3) as "height 32 × width 32 × 3 channels", (10,) as "a list of 10"; None as "unknown"."""
    if sides is None:
        return UNKNOWN
    if len(sides) == 3:
        return f"height {sides[0]:,} × width {sides[1]:,} × {plural(sides[2], 'channel')}"
    return f"a list of {sides[0]:,}" if len(sides) == 1 else f"a table of {shape(sides)}"


def rows_and_columns(rows: int, columns: int) -> str:
    """(1, 0) as "1 row", (1, 2) as "1 row and 2 columns"."""
    return " and ".join(plural(count, noun) for count, noun in ((rows, "row"), (columns, "column")) if count)


def plural(number: int, noun: str) -> str:
    """(1, "class") as "1 class", (3, "image") as "3 images"."""
    ending = "" if number == 1 else "es" if noun.endswith(("s", "x", "tch", "nch")) else "s"
    return f"{number:,} {noun}{ending}"


def display_name(text: str) -> str:
    """A name from a file as one harmless line: control and direction characters are written out."""
    return "".join(
        f"\\u{ord(one):04x}" if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else one for one in text
    )


def tip(text: str) -> str:
    """Text for a tool tip, which Qt would read as HTML: escaped, and wrapped at a readable width."""
    return f"<p>{html.escape(text).replace(chr(10), '<br>')}</p>" if text else ""


def no_mnemonic(text: str) -> str:
    """Text for a button or menu entry, in which Qt would take "&" for an underline."""
    return text.replace("&", "&&")
