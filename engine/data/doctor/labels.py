"""Probable wrong labels: images whose class a trained network doubts.

Confident learning (C. Northcutt, L. Jiang and I. Chuang, "Confident learning: estimating uncertainty in dataset
labels", 2021): a network is as sure of a class as it is on average of the images that bear its label. An image that it
holds for another class with at least that class's usual confidence is probably labelled wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from engine.data.doctor.finding import Cure, Finding, Severity, share
from engine.data.words import counted

Array = np.ndarray[Any, Any]

_FEW: Final = 0.02
"""Suspects up to this share of the images are worth a warning; more mean that the network knows little yet."""
_MANY: Final = 0.3


def suspects(probabilities: Array, labels: Array) -> tuple[Array, Array]:
    """Which images are probably labelled wrong, the most doubtful first.

    Args:
        probabilities: float, (images, classes), rows sum to 1.
        labels: int, (images,): the classes that they bear.

    Returns:
        int64 rows, and the int64 class that each is probably of.
    """
    rows = np.arange(len(labels))
    own = probabilities[rows, labels]
    counts = np.bincount(labels, minlength=probabilities.shape[1])
    sums = np.bincount(labels, own, minlength=probabilities.shape[1])
    usual = np.where(counts > 0, sums / np.maximum(counts, 1), np.inf)
    sure = np.where(probabilities >= usual, probabilities, -1.0)
    held_for = sure.argmax(axis=1)
    doubted = np.flatnonzero(
        (sure.max(axis=1) >= 0) & (held_for != labels) & (probabilities.argmax(axis=1) == held_for)
    )
    margin = probabilities[doubted, held_for[doubted]] - own[doubted]
    order = doubted[np.argsort(-margin, kind="stable")]
    return order, held_for[order]


def check(
    ids: Sequence[str], labels: Array, probabilities: Array, class_names: Sequence[str], learned: Array
) -> Iterator[Finding]:
    """One finding over all suspects.

    Args:
        ids: Of the images.
        labels: int, (images,): index into the class names.
        probabilities: float, (images, classes), of a trained network.
        class_names: Of both.
        learned: bool, (images,): which of the images the network was trained on; it may know them by heart, wrong
            labels too, so that fewer of these are found.
    """
    rows, classes = suspects(probabilities, labels)
    if not len(rows):
        return
    images = tuple(ids[one] for one in rows)
    names = tuple(class_names[one] for one in classes)
    captions = tuple(
        f"{class_names[labels[row]]}, or {name}? ({share(float(probabilities[row, one]))})"
        for row, one, name in zip(rows, classes, names, strict=True)
    )
    part = len(rows) / len(ids)
    weak = part > _MANY
    yield Finding(
        "wrong_labels",
        Severity.NOTE if weak else Severity.SERIOUS if part > _FEW else Severity.WARNING,
        f"{counted(len(rows))} {'has' if len(rows) == 1 else 'have'} probably a wrong label",
        "The trained network is surer of another class than it is usually of that class's own images. A wrong label "
        "teaches it something wrong, and in the test images it counts right answers as mistakes."
        if not weak
        else "The trained network doubts so many labels that it probably knows too little yet to be asked.",
        images,
        captions,
        suggestions=names,
        evidence=(
            ("looked at", len(ids)),
            ("share", round(part, 4)),
            ("learned from", int(learned[rows].sum())),
            ("never seen", int((~learned[rows]).sum())),
        ),
        cures=()
        if weak
        else (
            Cure("Relabel all as proposed", labelled=tuple(zip(images, names, strict=True))),
            Cure("Leave all of them out", excluded=images),
        ),
        advice="Train further and examine again."
        if weak
        else "Look at each: relabel it, or confirm its label, and it is not doubted again.",
    )
