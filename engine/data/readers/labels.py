"""Labels: arrays of numbers, words or ones among zeros, as the names of classes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from engine import limits
from engine.errors import EngineError

Array = np.ndarray[Any, Any]


def class_names(labels: Array, title: str, names: Sequence[str] = ()) -> list[str]:
    """The class of each image, by name.

    Args:
        labels: Whole numbers, bool or text, (images,) or (images, 1); or (images, classes) with a single 1 in each row.
        title: What messages call it.
        names: The classes' names by number, where they are known; else numbers are their own names.

    Raises:
        EngineError: where they are something else.
    """
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim == 2 and labels.dtype.kind in "biuf":
        labels = _from_ones(labels, title)
    if labels.ndim != 1:
        raise _odd(title, f"have the shape {' × '.join(map(str, labels.shape))}")
    if labels.dtype.kind in "US":
        return _texts(labels, title)
    if labels.dtype.kind == "f":
        if not np.isfinite(labels).all() or (labels != np.floor(labels)).any() or (abs(labels) > 2**53).any():
            raise _odd(title, "are numbers with a fraction")
        labels = labels.astype(np.int64)
    if labels.dtype.kind not in "biu":
        raise _odd(title, "are neither numbers nor words")
    if labels.dtype.kind == "b":
        labels = labels.astype(np.uint8)
    if not labels.size:
        return []
    low, high = int(labels.min()), int(labels.max())
    if names and low >= 0 and high < len(names) and len(set(names)) == len(names):
        return [names[int(one)] for one in labels]
    words = (
        {int(one): str(int(one)) for one in np.flatnonzero(np.bincount(labels - low)) + low}
        if high - low < 10**6
        else {}
    )
    return [words.get(int(one)) or str(int(one)) for one in labels]


def texts(values: Array, title: str) -> list[str]:
    """Words of an array of text as they are; raises EngineError where one cannot be a name."""
    return _texts(values, title)


def _texts(values: Array, title: str) -> list[str]:
    if values.dtype.kind == "S":
        found = [one.decode("utf-8", "replace") for one in values.tolist()]
    else:
        # NumPy makes texts of any numbers, and Python stops at those that are no characters.
        codes = np.ascontiguousarray(values.astype(values.dtype.newbyteorder("="))).view(np.uint32)
        if codes.size and int(codes.max()) > sys.maxunicode:
            raise _odd(title, "are not text")
        found = [str(one) for one in values.tolist()]
    for number, one in enumerate(found):
        if why := why_no_name(one):
            raise _odd(title, f"are not all names of classes: number {number:,} {why}")
    return found


def why_no_name(text: str) -> str:
    """Why a text cannot name a class, as the end of a sentence; "" where it can."""
    if not text.strip():
        return "is empty"
    if "\0" in text:
        return "holds a zero byte"
    if any("\ud800" <= one < "\udc80" or "\udcff" < one <= "\udfff" for one in text):  # no bytes of a file's name
        return "is no text"
    return f"is longer than {limits.MAX_LABEL_LENGTH} characters" if len(text) > limits.MAX_LABEL_LENGTH else ""


def _from_ones(labels: Array, title: str) -> Array:
    whole = ((labels == 0) | (labels == 1)).all() and (labels.sum(axis=1) == 1).all()
    if not whole:
        raise _odd(title, f"have {labels.shape[1]:,} numbers for each image, and not a single 1 among zeros")
    return np.asarray(labels.argmax(axis=1))


def _odd(title: str, what: str) -> EngineError:
    return EngineError(
        f"The labels in {title} {what}.",
        "A label is a whole number, a word, or a single 1 among zeros, one for each image.",
        "Save the labels like this.",
    )
