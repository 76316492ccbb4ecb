"""Splitting: which image is for training, validation and test."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from engine.data.split import PARTS, Curation, Part, Split

LEFT_OUT: Final = 255
"""Stands in a dataset's `parts` for an image that the user excluded."""

_TRAIN, _VALIDATION, _TEST = (PARTS.index(one) for one in (Part.TRAIN, Part.VALIDATION, Part.TEST))

Array = np.ndarray[Any, Any]


def divide(
    ids: Sequence[str],
    labels: Array,
    folders: Sequence[Part | None],
    split: Split,
    curation: Curation,
    drawn: Array | None = None,
) -> Array:
    """The part of every image.

    Images are drawn class by class, in the order of a hash of (seed, id): an image that is added or taken away moves
    few others. A class of three images or more has at least one in each part whose share is not 0; one image alone
    is for training.

    Args:
        ids: Image ids.
        labels: int, (images,).
        folders: The part that each image's folder says, or None.
        split: The rule.
        curation: The user's exclusions and overrides.
        drawn: `draw_places` of the split's seed and these ids, where it is known already.

    Returns:
        uint8, (images,): index into `PARTS`, or `LEFT_OUT`.
    """
    parts = np.full(len(ids), _TRAIN, np.uint8)
    excluded = set(curation.excluded)
    kept = np.array([one not in excluded for one in ids], bool) if excluded else np.ones(len(ids), bool)
    said = set(folders) - {None, Part.TRAIN} if split.rule == "folders" else set()
    if said:
        parts[:] = [_TRAIN if one is None else PARTS.index(one) for one in folders]
    open_for_draw = np.flatnonzero(kept & (parts == _TRAIN))
    test = 0.0 if said else split.test
    validation = 0.0 if Part.VALIDATION in said else split.validation
    order = draw_places(split.seed, ids) if drawn is None else drawn
    by_class = open_for_draw[np.lexsort((order[open_for_draw], labels[open_for_draw]))]
    counts = np.bincount(labels[open_for_draw])
    for members in np.split(by_class, np.cumsum(counts)[:-1]):
        for_test = _share(len(members), test)
        for_validation = min(_share(len(members), validation), max(0, len(members) - for_test - 1))
        parts[members[:for_test]] = _TEST
        parts[members[for_test : for_test + for_validation]] = _VALIDATION
    if curation.parts:
        chosen = dict(curation.parts)
        for index, id in enumerate(ids):
            if id in chosen:
                parts[index] = PARTS.index(chosen[id])
    parts[~kept] = LEFT_OUT
    return parts


def draw_places(seed: int, ids: Sequence[str]) -> Array:
    """uint64, (images,): a hash of (seed, id), by which images are drawn."""
    names = (f"{seed}:{id}".encode("utf-8", "surrogateescape") for id in ids)
    hashes = b"".join(hashlib.blake2b(name, digest_size=8).digest() for name in names)
    return np.frombuffer(hashes, ">u8").astype(np.uint64)


def _share(images: int, share: float) -> int:
    if share == 0.0 or images < 3:
        return 0
    return min(max(1, round(images * share)), images - 1)
