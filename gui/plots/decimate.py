"""Fewer points that draw the same picture."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def decimate(x: Array, y: Array, buckets: int) -> tuple[Array, Array]:
    """Thin a curve out without losing a peak.

    Each of at most `buckets` equal stretches, the last one perhaps shorter, keeps its smallest and its largest value,
    in their order, so that the drawn line covers the same pixels as the whole curve would.

    Args:
        x: Positions, rising, (points,).
        y: Values, (points,); not finite where there is none.
        buckets: About how many pixels the curve is wide.

    Returns:
        Positions and values, at most twice `buckets` and the last point.
    """
    points = len(x)
    if buckets < 1 or points <= 2 * buckets:
        return x, y
    width = -(-points // buckets)
    starts = np.arange(0, points, width)
    padded = np.full(len(starts) * width, np.nan)
    padded[:points] = y
    stretches = padded.reshape(-1, width)
    finite = np.isfinite(stretches)
    lowest = np.argmin(np.where(finite, stretches, np.inf), axis=1)
    highest = np.argmax(np.where(finite, stretches, -np.inf), axis=1)
    pairs = np.sort(np.stack([lowest, highest], axis=1), axis=1)
    kept = np.append((pairs + starts[:, None]).ravel(), points - 1)
    return x[kept], y[kept]
