"""Proposing: the input size and colour mode that suit a pile of images."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from engine.images.decoding import UnreadableImage, decode, header
from engine.images.preprocessing import Preprocessing

T = TypeVar("T")

SAMPLE = 200
"""Images whose headers are read to propose a size."""
COLOUR_SAMPLE = 24
"""Images whose pixels are read to tell grey from colour."""
LARGEST = 128
"""Side of the largest input that is proposed: what trains in minutes on an ordinary computer."""


@dataclass(frozen=True)
class Proposal:
    """A preprocessing, and why, in a sentence ("" where the images are used as they are)."""

    preprocessing: Preprocessing
    note: str = ""


def propose(root: Path, names: Sequence[str]) -> Proposal:
    """What suits the images called `names` below `root`, judged by a sample; unreadable ones are passed over."""
    return propose_for(lambda name: root / name, names)


def propose_for(read: Callable[[str], Path | bytes], names: Sequence[str]) -> Proposal:
    """`propose` for files that `read` gives, or raises UnreadableImage over."""
    sizes: list[tuple[int, int]] = []
    coloured: list[str] = []
    for name in _spread(names, SAMPLE):
        try:
            size, colour = header(read(name))
        except UnreadableImage:
            continue
        sizes.append(size)
        if colour:
            coloured.append(name)
    if not sizes:
        return Proposal(Preprocessing())
    in_colour = any(_has_colour(read(name)) for name in _spread(coloured, COLOUR_SAMPLE))
    return suited(sizes, "rgb" if in_colour else "grayscale")


def suited(sizes: Sequence[tuple[int, int]], channels: str) -> Proposal:
    """What suits images of these heights and widths."""
    if len(set(sizes)) == 1 and max(sizes[0]) <= LARGEST * 2:
        return Proposal(Preprocessing(*sizes[0], channels))
    side = _side(statistics.median(min(size) for size in sizes))
    if len(set(sizes)) == 1:
        words = f"The images are {sizes[0][0]} × {sizes[0][1]} pixels"
    else:
        small, large = min(sizes, key=np.prod), max(sizes, key=np.prod)
        words = f"The images differ in size, from {small[0]} × {small[1]} to {large[0]} × {large[1]} pixels"
    return Proposal(
        Preprocessing(side, side, channels), f"{words}: {side} × {side} is proposed as the network's input."
    )


def _side(typical: float) -> int:
    """The largest of a few usual sides that does not enlarge a typical image."""
    return max([32, *(side for side in (48, 64, 96, LARGEST) if side <= typical)])


def _has_colour(file: Path | bytes) -> bool:
    try:
        pixels = decode(file, Preprocessing(32, 32, "rgb")).astype(np.int16)
    except UnreadableImage:
        return False
    return bool((pixels.max(axis=-1) - pixels.min(axis=-1)).max() > 8)


def _spread(values: Sequence[T], most: int) -> list[T]:
    """At most so many, evenly spread."""
    step = max(1, len(values) // most)
    return list(values[::step][:most])
