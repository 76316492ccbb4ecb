"""Jobs of the dataset doctor."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from engine.data.dataset import DatasetSpec
from engine.inspection.results import TrainedRef
from engine.jobs import Context, Job, Lane
from engine.service.session import DATASETS

if TYPE_CHECKING:
    from engine.data.doctor.examining import Examination
    from engine.data.doctor.finding import Finding
    from engine.data.scanning import ScanReport


@dataclass(frozen=True)
class Examine(Job):
    """Look for everything that is wrong with a dataset; partial results are `Finding`s; gives an `Examination`.

    It has the lane of inspection, so that thumbnails are read meanwhile.

    Attributes:
        runs: The folder of a project's runs; the labels are compared with the answers of the newest one, where there
            is one.
    """

    title: ClassVar[str] = "Examining the images"
    lane: ClassVar[Lane] = Lane.INSPECTION

    data: DatasetSpec
    runs: Path | None = None

    def run(self, context: Context) -> Examination:
        from engine.data.doctor.examining import examine

        dataset = DATASETS.get(self.data, context)
        ref = None if self.runs is None else newest(self.runs)
        return examine(dataset, context, _doubts(self.data, ref, context))


@dataclass(frozen=True)
class Scan(Job):
    """What a dataset holds and what is wrong with it; gives a `ScanReport`."""

    title: ClassVar[str] = "Looking through the images"
    lane: ClassVar[Lane] = Lane.DATA

    data: DatasetSpec
    trained: TrainedRef | None = None

    def run(self, context: Context) -> ScanReport:
        from engine.data.scanning import scan

        doubts = _doubts(self.data, self.trained, context)
        return scan(self.data, context, opened=DATASETS.open, more=doubts)


def newest(runs: Path) -> TrainedRef | None:
    """The best weights of the newest run in a project's `runs` folder, or None."""
    from engine.runs.folder import list_runs

    found = [one for one in list_runs(runs) if one.has_weights]
    return TrainedRef(found[-1].folder) if found else None


def _doubts(data: DatasetSpec, ref: TrainedRef | None, context: Context) -> Iterator[Finding]:
    if ref is None:
        return
    from engine.inspection.doubting import doubted
    from engine.inspection.trained import Trained

    trained = Trained.load(ref)
    as_trained = dataclasses.replace(data, preprocessing=trained.plan.preprocessing)
    yield from doubted(trained, DATASETS.get(as_trained, context), context)
