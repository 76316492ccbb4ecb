"""Scanning: what a source holds, and what is wrong with it."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.data.dataset import Dataset, DatasetSpec, Unreadable
from engine.data.doctor.duplicates import Duplicate
from engine.data.doctor.examining import Examination, examine
from engine.data.doctor.finding import Finding
from engine.data.opening import open_dataset
from engine.data.source import Source
from engine.jobs import Context, Quiet


@dataclass(frozen=True)
class ScanReport:
    """What `main.py scan` says.

    Attributes:
        classes: Images of each class.
        images: Readable images.
        shape: The input that is proposed, (height, width, channels).
        notes: What the user should know, in sentences.
        examination: What the dataset doctor found.
    """

    source: Source
    classes: dict[str, int]
    images: int
    shape: tuple[int, ...]
    unreadable: tuple[Unreadable, ...]
    notes: tuple[str, ...]
    examination: Examination
    seconds: float

    @property
    def duplicates(self) -> tuple[Duplicate, ...]:
        """Every group of copies."""
        return self.examination.duplicates

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, worst first."""
        return self.examination.findings

    def to_json(self) -> dict[str, Any]:
        """The report as JSON types."""
        return {
            "source": self.source.location,
            "classes": self.classes,
            "images": self.images,
            "shape": list(self.shape),
            "unreadable": [{"path": one.path, "why": one.why} for one in self.unreadable],
            "duplicates": [dataclasses.asdict(one) | {"paths": list(one.paths)} for one in self.duplicates],
            "findings": [one.to_json() for one in self.findings],
            "notes": list(self.notes),
            "seconds": round(self.seconds, 3),
        }


def scan(
    spec: DatasetSpec,
    context: Context | None = None,
    *,
    opened: Callable[[DatasetSpec, Context], Dataset] = open_dataset,
    more: Iterable[Finding] = (),
) -> ScanReport:
    """Look through a dataset.

    Args:
        spec: What to look through; images that its curation leaves out are not looked at.
        context: Progress and Cancel.
        opened: Opens it.
        more: Findings from elsewhere, to stand in the report too.

    Raises:
        EngineError: where it cannot be opened at all.
    """
    started = time.monotonic()
    context = context or Quiet()
    dataset = opened(spec, context)
    counts = np.bincount(dataset.labels, minlength=len(dataset.class_names))
    examination = examine(dataset, context, more)
    return ScanReport(
        dataset.spec.source,
        {name: int(count) for name, count in zip(dataset.class_names, counts, strict=True)},
        len(dataset.ids),
        dataset.shape,
        dataset.unreadable,
        dataset.notes,
        examination,
        time.monotonic() - started,
    )
