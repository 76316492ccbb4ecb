"""The contents of a source: what every reader gives, before any image is decoded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from engine.data.dataset import Unreadable
from engine.data.pixels import Pixels
from engine.data.split import Part
from engine.images.proposing import Proposal


@dataclass
class Contents:
    """What a source holds, before decoding.

    Attributes:
        ids: Image ids.
        classes: The class of each image, by name.
        parts: The part that the source says, or None, for each image.
        state: Checksum over all that would make decoding again necessary.
        pixels: What decodes the images.
        notes: What was understood and left out, in sentences.
    """

    ids: Sequence[str]
    classes: Sequence[str]
    parts: Sequence[Part | None]
    state: str
    pixels: Pixels
    proposal: Proposal
    unreadable: list[Unreadable] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def state_of(facts: Iterable[tuple[object, ...]]) -> str:
    """A checksum over what tells a source from its changed self, such as names, sizes and times of its files."""
    digest = hashlib.sha256()
    for one in facts:
        digest.update(("\0".join(map(str, one)) + "\n").encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
