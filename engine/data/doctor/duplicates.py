"""Duplicates: the same image more than once, byte for byte or only nearly."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from engine.data.doctor.alignment import pictures, same
from engine.data.doctor.finding import Cure, Finding, Severity
from engine.data.doctor.material import Material
from engine.data.doctor.neighbours import candidates
from engine.data.doctor.threads import in_order
from engine.data.split import PARTS, Part
from engine.data.words import counted
from engine.images.decoding import UnreadableImage
from engine.jobs import Context

Array = np.ndarray[Any, Any]

EXACT: Final = "exact"
NEAR: Final = "near"

_PLAIN: Final = 4.0
"""Images whose brightness varies less than this are blank: all of them are alike, and copies of none."""
_PAIRS: Final = 128


@dataclass(frozen=True)
class Duplicate:
    """Files that hold the same image.

    Attributes:
        paths: Their ids, sorted.
        kind: "exact": the same bytes; "near": resized, compressed or saved anew, or cut by a little.
        crosses_classes: Whether they stand in different classes, so that at least one label is wrong.
        crosses_splits: Whether one is for training and another for checking, so that the check is too kind.
    """

    paths: tuple[str, ...]
    kind: str
    crosses_classes: bool
    crosses_splits: bool


def find_duplicates(material: Material, context: Context) -> list[Duplicate]:
    """All groups of copies, exact ones first; a near group holds one of each group of exact copies."""
    by_pixels: dict[bytes, list[int]] = defaultdict(list)
    for row, digest in enumerate(material.measures.digest.tolist()):
        by_pixels[bytes(digest)].append(row)
    equal = [rows for rows in by_pixels.values() if len(rows) > 1]
    exact: list[list[int]] = []
    near: list[tuple[int, int]] = []
    for done, rows in enumerate(equal):
        context.progress(done, len(equal), "copies compared")
        by_bytes = _by_bytes(material, rows)
        exact.extend(one for one in by_bytes if len(one) > 1)
        if material.measures.contrast[rows[0]] >= _PLAIN:
            near.extend((by_bytes[0][0], one[0]) for one in by_bytes[1:])
    firsts = np.array(sorted(rows[0] for rows in by_pixels.values()), np.int64)
    near.extend(_near_pairs(material, firsts[material.measures.contrast[firsts] >= _PLAIN], context))
    joined = _joined(near)
    return [_duplicate(material, rows, EXACT) for rows in exact] + [_duplicate(material, rows, NEAR) for rows in joined]


def _by_bytes(material: Material, rows: Sequence[int]) -> list[list[int]]:
    """Rows of equal pixels, by what their source holds; in the order of their first."""
    if material.dataset.spec.source.is_sample:
        return [list(rows)]
    found: dict[bytes, list[int]] = {}
    for row in rows:
        try:
            original = material.dataset.original(int(material.kept[row]))
        except UnreadableImage:
            continue
        data = original if isinstance(original, bytes) else np.ascontiguousarray(original).tobytes()
        found.setdefault(hashlib.sha256(data).digest(), []).append(row)
    return list(found.values()) or [[rows[0]]]


def _near_pairs(material: Material, rows: Array, context: Context) -> Iterator[tuple[int, int]]:
    """Pairs that look alike in the rough, confirmed on their pixels."""
    measures = material.measures
    pairs = candidates(measures.sketch[rows], measures.colour[rows], context)

    def confirmed(start: int) -> list[tuple[int, int]]:
        some = rows[pairs[start : start + _PAIRS]]
        first, second = (pictures(np.asarray(material.dataset.images[material.kept[one]])) for one in some.T)
        return [(one, other) for one, other in some[same(first, second)].tolist()]

    for done, found in enumerate(in_order(confirmed, range(0, len(pairs), _PAIRS))):
        context.progress(done * _PAIRS, len(pairs), "pairs compared")
        yield from found


def _joined(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Groups of what hangs together by pairs, each sorted."""
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for first, second in pairs:
        low, high = sorted((root(first), root(second)))
        parent[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for one in sorted(parent):
        groups[root(one)].append(one)
    return list(groups.values())


def _duplicate(material: Material, rows: Sequence[int], kind: str) -> Duplicate:
    labels, parts = material.labels[list(rows)], material.parts[list(rows)]
    crosses_splits = bool((parts != parts[0]).any())
    return Duplicate(tuple(sorted(material.ids(rows))), kind, bool((labels != labels[0]).any()), crosses_splits)


def check(material: Material, duplicates: Sequence[Duplicate]) -> Iterator[Finding]:
    """Findings on copies: those in different classes, those in different parts of the split, and the others."""
    classes = {id: material.class_name(row) for row, id in enumerate(material.ids(range(len(material.kept))))}
    parts = dict(zip(classes, material.parts.tolist(), strict=True)) if duplicates else {}
    for kind in (EXACT, NEAR):
        groups = [one for one in duplicates if one.kind == kind]
        across = [one for one in groups if one.crosses_classes]
        split = [one for one in groups if one.crosses_splits and not one.crosses_classes]
        rest = [one for one in groups if not one.crosses_splits and not one.crosses_classes]
        words = "the same file" if kind == EXACT else "nearly the same picture"
        if across:
            yield _finding(
                across,
                "in_classes",
                Severity.SERIOUS,
                f"{_groups(across)} {words} in different classes",
                "One picture cannot be of two classes: at least one label of each group is wrong, and the network is "
                "taught both.",
                [classes[id] for one in across for id in one.paths],
                _relabelled(across, classes),
                "Look at each group: leave out the copies with the wrong label, or relabel them.",
            )
        if split:
            yield _finding(
                split,
                "in_parts",
                Severity.SERIOUS,
                f"{_groups(split)} {words} in training and in a part that checks it",
                "The network is tested with pictures that it has learned by heart, so the measured accuracy is too "
                "high.",
                [str(PARTS[parts[id]]) for one in split for id in one.paths],
                [_all_in_training(split)],
                "",
            )
        if rest:
            yield _finding(
                rest,
                "",
                Severity.WARNING if kind == EXACT else Severity.NOTE,
                f"{_groups(rest)} {words} more than once",
                "What stands there twice counts twice: the network attends more to these pictures than to the others.",
                [classes[id] for one in rest for id in one.paths],
                [],
                "",
            )


def _groups(found: Sequence[Duplicate]) -> str:
    return f"{counted(len(found), 'group')} of images {'shows' if len(found) == 1 else 'show'}"


def _finding(
    groups: Sequence[Duplicate],
    crossing: str,
    severity: Severity,
    title: str,
    why: str,
    captions: Sequence[str],
    cures: Sequence[Cure],
    advice: str,
) -> Finding:
    images = tuple(id for one in groups for id in one.paths)
    if crossing == "in_classes":
        leave = Cure("Leave all of them out", excluded=images)
    else:
        leave = Cure("Leave the copies out", excluded=tuple(id for one in groups for id in one.paths[1:]))
    return Finding(
        "_".join(one for one in (groups[0].kind, "duplicates", crossing) if one),
        severity,
        title,
        why,
        images,
        tuple(captions),
        tuple(one.paths for one in groups),
        evidence=(("groups", len(groups)), ("images", len(images))),
        cures=(*cures, leave),
        advice=advice,
    )


def _all_in_training(groups: Sequence[Duplicate]) -> Cure:
    return Cure("Move all of them into training", moved=tuple((id, Part.TRAIN) for one in groups for id in one.paths))


def _relabelled(groups: Sequence[Duplicate], classes: dict[str, str]) -> list[Cure]:
    """Where most copies of a group agree on a class, the others can follow."""
    changes: list[tuple[str, str]] = []
    for one in groups:
        (name, votes), *_ = Counter(classes[id] for id in one.paths).most_common()
        if votes * 2 > len(one.paths):
            changes.extend((id, name) for id in one.paths if classes[id] != name)
    return [Cure("Relabel as most of their copies are", labelled=tuple(changes))] if changes else []
