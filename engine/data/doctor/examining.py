"""Examining: all checks, one after the other; each finding is handed over as it comes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.data.dataset import Dataset, DatasetSpec
from engine.data.doctor import balance, duplicates, quality, shortcut, sizes, unreadable
from engine.data.doctor.duplicates import Duplicate
from engine.data.doctor.finding import Finding, worst_first
from engine.data.doctor.material import gather
from engine.jobs import Context, Quiet


@dataclass(frozen=True)
class Examination:
    """What the doctor says of a dataset.

    Attributes:
        spec: Of the dataset that was examined.
        fingerprint: Of the dataset that was examined; another one is another dataset.
        images: How many were looked at; those left out were not.
        findings: Worst first.
        duplicates: Every group of copies.
        seconds: How long it took, decoding not counted.
    """

    spec: DatasetSpec
    fingerprint: str
    images: int
    findings: tuple[Finding, ...]
    duplicates: tuple[Duplicate, ...]
    seconds: float


def examine(dataset: Dataset, context: Context | None = None, more: Iterable[Finding] = ()) -> Examination:
    """Run every check on a dataset.

    Args:
        dataset: An opened dataset.
        context: Progress and Cancel; gets every `Finding` as a partial result.
        more: Findings from elsewhere, such as labels that a trained network doubts; they come first.

    Raises:
        Cancelled: where the user ended it.
    """
    started = time.monotonic()
    context = context or Quiet()
    found: list[Finding] = []
    copies: list[Duplicate] = []

    def checks() -> Iterator[Finding]:
        yield from more
        material = gather(dataset, context)
        for check in (unreadable.check, sizes.check, balance.check, quality.check, shortcut.check):
            context.check()
            yield from check(material)
        copies.extend(duplicates.find_duplicates(material, context))
        yield from duplicates.check(material, copies)

    for one in checks():
        context.partial(one)
        found.append(one)
    return Examination(
        dataset.spec,
        dataset.fingerprint,
        int((dataset.parts < 3).sum()),
        tuple(worst_first(found)),
        tuple(copies),
        time.monotonic() - started,
    )
