"""Unreadable files: what could not become an image, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.data.doctor.finding import Finding, Severity
from engine.data.doctor.material import Material
from engine.data.words import counted


def check(material: Material) -> Iterator[Finding]:
    """One finding over all of them."""
    files = material.dataset.unreadable
    if files:
        reasons = Counter(one.why for one in files)
        yield Finding(
            "unreadable",
            Severity.WARNING,
            f"{counted(len(files), 'file')} cannot be read",
            "They are left out, so there are fewer images than the folder seems to hold; a class that loses many of "
            "them is learned less well.",
            tuple(one.path for one in files),
            tuple(one.why for one in files),
            evidence=(("files", len(files)), *reasons.most_common(5)),
            advice="Replace them with good copies, or take them out of the folder. They are never trained on.",
        )
