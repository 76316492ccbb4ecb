"""Splitting: which image is for training, validation and test.

Images are drawn class by class, in the order of a hash of (seed, id): an image that is added or taken away moves few
others. Groups are dealt one after the other, large ones first, each to the cell that lacks most of its classes, as
measured against the cells' shares of each class.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from engine.data.grouping import group_names
from engine.data.split import PARTS, Curation, Part, Split
from engine.data.words import few

LEFT_OUT: Final = 255
"""Stands in a dataset's `parts` for an image that the user excluded."""

_TRAIN, _VALIDATION, _TEST = (PARTS.index(one) for one in (Part.TRAIN, Part.VALIDATION, Part.TEST))

Array = np.ndarray[Any, Any]


def divide(
    ids: Sequence[str],
    labels: Array,
    folders: Sequence[Part | None],
    split: Split,
    curation: Curation,
    drawn: Array | None = None,
) -> Array:
    """The part of every image.

    A class of three images or more has at least one in each part whose share is not 0; one image alone is for
    training. Of a class with as many groups as there are parts, each part has one. What the folders or the user say
    of an image counts more than its group.

    Args:
        ids: Image ids.
        labels: int, (images,).
        folders: The part that each image's folder says, or None.
        split: The rule.
        curation: The user's exclusions and overrides.
        drawn: `draw_places` of the split's seed and these ids, where it is known already.

    Returns:
        uint8, (images,): index into `PARTS`, or `LEFT_OUT`.
    """
    parts = np.full(len(ids), _TRAIN, np.uint8)
    kept = np.ones(len(ids), bool)
    if curation.excluded:
        excluded = set(curation.excluded)
        kept[:] = [one not in excluded for one in ids]
    said = said_parts(folders, split)
    if said:
        parts[:] = [PARTS.index(one) if one in said else _TRAIN for one in folders]
    members = np.flatnonzero(kept & (parts == _TRAIN))
    if split.groups == "none":
        order = draw_places(split.seed, ids) if drawn is None else drawn
        parts[members] = _by_image(order[members], labels[members], split, said)
    else:
        numbers = members.tolist()
        names = group_names([ids[one] for one in numbers], [folders[one] for one in numbers], split)
        parts[members] = _by_group(names, labels[members], split, said)
    if curation.parts:
        chosen = dict(curation.parts)
        for index, id in enumerate(ids):
            if id in chosen:
                parts[index] = PARTS.index(chosen[id])
    parts[~kept] = LEFT_OUT
    return parts


def said_parts(folders: Sequence[Part | None], split: Split) -> set[Part]:
    """The parts that the source's folders say and the rule obeys: all but training, or the test's alone for folds."""
    obeyed = {"folders": {Part.VALIDATION, Part.TEST}, "k-fold": {Part.TEST}}.get(split.rule, set())
    return obeyed & {one for one in set(folders) if one is not None}


def told(
    ids: Sequence[str], labels: Array, folders: Sequence[Part | None], split: Split, names: Sequence[str], parts: Array
) -> list[str]:
    """What the user should know of folds and groups that could not be made as they were asked for, in sentences.

    Args:
        ids: As for `divide`, and so are `labels`, `folders` and `split`.
        names: The names of the classes.
        parts: What `divide` gave.
    """
    grouped, folded = split.groups != "none", split.rule == "k-fold"
    if not grouped and not folded:
        return []
    kept = np.flatnonzero(parts != LEFT_OUT)
    numbers, in_part = kept.tolist(), parts[kept]
    groups = group_names([ids[one] for one in numbers], [folders[one] for one in numbers], split)
    unit = "group" if grouped else "image"
    found = []
    said = said_parts(folders, split)
    wanted = {Part.VALIDATION} if folded or (split.validation > 0 and Part.VALIDATION not in said) else set()
    wanted |= {Part.TEST} if split.test > 0 and not said else set()
    for part in sorted(wanted, key=PARTS.index):
        if not (in_part == PARTS.index(part)).any():
            there = len(set(groups))
            scarce = f"there {'is' if there == 1 else 'are'} only {there} {unit}{'' if there == 1 else 's'}"
            found.append(f"No image is left for {part.value}: {scarce}.")
    if folded:
        held: list[set[str]] = [set() for _ in names]
        for group, label, part in zip(groups, labels[kept].tolist(), in_part.tolist(), strict=True):
            if part != _TEST:
                held[label].add(group)
        short = [name for name, own in zip(names, held, strict=True) if len(own) < split.folds]
        if short:
            found.append(f"Fewer than {split.folds} {unit}s in {few(short)}: some folds have none to check on.")
    if grouped:
        met: dict[str, int] = {}
        crossing = {
            group for group, part in zip(groups, in_part.tolist(), strict=True) if met.setdefault(group, part) != part
        }
        if crossing:
            told = f"The group {min(crossing)} stands" if len(crossing) == 1 else f"{len(crossing):,} groups stand"
            found.append(f"{told} in several parts, as the folders or your own choices say.")
    return found


def _by_image(order: Array, labels: Array, split: Split, said: set[Part]) -> Array:
    """The parts of images that are drawn one by one in this order, of what the folders do not say."""
    test = 0.0 if said else split.test
    classes = _by_class(order, labels)
    if split.rule == "k-fold":
        return _of_folds(_folds(classes, len(labels), test, split.folds), split)
    validation = 0.0 if Part.VALIDATION in said else split.validation
    parts = np.full(len(labels), _TRAIN, np.uint8)
    for members in classes:
        for_test = _share(len(members), test)
        for_validation = min(_share(len(members), validation), max(0, len(members) - for_test - 1))
        parts[members[:for_test]] = _TEST
        parts[members[for_test : for_test + for_validation]] = _VALIDATION
    return parts


def _by_group(names: Sequence[str], labels: Array, split: Split, said: set[Part]) -> Array:
    """The parts of images whose groups have these names, of what the folders do not say."""
    test = 0.0 if said else split.test
    if split.rule == "k-fold":
        shares = (*((1.0 - test) / split.folds for _ in range(split.folds)), test)
        return _of_folds(_dealt(names, labels, shares, split.seed), split)
    validation = 0.0 if Part.VALIDATION in said else split.validation
    return _dealt(names, labels, (max(0.0, 1.0 - validation - test), validation, test), split.seed)


def _of_folds(cells: Array, split: Split) -> Array:
    """The part of each image by its fold from 0, or the number of folds for the test."""
    parts = np.full(split.folds + 1, _TRAIN, np.uint8)
    parts[split.fold - 1], parts[-1] = _VALIDATION, _TEST
    return parts[cells]


def _folds(classes: Sequence[Array], images: int, test: float, folds: int) -> Array:
    """The fold of each image from 0, or the number of folds for the test; folds differ by one image at most."""
    cells, first = np.zeros(images, np.int64), 0
    for members in classes:
        for_test = _share(len(members), test)
        cells[members[:for_test]] = folds
        least, more = divmod(len(members) - for_test, folds)
        sizes = [least + ((fold - first) % folds < more) for fold in range(folds)]
        cells[members[for_test:]] = np.repeat(np.arange(folds), sizes)
        first = (first + more) % folds
    return cells


def _by_class(order: Array, labels: Array) -> list[Array]:
    """The indexes of each class's images, as they are drawn."""
    ends = np.cumsum(np.bincount(labels))
    return np.split(np.lexsort((order, labels)), ends[:-1]) if len(ends) else []


def _dealt(names: Sequence[str], labels: Array, shares: Sequence[float], seed: int) -> Array:
    """The cell of each image, such that images of one name are in one cell.

    Args:
        names: The group of each image.
        labels: int, (images,).
        shares: The share of the images that each cell is to have.
        seed: Decides the order of groups of like size.

    Returns:
        int64, (images,): index into `shares`.
    """
    numbers: dict[str, int] = {}
    groups = np.array([numbers.setdefault(name, len(numbers)) for name in names], np.int64)
    if not len(groups):
        return groups
    classes, counts, mixed = _contents(groups, labels)
    size_class = np.frexp(np.bincount(groups))[1]  # 1 image, 2 or 3, 4 to 7 ...: the seed still decides within them
    order = np.lexsort((draw_places(seed, list(numbers)), -size_class))
    totals = np.bincount(labels).tolist()
    missing = [[total * share if share > 0 else -math.inf for share in shares] for total in totals]
    overall = [len(groups) * share for share in shares]
    cell_of = np.zeros(len(numbers), np.int64)
    cells = []
    for group, label, count in zip(order.tolist(), classes[order].tolist(), counts[order].tolist(), strict=True):
        several = mixed.get(group) if mixed else None
        if several is None:
            scores = missing[label]
            cell = _lacking_most(scores, overall)
            scores[cell] -= count
            overall[cell] -= count
        else:
            weighted = [(number / totals[one], missing[one]) for one, number in several]
            scores = [sum(weight * row[cell] for weight, row in weighted) for cell in range(len(shares))]
            cell = _lacking_most(scores, overall)
            for one, number in several:
                missing[one][cell] -= number
                overall[cell] -= number
        cells.append(cell)
    cell_of[order] = cells
    _leave_none_empty(order, classes, cell_of, shares)
    return cell_of[groups]


def _lacking_most(scores: list[float], overall: list[float]) -> int:
    """The cell of the highest score; of several the one that lacks most images of any class, then the first."""
    best = max(scores)
    cell = scores.index(best)
    if scores.count(best) > 1:
        for other in range(cell + 1, len(scores)):
            if scores[other] == best and overall[other] > overall[cell]:
                cell = other
    return cell


def _contents(groups: Array, labels: Array) -> tuple[Array, Array, dict[int, list[tuple[int, int]]]]:
    """The class that each group has most images of, how many, and all (class, images) of groups of several classes."""
    classes = int(labels.max()) + 1
    both = np.sort(groups * classes + labels)
    starts = np.flatnonzero(np.diff(both, prepend=-1))
    owners, own, counts = both[starts] // classes, both[starts] % classes, np.diff(starts, append=len(both))
    largest_first = np.lexsort((own, -counts, owners))
    first = largest_first[np.flatnonzero(np.diff(owners[largest_first], prepend=-1))]
    mixed: dict[int, list[tuple[int, int]]] = {}
    several = np.flatnonzero(np.bincount(owners)[owners] > 1)
    for group, label, count in zip(
        owners[several].tolist(), own[several].tolist(), counts[several].tolist(), strict=True
    ):
        mixed.setdefault(group, []).append((label, count))
    return own[first], counts[first], mixed


def _leave_none_empty(order: Array, classes: Array, cell_of: Array, shares: Sequence[float]) -> None:
    """Give each cell a group of each class that has enough of them: the smallest of the cell that has most."""
    cells = [cell for cell, share in enumerate(shares) if share > 0 or cell == 0]
    held = np.bincount(classes * len(shares) + cell_of, minlength=(int(classes.max()) + 1) * len(shares))
    held = held.reshape(-1, len(shares))[:, cells]
    for label in np.flatnonzero((held == 0).any(axis=1) & (held.sum(axis=1) > 0)):
        groups = order[classes[order] == label]
        inside = {cell: groups[cell_of[groups] == cell].tolist() for cell in cells}
        for cell in cells:
            most = max(inside.values(), key=len)
            if not inside[cell] and (len(most) > 1 or cell == 0):
                cell_of[most[-1]] = cell
                inside[cell].append(most.pop())


def _share(images: int, share: float) -> int:
    if share == 0.0 or images < 3:
        return 0
    return min(max(1, round(images * share)), images - 1)


def draw_places(seed: int, names: Sequence[str]) -> Array:
    """uint64 for each name: a hash of (seed, name), by which images and groups are drawn."""
    start, blake2b = f"{seed}:", hashlib.blake2b
    made = [blake2b((start + name).encode("utf-8", "surrogateescape"), digest_size=8).digest() for name in names]
    return np.frombuffer(b"".join(made), ">u8").astype(np.uint64)
