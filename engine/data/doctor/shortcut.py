"""The shortcut test: whether the classes can be told apart without looking at what the images show.

A tiny classifier sees only the size of the file, the size of the image, the mean colour, or the border. Where it does
much better than chance, a network can do so too, and may never look at the thing itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from engine.data.doctor.finding import Finding, Severity, share
from engine.data.doctor.material import Material

Array = np.ndarray[Any, Any]

_FOLDS: Final = 5
_MOST: Final = 4_000
"""Images that are looked at; more change the answer by little."""
_FEWEST: Final = 20
"""Images of a class below which nothing can be said of it."""
_WARNS: Final = 0.3
"""Share of the way from chance to certainty that is much."""
_ALARMS: Final = 0.6
_HAS_BORDER: Final = 16
"""Rows and columns below which the outermost pixels show the thing itself."""
_RIDGE: Final = 1e-3

_CLUES: Final = {
    "file_size": "the size of their files",
    "image_size": "the size of the images",
    "colour": "their mean colour",
    "border": "their border",
}


def check(material: Material) -> Iterator[Finding]:
    """One finding, where any clue alone tells the classes apart."""
    rows = _rows(material)
    labels = material.labels[rows]
    classes = len(set(labels.tolist()))
    if classes < 2:
        return
    chance = 1 / classes
    found = {
        name: cross_validated(features, labels)
        for name, features in _features(material, rows).items()
        if features.std(axis=0).max() > 1e-6
    }
    excess = {name: (accuracy - chance) / (1 - chance) for name, accuracy in found.items()}
    # Three standard errors of an accuracy at chance, so that few images do not raise a false alarm.
    unsure = 3 * np.sqrt(chance * (1 - chance) / len(labels))
    clues = [name for name in excess if excess[name] > _WARNS and found[name] > chance + unsure]
    if not clues:
        return
    clues.sort(key=lambda name: -excess[name])
    words = " or ".join(_CLUES[name] for name in clues)
    yield Finding(
        "shortcut",
        Severity.SERIOUS if excess[clues[0]] > _ALARMS else Severity.WARNING,
        f"The classes can be told apart by {words} alone",
        f"A tiny classifier that sees only {_CLUES[clues[0]]} is right in {share(found[clues[0]])} of the cases, where "
        f"guessing would be right in {share(chance)}. A network can take the same shortcut and fail on other images.",
        evidence=(
            ("chance", round(chance, 4)),
            *((f"accuracy by {_CLUES[name].removeprefix('their ')}", round(one, 4)) for name, one in found.items()),
            ("images", len(rows)),
        ),
        advice=_advice(clues[0]),
    )


def _advice(clue: str) -> str:
    if clue in {"file_size", "image_size"}:
        return (
            "The network itself does not see it, but it tells that the classes come from different places, as from "
            "two cameras or two web sites. Collect the images of all classes in the same way."
        )
    return (
        "Collect the images of all classes in the same way: same places, light and backgrounds. Where the colour is "
        "not what matters, choose “grayscale” or let the augmentation change it."
    )


def _rows(material: Material) -> Array:
    """Rows whose files were looked into, of classes with enough of them; some of them where they are many."""
    rows = material.facts.rows
    counts = np.bincount(material.labels[rows], minlength=len(material.dataset.class_names))
    rows = rows[counts[material.labels[rows]] >= _FEWEST]
    if len(rows) > _MOST:
        rows = np.sort(np.random.default_rng(0).choice(rows, _MOST, replace=False))
    return rows


def _features(material: Material, rows: Array) -> dict[str, Array]:
    facts, measures = material.facts, material.measures
    places = np.searchsorted(facts.rows, rows)
    sides = np.log(np.stack([facts.heights[places], facts.widths[places]], axis=1).astype(np.float64))
    clues = {
        "file_size": np.log(np.maximum(facts.sizes[places], 1).astype(np.float64))[:, None],
        "image_size": np.concatenate([sides, sides[:, :1] - sides[:, 1:]], axis=1),
        "colour": measures.colour[rows].astype(np.float64),
    }
    if min(material.dataset.shape[:2]) >= _HAS_BORDER:
        clues["border"] = measures.border[rows].astype(np.float64)
    return clues


def cross_validated(features: Array, labels: Array) -> float:
    """How often a linear discriminant says the right class of images that it was not fitted to.

    Each class counts alike, so that guessing is right in 1 / classes of the cases however uneven they are. Squares of
    the features are features too, so that a class in the middle of another's range can be found.

    Args:
        features: float64, (images, features).
        labels: int, (images,).

    Returns:
        The mean over the classes of the share that is recognised, over five folds.
    """
    spread = features.std(axis=0)
    scaled = (features - features.mean(axis=0)) / np.where(spread > 1e-9, spread, 1.0)
    inputs = np.concatenate([scaled, scaled**2], axis=1)
    names = np.flatnonzero(np.bincount(labels))
    numbers = np.searchsorted(names, labels)
    folds = np.random.default_rng(0).permutation(len(labels)) % _FOLDS
    said = np.empty(len(labels), np.int64)
    for fold in range(_FOLDS):
        held = folds == fold
        said[held] = _discriminated(inputs[~held], numbers[~held], inputs[held], len(names))
    right = np.bincount(numbers[said == numbers], minlength=len(names))
    return float((right / np.bincount(numbers)).mean())


def _discriminated(inputs: Array, labels: Array, others: Array, classes: int) -> Array:
    """Linear discriminant analysis with equal priors (R. A. Fisher, 1936), its covariance held from being singular."""
    counts = np.bincount(labels, minlength=classes)
    means = np.stack(
        [inputs[labels == one].mean(axis=0) if counts[one] else np.full(inputs.shape[1], 1e6) for one in range(classes)]
    )
    rest = inputs - means[labels]
    covariance = rest.T @ rest / max(1, len(inputs) - classes)
    covariance += _RIDGE * np.eye(len(covariance)) * max(1e-6, float(np.trace(covariance)) / len(covariance))
    weights = np.linalg.solve(covariance, means.T)
    scores = others @ weights - 0.5 * (means.T * weights).sum(axis=0)
    return np.asarray(scores.argmax(axis=1))
