"""A finding: one thing that is wrong with a dataset, with its images, its numbers and its cures."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.data.split import Curation, Part


class Severity(enum.StrEnum):
    """How bad it is."""

    SERIOUS = "serious"
    WARNING = "warning"
    NOTE = "note"


ORDER = tuple(Severity)
"""Worst first."""


@dataclass(frozen=True)
class Cure:
    """A change of the curation that mends a finding; called with a curation it gives the new one.

    Attributes:
        title: What it does, as a button says it: "Leave the copies out".
        excluded: Ids of images to leave out.
        moved: (image id, part) pairs.
        labelled: (image id, class name) pairs.
    """

    title: str
    excluded: tuple[str, ...] = ()
    moved: tuple[tuple[str, Part], ...] = ()
    labelled: tuple[tuple[str, str], ...] = ()

    def __call__(self, curation: Curation) -> Curation:
        changed = curation.exclude(self.excluded) if self.excluded else curation
        for part in {part for _, part in self.moved}:
            changed = changed.move([id for id, one in self.moved if one is part], part)
        for name in sorted({name for _, name in self.labelled}):
            changed = changed.label([id for id, one in self.labelled if one == name], name)
        return changed

    @property
    def images(self) -> int:
        """How many images it changes."""
        return len({*self.excluded, *(id for id, _ in self.moved), *(id for id, _ in self.labelled)})


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes:
        kind: Which check's: "near_duplicates", "dark" ...
        title: What was found, in a sentence without a full stop.
        why: Why it matters, in a sentence or two.
        images: Ids of the images concerned, worst first; paths where a file could not become an image.
        captions: One for each image, or none: what is special about it.
        groups: Ids that belong together, such as copies; () where images stand alone.
        suggestions: For each image the class that it probably is of, where the label is doubted; else ().
        evidence: (what, figure) pairs.
        cures: What mends it with one click.
        advice: What else to do, in words; "" where the cures say all.
    """

    kind: str
    severity: Severity
    title: str
    why: str
    images: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    suggestions: tuple[str, ...] = ()
    evidence: tuple[tuple[str, float | int | str], ...] = ()
    cures: tuple[Cure, ...] = ()
    advice: str = ""

    def caption(self, place: int) -> str:
        """What is special about one of the images, or ""."""
        return self.captions[place] if self.captions else ""

    def to_json(self) -> dict[str, Any]:
        """The finding as JSON types."""
        return {
            "kind": self.kind,
            "severity": self.severity.value,
            "title": self.title,
            "why": self.why,
            "images": list(self.images),
            "captions": list(self.captions),
            "groups": [list(one) for one in self.groups],
            "suggestions": list(self.suggestions),
            "evidence": dict(self.evidence),
            "cures": [{"title": one.title, "images": one.images} for one in self.cures],
            "advice": self.advice,
        }


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """Sorted by severity; of the same severity in the order in which they came."""
    return sorted(findings, key=lambda one: ORDER.index(one.severity))


def share(part: float) -> str:
    """0.912 as "91 %"; less than one in a hundred with a digit more."""
    return f"{part * 100:.0f} %" if part >= 0.01 or not part else f"{part * 100:.1f} %"
