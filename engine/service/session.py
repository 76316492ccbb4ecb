"""What the engine keeps open between jobs: the last few datasets, so that looking again is quick."""

from __future__ import annotations

import threading
from typing import Final

from engine.data.dataset import Dataset, DatasetSpec
from engine.jobs import Context

_KEPT: Final = 3


class OpenDatasets:
    """The datasets opened last; for jobs of several lanes at once."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._kept: list[tuple[frozenset[DatasetSpec], Dataset]] = []
        """Newest first, each under the spec that was asked for and the one that it became."""
        self._opening: set[DatasetSpec] = set()

    def get(self, spec: DatasetSpec, context: Context) -> Dataset:
        """The dataset as it was opened last, or opened now; raises EngineError where that is impossible."""
        with self._changed:
            self._wait_for(spec, context)
            for specs, dataset in self._kept:
                if spec in specs:
                    return dataset
            self._opening.add(spec)
        return self._open(spec, context)

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
                names = frozenset({spec, dataset.spec})
                others = [(specs - names, one) for specs, one in self._kept if specs - names]
                self._kept = [(names, dataset), *others][:_KEPT]
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
