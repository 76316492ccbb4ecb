"""Training with a cold cache: images a second where the decoded images must come from the disk in every epoch.

Ours has its cache file thrown out of the computer's memory before each epoch, as it happens where other programs or
a larger dataset need the memory; theirs is the same run with the file left alone. The first epoch, in which the
network is compiled, is left out.
"""

from __future__ import annotations

import json
import mmap
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.bench.measuring import REPEATS, Figures, in_process, interleave, result
from tests.bench.network import cifar_plan

IMAGES, BATCH, EPOCHS = 10_000, 32, 3


def run(repeats: int = REPEATS) -> Figures:
    """Both in turns, each in a process and a home of its own."""

    def side(evicting: str) -> Figures:
        with tempfile.TemporaryDirectory() as home:
            sizes = [str(one) for one in (IMAGES, BATCH, EPOCHS)]
            return in_process("-m", "tests.bench.evicted", evicting, *sizes, env={"CONVOSCOPE_HOME": home})

    found = interleave(lambda: side("evicted"), lambda: side("kept"), repeats)
    return result("evicted", "images_per_second", found, to_reach="at least 0.8")


def evict(images: np.ndarray) -> None:
    """Throw a memory map's file out of memory, clean as it is."""
    base = images.base
    assert isinstance(base, mmap.mmap)
    base.madvise(mmap.MADV_DONTNEED)  # what this process looks at would stay
    file = os.open(images.filename, os.O_RDONLY)
    try:
        os.fsync(file)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(file)


def measure(evicting: bool, images: int, batch: int, epochs: int) -> Figures:
    """Train on decoded shapes; faults are the pages that had to be waited for."""
    from engine.data.dataset import DatasetSpec
    from engine.data.opening import open_dataset
    from engine.data.source import Source
    from engine.events import EpochEnded, RunEvent
    from engine.process import cores
    from engine.training.run import start

    dataset = open_dataset(DatasetSpec(Source(f"sample:shapes?images={images}")))
    ends: list[float] = []
    faults: list[int] = []

    def hear(event: RunEvent) -> None:
        if isinstance(event, EpochEnded):
            if evicting:
                evict(dataset.images)
            ends.append(time.perf_counter())
            faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_majflt)

    with tempfile.TemporaryDirectory() as name:
        plan = cifar_plan(dataset, batch, epochs, cores())
        summary = start(plan, dataset, Path(name) / "runs", hear, lambda wait: None)
    return {
        "images_per_second": len(dataset.ids) * (epochs - 1) / (ends[-1] - ends[0]),
        "images": len(dataset.ids) * (epochs - 1),
        "faults": faults[-1] - faults[0],
        "accuracy": summary.train_accuracy,
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1] == "evicted", *(int(one) for one in sys.argv[2:5]))))
