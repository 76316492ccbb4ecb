"""How readers say what they understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from engine.data.split import PARTS, Part
from engine.geometry import Shape

_NAMES = {Part.TRAIN: "training", Part.VALIDATION: "validation", Part.TEST: "test"}


def counted_images(parts: Sequence[Part | None]) -> str:
    """Such as "60,000 training and 10,000 test images"."""
    counts = Counter(parts)
    if len(counts) == 1 and None in counts:
        return "1 image" if len(parts) == 1 else f"{len(parts):,} images"
    found = [f"{counts[one]:,} {_NAMES[one]}" for one in PARTS if counts[one]]
    found += [f"{counts[None]:,} other"] if counts[None] else []
    return (" and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else found[0]) + " images"


def dimensions(shape: Shape) -> str:
    """Such as "28 × 28, grayscale"."""
    return f"{shape[0]:,} × {shape[1]:,}, {'grayscale' if shape[2] == 1 else 'in colour'}"
