"""Neighbours: which pairs of images look alike in the rough, without comparing each with each."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from engine.data.doctor.threads import in_order
from engine.jobs import Context

Array = np.ndarray[Any, Any]

ALIKE: Final = 0.85
"""Correlation of two sketches from which on a pair is looked at closely; crops of 5 % stay above it."""
_COLOURS: Final = 25.0
"""How far the mean colours of two copies are apart at most, of 255; a crop changes them by a few."""
_FIELDS: Final = 11.0
"""How far the fields of their sketches are apart on average."""
_MOST: Final = 3
"""Neighbours that are kept of each image; copies of copies are joined later."""
_CELL: Final = 2_000
"""Images of one cell, about."""
_CELLS_EACH: Final = 3
_ROWS: Final = 1_024
_AT_ONCE: Final = 8_192


def candidates(sketches: Array, colours: Array, context: Context) -> Array:
    """Pairs of images that may be copies of each other.

    Each sketch is a direction in space: its mean and what all sketches have in common are taken off, so that
    brightness and a common background count for nothing. Images are put into the cells of the nearest few of some
    images drawn by chance, and compared within each cell alone: the work grows with n^1.5 at most.

    Args:
        sketches: float32, (images, fields); see `engine.data.doctor.measuring.Measures.sketch`.
        colours: float32, (images, 3): mean red, green and blue, 0 to 255.
        context: Progress and Cancel.

    Returns:
        int64, (pairs, 2), the lower row first, each pair once.
    """
    directions = _directions(sketches)
    count = len(directions)
    if count < 2:
        return np.empty((0, 2), np.int64)
    pairs = []
    work = [
        (members[start : start + _ROWS], members)
        for members in _cells(directions)
        for start in range(0, len(members), _ROWS)
    ]
    for done, some in enumerate(in_order(lambda one: _alike(directions, sketches, colours, *one), work)):
        context.progress(done, len(work), "groups of images compared")
        pairs.append(some)
    found = np.sort(np.concatenate(pairs), axis=1)
    keys = np.sort(found[:, 0] * count + found[:, 1])
    keys = keys[np.r_[True, keys[1:] != keys[:-1]]] if len(keys) else keys
    return np.stack([keys // count, keys % count], axis=1)


def _directions(sketches: Array) -> Array:
    unit = _unit(sketches - sketches.mean(axis=1, keepdims=True))
    return _unit(unit - unit.mean(axis=0)) if len(unit) >= 100 else unit


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6), np.float32)


def _cells(directions: Array) -> list[Array]:
    count = len(directions)
    wanted = count // _CELL
    if wanted <= _CELLS_EACH:
        return [np.arange(count)]
    centres = directions[np.random.default_rng(0).choice(count, wanted, replace=False)]
    nearest = np.concatenate(
        [
            np.argpartition(-(directions[start : start + _ROWS] @ centres.T), _CELLS_EACH, axis=1)[:, :_CELLS_EACH]
            for start in range(0, count, _ROWS)
        ]
    )
    order = np.argsort(nearest.ravel(), kind="stable")
    ends = np.cumsum(np.bincount(nearest.ravel(), minlength=wanted))
    return [members // _CELLS_EACH for members in np.split(order, ends[:-1]) if len(members) > 1]


def _alike(directions: Array, sketches: Array, colours: Array, rows: Array, members: Array) -> Array:
    """The nearest few of each row among the members of its cell."""
    likeness = directions[rows] @ directions[members].T
    row, column = np.divmod(np.flatnonzero(likeness >= ALIKE), len(members))
    other = rows[row] != members[column]
    row, column = row[other], column[other]
    near = np.abs(colours[rows[row]] - colours[members[column]]).max(axis=1) <= _COLOURS
    row, column = row[near], column[near]
    apart = [
        np.abs(
            sketches[rows[row[start : start + _AT_ONCE]]] - sketches[members[column[start : start + _AT_ONCE]]]
        ).mean(axis=1)
        for start in range(0, len(row), _AT_ONCE)
    ]
    near = np.concatenate([np.empty(0), *apart]) <= _FIELDS
    row, column = row[near], column[near]
    order = np.lexsort((-likeness[row, column], row))
    row, column = row[order], column[order]
    first = np.searchsorted(row, row)  # where the row of each begins
    nearest = np.arange(len(row)) - first < _MOST
    return np.stack([rows[row[nearest]], members[column[nearest]]], axis=1)
