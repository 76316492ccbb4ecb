"""Colours for pictures in tests."""

from __future__ import annotations

from engine.layers import Family
from engine.picture import Look

PLAIN = Look(
    paper="#ffffff",
    text="#101010",
    secondary="#505050",
    line="#606060",
    window="#d55e00",
    bad="#bc2f2f",
    families={one.value: f"#{20 + 9 * number:02d}4080" for number, one in enumerate(Family)},
)
