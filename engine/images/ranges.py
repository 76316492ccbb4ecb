"""Ranges: which values of a 16-bit or floating-point image become black and which white."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.images.preprocessing import Preprocessing

Array = np.ndarray[Any, Any]


def eight_bits(values: Array, preprocessing: Preprocessing) -> Array:
    """The image in 8 bits, by the range that was chosen; what lies outside becomes black or white.

    Args:
        values: int or float, (height, width); NaN and infinite values count as 0, and not towards an image's own
            range.
        preprocessing: Its `range` is obeyed.

    Returns:
        uint8, (height, width).
    """
    name, numbers = preprocessing.range_of_values
    if name == "automatic":
        return _automatic(values)
    finite = np.isfinite(values)
    whole = bool(finite.all())
    if name == "own":
        inside = values if whole else values[finite]
        low, high = (float(inside.min()), float(inside.max())) if inside.size else (0.0, 0.0)
    else:
        low, high = (0.0, 65_535.0) if name == "full_16_bit" else (numbers["low"], numbers["high"])
    shown = values.astype(np.float64)
    if not whole:
        shown[~finite] = 0.0
    return _scaled(shown, low, high)


def _automatic(values: Array) -> Array:
    if values.dtype == np.uint16 or (values.dtype.kind == "i" and values.min() >= 0 and values.max() <= 65_535):
        return np.asarray((values.astype(np.float64) / 257 + 0.5).astype(np.uint8))
    numbers = np.nan_to_num(values.astype(np.float64), posinf=0.0, neginf=0.0)
    low, high = float(numbers.min()), float(numbers.max())
    if low >= 0.0 and high <= 1.0:
        low, high = 0.0, 1.0
    elif low >= 0.0 and high <= 255.0:
        low, high = 0.0, 255.0
    return _scaled(numbers, low, high)


def _scaled(values: Array, low: float, high: float) -> Array:
    """From low to high becomes 0 to 255; where both are the same, what lies above it is white."""
    if high <= low:
        return np.asarray((values > low) * np.uint8(255))
    shades = np.clip((values - low) * (255.0 / (high - low)), 0.0, 255.0)
    return np.asarray((shades + 0.5).astype(np.uint8))
