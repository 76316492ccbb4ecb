"""Balance: whether all classes have about as many images to learn from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from engine.data.doctor.finding import Cure, Finding, Severity
from engine.data.doctor.material import Array, Material
from engine.data.split import PARTS, Part
from engine.data.words import counted

_UNEVEN: Final = 3.0
_VERY_UNEVEN: Final = 10.0
_ENOUGH: Final = 20
"""Images of the smallest class from which on cutting the others down to it leaves something to learn from."""
_MOST_LOST: Final = 0.5
_FEW: Final = 10
_TRAIN: Final = PARTS.index(Part.TRAIN)


def class_weights(counts: Array) -> Array:
    """What each image of a class should count so that all classes count alike: n / (classes · n_class).

    From G. King and L. Zeng, "Logistic regression in rare events data", 2001. A class without images has 0.
    """
    present = counts > 0
    weights = np.zeros(len(counts))
    weights[present] = counts.sum() / (present.sum() * counts[present])
    return weights


def check(material: Material) -> Iterator[Finding]:
    """Uneven classes, with weights, and classes with hardly any images."""
    names = material.dataset.class_names
    training = material.parts == _TRAIN
    counts = np.bincount(material.labels[training], minlength=len(names))
    few = [place for place in range(len(names)) if counts[place] < _FEW]
    if few:
        shown = ", ".join(f"{names[one]} ({counts[one]})" for one in few[:5])
        yield Finding(
            "few_images",
            Severity.SERIOUS if (counts == 0).any() else Severity.WARNING,
            f"{counted(len(few), 'class').replace('classs', 'classes')} with fewer than {_FEW} images for training",
            f"So few pictures are learned by heart and not understood: {shown}{' …' if len(few) > 5 else ''}",
            evidence=tuple((names[one], int(counts[one])) for one in few),
            advice="Collect more images of them, or leave these classes out.",
        )
    present = counts[counts > 0]
    if len(present) < 2 or present.max() < _UNEVEN * present.min():
        return
    ratio = float(present.max() / present.min())
    weights = class_weights(counts)
    largest, smallest = int(counts.argmax()), int(np.where(counts > 0, counts, counts.max() + 1).argmin())
    yield Finding(
        "imbalance",
        Severity.SERIOUS if ratio >= _VERY_UNEVEN else Severity.WARNING,
        f"{names[largest]} has {ratio:.0f} times as many images for training as {names[smallest]}",
        "A network that always says the largest class is right most of the time: it learns the small classes badly, "
        "and the accuracy does not show it.",
        evidence=(
            ("ratio", round(ratio, 2)),
            *((f"images of {name}", int(count)) for name, count in zip(names, counts, strict=True)),
            *((f"weight of {name}", round(float(one), 3)) for name, one in zip(names, weights, strict=True)),
        ),
        cures=_even(material, np.flatnonzero(training), counts),
        advice="Collect more images of the small classes, or let them count more in the loss, by the class weights "
        "listed here. Look at the accuracy of each class, not only at the whole.",
    )


def _even(material: Material, training: Array, counts: Array) -> tuple[Cure, ...]:
    """Leaving out what the larger classes have too much, where enough is left."""
    least = int(counts.min())
    if least < _ENOUGH or least * len(counts) < counts.sum() * _MOST_LOST:
        return ()
    rng = np.random.default_rng(0)
    surplus: list[int] = []
    for label in range(len(counts)):
        members = training[material.labels[training] == label]
        surplus.extend(rng.permutation(members)[least:].tolist())
    return (Cure(f"Leave {counted(len(surplus))} of the larger classes out", excluded=material.ids(sorted(surplus))),)
