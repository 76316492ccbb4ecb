"""Alignment: whether two images show the same, one perhaps cut, resized or compressed anew; judged on their pixels."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from engine.data.doctor.measuring import fields

Array = np.ndarray[Any, Any]

SIDE: Final = 32
"""Rows and columns that pairs are compared at."""
FARTHEST: Final = 0.13
"""How far a corner may move, as a share of the side: a crop of a tenth moves it by a tenth."""

_STEPS_SMALL: Final = 3
"""On half the size, where larger moves are followed."""
_STEPS: Final = 4
_ROUGHLY: Final = 8.0
"""Fields that are farther apart after these steps, of 255, do not come together any more."""
_COLOURS: Final = 6.0
_WHOLE, _HALF, _DETAIL, _GRAINY = 0.985, 0.975, 0.65, 0.8
"""Correlations; two images drawn by chance reach 0.95 in form or 6 in colour among ten thousand, never both."""
_CELLS: Final = 8
_GREY: Final = np.array([0.299, 0.587, 0.114], np.float32)


def pictures(images: Array) -> Array:
    """Images made small enough to compare: float32, (images, 32, 32, 3)."""
    values = images.astype(np.float32)
    channels = [fields(np.ascontiguousarray(values[..., one]), SIDE, SIDE) for one in range(values.shape[-1])]
    return np.stack(channels if len(channels) == 3 else channels * 3, axis=-1)


def same(first: Array, second: Array) -> Array:
    """Whether two pictures show the same: each second one is laid over the first as well as a shift and a change of
    height and width can, and then both must agree in colour and in form.

    The four numbers of each pair (scale and shift, down and across) are found by Gauss-Newton steps on the
    brightness (B. D. Lucas and T. Kanade, "An iterative image registration technique", 1981), first on half the size.

    Args:
        first: float32, (pairs, 32, 32, 3), as `pictures` gives them.
        second: float32, (pairs, 32, 32, 3).

    Returns:
        bool, (pairs,). Those that would have to be moved farther than `FARTHEST` are not the same.
    """
    verdict = np.zeros(len(first), bool)
    if not len(first):
        return verdict
    a, b = first @ _GREY, second @ _GREY
    place = np.zeros((len(first), 4), np.float32)  # the scales' deviation from 1, the shifts; the side has length 2
    half_a, half_b = _halved(a), _halved(b)
    for _ in range(_STEPS_SMALL):
        place = _step(half_a, half_b, place)
    moved, inside, _, _ = _sample(half_b, place)
    close = _apart((moved - half_a)[..., None], inside) <= _ROUGHLY
    if not close.any():
        return verdict
    a, b, place = a[close], b[close], place[close]
    for _ in range(_STEPS):
        place = _step(a, b, place)
    verdict[close] = _agree(first[close], second[close], place)
    return verdict


def _agree(first: Array, second: Array, place: Array) -> Array:
    """The judgement on pairs that lie over each other.

    Colours of 8 × 8 fields must be nearly equal. Form agrees where the brightness correlates nearly wholly, or, in
    images full of grain that a new compression changes, where half the size does, or the fine detail clearly does:
    grain of two images that were taken apart has nothing in common.
    """
    moved, inside, _, _ = _sample(second, place)
    a, b = first @ _GREY, moved @ _GREY
    whole = _correlation(a, b, inside)
    half = _correlation(_halved(a), _halved(b), _halved(inside))
    fine = _correlation(_detail(a), _detail(b), inside[:, 1:-1, 1:-1])
    form = (whole >= _WHOLE) | (half >= _HALF) | ((fine >= _DETAIL) & (whole >= _GRAINY))
    corner = np.abs(place[:, :2]).max(axis=1) + np.abs(place[:, 2:]).max(axis=1)
    agree: Array = form & (_apart(moved - first, inside) <= _COLOURS) & (corner <= 2 * FARTHEST)
    return agree


def _apart(difference: Array, inside: Array) -> Array:
    """Mean difference of 8 × 8 fields, 0 to 255, from that of the pixels, (pairs, side, side, channels)."""
    count, side, _, channels = difference.shape
    cell = side // _CELLS
    known = difference * inside[..., None]
    means = known.reshape(count, _CELLS, cell, _CELLS, cell, channels).mean(axis=(2, 4))
    apart: Array = np.abs(means).mean(axis=(1, 2, 3)) / np.maximum(inside.mean(axis=(1, 2)), 0.1)
    return apart


def _detail(grey: Array) -> Array:
    """What a small blur takes away, without the outermost pixels."""
    rows = (grey[:, :-2] + 2 * grey[:, 1:-1] + grey[:, 2:]) / 4
    blurred = (rows[:, :, :-2] + 2 * rows[:, :, 1:-1] + rows[:, :, 2:]) / 4
    detail: Array = grey[:, 1:-1, 1:-1] - blurred
    return detail


def _correlation(a: Array, b: Array, inside: Array) -> Array:
    weight = inside / np.maximum(inside.sum(axis=(1, 2), keepdims=True), 1e-6)
    a = a - (a * weight).sum(axis=(1, 2), keepdims=True)
    b = b - (b * weight).sum(axis=(1, 2), keepdims=True)
    both = np.sqrt((a * a * weight).sum(axis=(1, 2)) * (b * b * weight).sum(axis=(1, 2)))
    found: Array = (a * b * weight).sum(axis=(1, 2)) / np.maximum(both, 1e-3)
    return found


def _halved(pictures: Array) -> Array:
    side = pictures.shape[1] // 2
    halved: Array = pictures.reshape(len(pictures), side, 2, side, 2).mean(axis=(2, 4))
    return halved


def _step(a: Array, b: Array, place: Array) -> Array:
    """One Gauss-Newton step; it is held within what counts as a crop."""
    moved, inside, y, x = _sample(b, place)
    down, across = np.gradient(moved, axis=(1, 2))
    half = a.shape[1] / 2
    slopes = np.stack([down * half * y, across * half * x, down * half, across * half], axis=-1)
    slopes = (slopes * inside[..., None]).reshape(len(a), -1, 4)
    missing = ((a - moved) * inside).reshape(len(a), -1, 1)
    turned = slopes.transpose(0, 2, 1)
    square = turned @ slopes
    damping = 1e-3 * np.trace(square, axis1=1, axis2=2) + 1e-3
    square += damping[:, None, None] * np.eye(4, dtype=np.float32)
    change = np.linalg.solve(square, turned @ missing)[..., 0]
    return np.asarray(np.clip(place + change, -3 * FARTHEST, 3 * FARTHEST))


def _sample(pictures: Array, place: Array) -> tuple[Array, Array, Array, Array]:
    """The pictures moved, bilinear; which of their pixels are known; and where each pixel stands, -1 to 1."""
    side = pictures.shape[1]
    line = (np.arange(side, dtype=np.float32) + 0.5) / side * 2 - 1
    down = (line[None] * (1 + place[:, 0:1]) + place[:, 2:3] + 1) / 2 * side - 0.5
    across = (line[None] * (1 + place[:, 1:2]) + place[:, 3:4] + 1) / 2 * side - 0.5
    known = ((down > -0.6) & (down < side - 0.4))[:, :, None] & ((across > -0.6) & (across < side - 0.4))[:, None]
    moved = _along(_along(pictures, down).swapaxes(1, 2), across).swapaxes(1, 2)
    y, x = np.broadcast_arrays(line[:, None], line[None])
    return moved, known.astype(np.float32), y, x


def _along(pictures: Array, places: Array) -> Array:
    """The pictures with other rows: `places` (pairs, rows) says where each comes from, bilinear, held at the edge."""
    side = pictures.shape[1]
    places = np.clip(places, 0, side - 1)
    low = np.minimum(places.astype(np.int64), side - 2)
    part = (places - low).astype(np.float32)
    pair = np.arange(len(pictures))[:, None]
    part = part.reshape(part.shape + (1,) * (pictures.ndim - 2))
    found: Array = pictures[pair, low] * (1 - part) + pictures[pair, low + 1] * part
    return found
