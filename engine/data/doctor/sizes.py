"""Sizes: how large the images were before they were made the network's input, their colours and their aspects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from engine.data.doctor.finding import Cure, Finding, Severity, share
from engine.data.doctor.material import Array, Material
from engine.data.words import counted

_ENLARGED: Final = 2.0
"""An image that is enlarged more than this is tiny."""
_OTHER_ASPECT: Final = 1.25
"""Aspects that differ by more than this factor lose or gain a fifth of the picture."""
_SHOWN: Final = 5


def check(material: Material) -> Iterator[Finding]:
    """Tiny images, mixed aspects and mixed colour modes."""
    facts = material.facts
    if not len(facts.rows):
        return
    height, width, channels = material.dataset.shape
    yield from _tiny(material, np.maximum(height / facts.heights, width / facts.widths))
    yield from _aspects(material, facts.widths / facts.heights, width / height)
    yield from _modes(material, channels)


def _tiny(material: Material, enlarged: Array) -> Iterator[Finding]:
    facts = material.facts
    tiny = np.flatnonzero(enlarged > _ENLARGED)
    if not len(tiny):
        return
    order = tiny[np.argsort(-enlarged[tiny], kind="stable")]
    ids = material.ids(facts.rows[order])
    many = len(tiny) > len(facts.rows) / 2
    height, width, _ = material.dataset.shape
    yield Finding(
        "tiny",
        Severity.NOTE if many else Severity.WARNING,
        f"{counted(len(tiny))} {'is' if len(tiny) == 1 else 'are'} tiny",
        f"They are enlarged more than twice to {height} × {width} and turn out soft: there is little in them to "
        "learn from.",
        ids,
        tuple(f"{facts.heights[one]} × {facts.widths[one]}" for one in order),
        evidence=(*_looked(material), ("smallest", f"{facts.heights[order[0]]} × {facts.widths[order[0]]}")),
        cures=() if many else (Cure("Leave them out", excluded=ids),),
        advice="Choose a smaller input size." if many else "",
    )


def _aspects(material: Material, aspects: Array, wanted: float) -> Iterator[Finding]:
    facts = material.facts
    off = np.maximum(aspects / wanted, wanted / aspects)
    other = np.flatnonzero(off > _OTHER_ASPECT)
    resize = material.dataset.spec.preprocessing.resize if material.dataset.spec.preprocessing else "crop"
    if not len(other) or resize == "pad":
        return
    happens = "cut off at their sides" if resize == "crop" else "stretched, so that round things become oval"
    order = other[np.argsort(-off[other], kind="stable")]
    common = Counter(f"{one:.2f}" for one in aspects.tolist()).most_common(_SHOWN)
    yield Finding(
        "aspects",
        Severity.NOTE if len(other) < len(aspects) / 4 else Severity.WARNING,
        f"{counted(len(other))} {'has' if len(other) == 1 else 'have'} another aspect than the network's input",
        f"They are {happens}.",
        material.ids(facts.rows[order]),
        tuple(f"{facts.heights[one]} × {facts.widths[one]}" for one in order),
        evidence=(*_looked(material), *((f"width / height {one}", count) for one, count in common)),
        advice="Choose “pad” on the page of the size, which shows every image whole.",
    )


def _modes(material: Material, channels: int) -> Iterator[Finding]:
    facts = material.facts
    modes, formats = Counter(facts.modes), Counter(facts.formats)
    colourless = {"grey", "grey with transparency", "black and white", "16 bits", "32 bits", "floating point"}
    grey = [place for place, one in enumerate(facts.modes) if one in colourless]
    figures = (*_looked(material), *modes.most_common(_SHOWN), *formats.most_common(_SHOWN))
    if channels == 3 and 0 < len(grey) < len(facts.modes):
        by_class = _share_by_class(material, grey)
        uneven = max(by_class) - min(by_class) > 0.3
        yield Finding(
            "modes",
            Severity.WARNING if uneven else Severity.NOTE,
            f"{counted(len(grey))} of {len(facts.modes):,} {'has' if len(grey) == 1 else 'have'} no colour",
            "Images with and without colour are mixed"
            + (", and not evenly over the classes: colour alone gives a class away." if uneven else "."),
            material.ids(facts.rows[grey]),
            tuple(facts.modes[one] for one in grey),
            evidence=figures,
            advice="Choose “grayscale” as the colour of the input, so that all are alike.",
        )
    strange = [place for place, one in enumerate(facts.modes) if one not in {"grey", "colour", "palette"}]
    strange = [place for place in strange if facts.modes[place] != "black and white"]
    if strange:
        yield Finding(
            "conversions",
            Severity.NOTE,
            f"{counted(len(strange))} {'is' if len(strange) == 1 else 'are'} converted on reading",
            "Transparency is laid over white, and 16-bit, floating-point and print colours become 8 bits of grey or "
            "red, green and blue. See that they look right.",
            material.ids(facts.rows[strange]),
            tuple(facts.modes[one] for one in strange),
            evidence=figures,
        )


def _share_by_class(material: Material, chosen: Sequence[int]) -> list[float]:
    """The share of the chosen files in each class that was looked at."""
    labels = material.labels[material.facts.rows]
    looked = np.bincount(labels, minlength=len(material.dataset.class_names))
    hits = np.bincount(labels[list(chosen)], minlength=len(looked))
    return [float(one) for one in hits[looked > 0] / looked[looked > 0]]


def _looked(material: Material) -> tuple[tuple[str, int | str], ...]:
    """How many files were looked into, where those were not all."""
    looked, images = len(material.facts.rows), len(material.kept)
    return () if looked == images else (("looked into", f"{looked:,} of {images:,} files ({share(looked / images)})"),)
