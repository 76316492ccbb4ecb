"""What the engine keeps open between jobs: the last few datasets, so that looking again is quick."""

from __future__ import annotations

import dataclasses
import threading
from typing import TYPE_CHECKING, Final

from engine.data.dataset import Dataset, DatasetSpec, same_images
from engine.jobs import Context

if TYPE_CHECKING:
    from engine.data.curating import Material

_KEPT: Final = 3


class OpenDatasets:
    """The datasets opened last; for jobs of several lanes at once."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._kept: list[tuple[frozenset[DatasetSpec], Dataset]] = []
        """Newest first, each under the spec that was asked for and the one that it became."""
        self._opening: set[DatasetSpec] = set()

    def get(self, spec: DatasetSpec, context: Context) -> Dataset:
        """The dataset as it was opened last, or opened now; raises EngineError where that is impossible.

        One that differs from an opened one in curation and split at most is made of that, and nothing is read.
        """
        with self._changed:
            self._wait_for(spec, context)
            for specs, dataset in self._kept:
                if spec in specs:
                    return dataset
            alike = self._alike(spec)
            if alike is None:
                self._opening.add(spec)
        return self._open(spec, context) if alike is None else self._curated(spec, alike)

    def material(self, spec: DatasetSpec, context: Context) -> Material:
        """What was read of the source of `spec`, whatever its curation and split."""
        with self._changed:
            dataset = self._alike(spec)
        found = (dataset or self.get(spec, context)).material
        assert found is not None, "a dataset that was opened has it"
        return found

    def _alike(self, spec: DatasetSpec) -> Dataset | None:
        """A dataset of the same images."""
        for specs, dataset in self._kept:
            if dataset.material is not None and any(same_images(one, spec) for one in specs):
                return dataset
        return None

    def _curated(self, spec: DatasetSpec, alike: Dataset) -> Dataset:
        assert alike.material is not None, "only such are alike"
        dataset = alike.material.curated(dataclasses.replace(spec, preprocessing=alike.spec.preprocessing))
        with self._changed:
            self._keep(spec, dataset)
        return dataset

    def _keep(self, spec: DatasetSpec, dataset: Dataset) -> None:
        def outdated(other: Dataset) -> bool:
            """Whether it was read earlier: what is on the disk now may be something else."""
            read_together = dataset.material is not None and other.material is dataset.material
            return same_images(other.spec, dataset.spec) and not read_together

        names = frozenset({spec, dataset.spec})
        others = [(specs - names, one) for specs, one in self._kept if specs - names and not outdated(one)]
        self._kept = [(names, dataset), *others][:_KEPT]

    def peek(self, spec: DatasetSpec) -> Dataset | None:
        """The dataset as it was opened last, or None; opens nothing."""
        with self._changed:
            return next((dataset for specs, dataset in self._kept if spec in specs), None)

    def open(self, spec: DatasetSpec, context: Context) -> Dataset:
        """The dataset as it is on the disk now."""
        with self._changed:
            self._wait_for(spec, context)
            self._opening.add(spec)
        return self._open(spec, context)

    def _open(self, spec: DatasetSpec, context: Context) -> Dataset:
        from engine.data.opening import open_dataset

        try:
            dataset = open_dataset(spec, context)
            with self._changed:
                self._keep(spec, dataset)
        finally:
            with self._changed:
                self._opening.discard(spec)
                self._changed.notify_all()
        return dataset

    def forget(self) -> None:
        """Let go of all, so that their files can be deleted."""
        with self._changed:
            self._kept.clear()

    def _wait_for(self, spec: DatasetSpec, context: Context) -> None:
        """Wait while another job opens the same dataset; raises Cancelled where the user gives up."""
        while spec in self._opening:
            self._changed.wait(0.1)
            context.check()


DATASETS: Final = OpenDatasets()
"""Those of this process."""
