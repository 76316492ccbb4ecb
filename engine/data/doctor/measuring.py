"""Measuring: one pass over the decoded images that gives every check its figures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from engine.data.doctor.threads import in_order
from engine.jobs import Context

Array = np.ndarray[Any, Any]

SMALL: Final = 16
"""Rows and columns of the small picture that light and darkness are judged on, so that one pixel decides nothing."""
SKETCH: Final = 8
"""Rows and columns of the sketch by which images are compared."""

_VALUES_AT_ONCE: Final = 250_000
"""So few that they stay in the processor's cache."""
_GREY: Final = np.array([0.299, 0.587, 0.114], np.float32)
"""ITU-R BT.601, as Pillow converts."""


@dataclass(frozen=True, eq=False)
class Measures:
    """Figures of each image, in the order that was asked for; brightness runs from 0 to 255.

    Attributes:
        colour: float32, (images, 3): mean red, green and blue.
        border: float32, (images, 12): the mean colours of the top, bottom, left and right edge.
        contrast: float32, (images,): standard deviation of the brightness.
        darkest: float32, (images,): of the small picture.
        brightest: float32, (images,): of the small picture.
        sharpness: float32, (images,): variance of the Laplacian over variance of the brightness; blur lowers it.
        sketch: float32, (images, 64): the brightness in 8 × 8 fields.
        digest: (images,) of 16 bytes: BLAKE2b of the pixels.
    """

    colour: Array
    border: Array
    contrast: Array
    darkest: Array
    brightest: Array
    sharpness: Array
    sketch: Array
    digest: Array


def measure(images: Array, chosen: Array, context: Context) -> Measures:
    """Measure some images of a dataset, on as many threads as there are processors.

    Args:
        images: uint8, (images, height, width, 1 or 3).
        chosen: int64, indexes.
        context: Progress and Cancel.
    """
    step = max(1, _VALUES_AT_ONCE // int(np.prod(images.shape[1:])))
    starts = range(0, len(chosen), step)

    def work(start: int) -> list[Array]:
        return _measured(np.asarray(images[chosen[start : start + step]]))

    blocks: list[list[Array]] = []
    for done, block in enumerate(in_order(work, starts)):
        context.progress(min(done * step, len(chosen)), len(chosen), "images measured")
        blocks.append(block)
    return Measures(*(np.concatenate(one) for one in zip(*blocks, strict=True)))


def _measured(block: Array) -> list[Array]:
    count, height, width, channels = block.shape
    digests = np.array([hashlib.blake2b(one.data, digest_size=16).digest() for one in block], "V16")
    values = block.astype(np.float32)
    grey = values[..., 0] if channels == 1 else (values.reshape(-1, 3) @ _GREY).reshape(count, height, width)
    flat = grey.reshape(count, -1)
    contrast = flat.std(axis=1)
    small = fields(grey, SMALL, SMALL)
    sketch = small.reshape(count, SKETCH, 2, SKETCH, 2).mean(axis=(2, 4)).reshape(count, -1)
    levels = small.reshape(count, -1)
    return [
        _mean_colour(values),
        _border(values),
        contrast,
        levels.min(axis=1),
        levels.max(axis=1),
        _sharpness(grey, contrast),
        sketch,
        digests,
    ]


def _border(values: Array) -> Array:
    _, height, width, _ = values.shape
    rows, columns = max(1, height // 16), max(1, width // 16)
    edges = (values[:, :rows], values[:, -rows:], values[:, :, :columns], values[:, :, -columns:])
    return np.concatenate([_mean_colour(one) for one in edges], axis=1)


def _mean_colour(values: Array) -> Array:
    count, height, width, channels = values.shape
    weights = np.full(height * width, 1 / (height * width), np.float32)  # a product is ten times as fast as mean()
    colour: Array = weights @ values.reshape(count, -1, channels)
    return colour if channels == 3 else np.repeat(colour, 3, axis=1)


def _sharpness(grey: Array, contrast: Array) -> Array:
    if min(grey.shape[1:]) < 3:
        return np.ones(len(grey), np.float32)
    centre = grey[:, 1:-1, 1:-1]
    laplacian = grey[:, :-2, 1:-1] + grey[:, 2:, 1:-1] + grey[:, 1:-1, :-2] + grey[:, 1:-1, 2:] - 4 * centre
    varies: Array = laplacian.reshape(len(grey), -1).var(axis=1) / np.maximum(contrast, 1.0) ** 2
    return varies


def fields(grey: Array, rows: int, columns: int) -> Array:
    """The mean brightness of rows × columns equal fields, whatever the size of the images.

    Args:
        grey: float32, (images, height, width).
        rows: Fields from top to bottom.
        columns: Fields from left to right.

    Returns:
        float32, (images, rows, columns).
    """
    _, height, width = grey.shape
    down = _summed(grey, _areas(height, rows))
    return _summed(down.transpose(0, 2, 1), _areas(width, columns)).transpose(0, 2, 1)


def _summed(values: Array, areas: Array) -> Array:
    """The middle axis of (images, pixels, others) brought to fields.

    Each field is summed over its own few pixels: a product with the whole matrix would be small, and small products
    spend more time in waking threads than in arithmetic.
    """
    found = np.empty((len(values), len(areas), values.shape[2]), np.float32)
    for cell, weights in enumerate(areas):
        inside = np.flatnonzero(weights)
        low, high = int(inside[0]), int(inside[-1]) + 1
        np.einsum("k,nko->no", weights[low:high], values[:, low:high], out=found[:, cell])
    return found


def _areas(pixels: int, cells: int) -> Array:
    """float32, (cells, pixels): how much of each field lies in each pixel; rows sum to 1."""
    edges = np.arange(cells + 1) * (pixels / cells)
    low, high = edges[:-1, None], edges[1:, None]
    place = np.arange(pixels)[None]
    overlap = np.clip(np.minimum(high, place + 1) - np.maximum(low, place), 0.0, None)
    return np.asarray((overlap / overlap.sum(axis=1, keepdims=True)).astype(np.float32))
