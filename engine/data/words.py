"""How what is found of images is said."""

from __future__ import annotations

from collections.abc import Sequence


def few(names: Sequence[str]) -> str:
    """The first three, and how many there are more."""
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3:,} more"


def counted(number: int, noun: str = "image") -> str:
    """(1, "image") as "1 image", (2000, "image") as "2,000 images"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
