"""Quality: blank, dark, washed-out and blurred images."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from engine.data.doctor.finding import Cure, Finding, Severity
from engine.data.doctor.material import Array, Material
from engine.data.words import counted

_BLANK: Final = 3.0
"""Standard deviation of the brightness, of 255, under which nothing is to be seen."""
_DARK: Final = 50.0
"""Where even the brightest field is darker, the image is."""
_BRIGHT: Final = 225.0
_BLURRED: Final = 0.05
"""Sharpness against the dataset's median: a blurred image has less than this share of it."""
_SOFT: Final = 0.03
"""And less than this itself; a drawing of large plain areas has 0.05 and more."""
_USUAL: Final = 0.25
"""What is so of more than this share of the images is their nature and no fault."""


def check(material: Material) -> Iterator[Finding]:
    """Up to four findings, each with its images, worst first."""
    measures = material.measures
    blank = measures.contrast < _BLANK
    dark = ~blank & (measures.brightest < _DARK)
    bright = ~blank & (measures.darkest > _BRIGHT)
    plain = blank | dark | bright
    yield from _found(
        material,
        "blank",
        blank,
        measures.contrast,
        "blank",
        "There is nothing to see in them, but each has a label: the network learns chance.",
    )
    yield from _found(
        material,
        "dark",
        dark,
        measures.brightest,
        "very dark",
        "Hardly anything can be told apart in them, for you or for the network.",
    )
    yield from _found(
        material,
        "bright",
        bright,
        -measures.darkest,
        "washed out",
        "They are so bright that hardly anything can be told apart in them.",
    )
    blurred = ~plain & _blurred(measures.sharpness, plain)
    yield from _found(
        material,
        "blurred",
        blurred,
        measures.sharpness,
        "blurred",
        "They are far less sharp than the others. The network may learn the blur in place of the thing, above all "
        "where one class has more of them.",
    )


def _blurred(sharpness: Array, plain: Array) -> Array:
    if plain.all():
        return np.zeros(len(sharpness), bool)
    usual = float(np.median(sharpness[~plain]))
    blurred: Array = (sharpness < _BLURRED * usual) & (sharpness < _SOFT)
    return blurred


def _found(material: Material, kind: str, mask: Array, badness: Array, word: str, why: str) -> Iterator[Finding]:
    rows = np.flatnonzero(mask)
    if not len(rows):
        return
    usual = len(rows) > _USUAL * len(mask)
    order = rows[np.argsort(badness[rows], kind="stable")]
    ids = material.ids(order)
    yield Finding(
        kind,
        Severity.NOTE if usual else Severity.WARNING,
        f"{counted(len(rows))} {'is' if len(rows) == 1 else 'are'} {word}",
        why if not usual else f"So many are {word} that this may be how these images are. Look at some of them.",
        ids,
        tuple(material.class_name(row) for row in order),
        evidence=(("images", len(rows)), ("share", round(len(rows) / len(mask), 4))),
        cures=() if usual else (Cure("Leave them out", excluded=ids),),
    )
