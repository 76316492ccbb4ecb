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
    ids: Sequence[str], labels: Array, folders: Sequence[Part | None], split: Split, curation: Curation
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

    Returns:
        uint8, (images,): index into `PARTS`, or `LEFT_OUT`.
    """
    parts = np.full(len(ids), _TRAIN, np.uint8)
    excluded = set(curation.excluded)
    kept = np.array([one not in excluded for one in ids], bool)
    said = set(folders) - {None, Part.TRAIN} if split.rule == "folders" else set()
    if said:
        parts[:] = [_TRAIN if one is None else PARTS.index(one) for one in folders]
    open_for_draw = kept & (parts == _TRAIN)
    test = 0.0 if said else split.test
    validation = 0.0 if Part.VALIDATION in said else split.validation
    # np.unique would import numpy.ma, which takes as long as decoding a thousand small images.
    for label in np.flatnonzero(np.bincount(labels)):
        members = np.flatnonzero((labels == label) & open_for_draw).tolist()
        order = sorted(members, key=lambda index: _place(split.seed, ids[index]))
        for_test = _share(len(order), test)
        for_validation = min(_share(len(order), validation), max(0, len(order) - for_test - 1))
        parts[order[:for_test]] = _TEST
        parts[order[for_test : for_test + for_validation]] = _VALIDATION
    if curation.parts:
        chosen = dict(curation.parts)
        for index, id in enumerate(ids):
            if id in chosen:
                parts[index] = PARTS.index(chosen[id])
    parts[~kept] = LEFT_OUT
    return parts


def _share(images: int, share: float) -> int:
    if share == 0.0 or images < 3:
        return 0
    return min(max(1, round(images * share)), images - 1)


def _place(seed: int, id: str) -> bytes:
    name = f"{seed}:{id}".encode("utf-8", "surrogateescape")
    return hashlib.blake2b(name, digest_size=8).digest()
