"""What every check looks at: a dataset, what was measured of its images, and what their files say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from engine.data.dataset import Dataset
from engine.data.doctor.measuring import Measures, measure
from engine.data.doctor.originals import FileFacts, read_facts
from engine.data.splitting import LEFT_OUT
from engine.jobs import Context

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Material:
    """A dataset under examination. Images that the user left out are not looked at.

    Attributes:
        kept: int64: indexes into the dataset of what is looked at, its rows.
        measures: A figure of each row.
        facts: What the files say, of all rows or, where they are many, of some drawn by chance.
    """

    dataset: Dataset
    kept: Array
    measures: Measures
    facts: FileFacts

    @cached_property
    def labels(self) -> Array:
        """int32: the class of each row."""
        labels: Array = self.dataset.labels[self.kept]
        return labels

    @cached_property
    def parts(self) -> Array:
        """uint8: the part of each row."""
        parts: Array = self.dataset.parts[self.kept]
        return parts

    def ids(self, rows: Iterable[int]) -> tuple[str, ...]:
        """Image ids of some rows."""
        return tuple(self.dataset.ids[int(self.kept[row])] for row in rows)

    def class_name(self, row: int) -> str:
        """The class of a row."""
        return self.dataset.class_names[int(self.labels[row])]


def gather(dataset: Dataset, context: Context) -> Material:
    """Measure a dataset; raises Cancelled where the user ended it."""
    kept = np.flatnonzero(dataset.parts != LEFT_OUT)
    measures = measure(dataset.images, kept, context)
    return Material(dataset, kept, measures, read_facts(dataset, kept, context))
