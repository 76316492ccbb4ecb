"""Training speed: images a second of a run whose events flow as they do to the window, against a bare Keras `fit`.

The first epoch, in which both sides compile, is left out; so is evaluation, as neither side has validation images.
Checkpoints, logs and events are part of our side.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.bench.measuring import Figures, baseline, in_process, interleave, result

IMAGES, BATCH, EPOCHS = 5000, 32, 3


def run() -> Figures:
    """Nine repeats of both sides in turns, each in a process of its own."""
    sizes = [str(one) for one in (IMAGES, BATCH, EPOCHS)]
    repeats = interleave(lambda: in_process("-m", "tests.bench.train", *sizes), lambda: baseline("train", *sizes))
    return result("train", "images_per_second", repeats, to_reach="at least 0.97")


def measure(images: int, batch: int, epochs: int) -> Figures:
    """Our side, once: a run on a memory map, through the engine's service, as the window starts it."""
    from engine.data.dataset import Dataset, DatasetSpec
    from engine.data.source import Source
    from engine.events import EpochEnded, RunEvent, StepsEnded
    from engine.images.preprocessing import Preprocessing
    from engine.process import cores
    from engine.training.run import start
    from tests.bench.network import cifar_plan

    random = np.random.default_rng(0)
    labels = random.integers(0, 10, images)
    pixels = random.integers(0, 128, (images, 32, 32, 3), dtype=np.uint8)
    pixels[np.arange(images), labels * 3] += 127

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        np.save(folder / "images.npy", pixels)
        dataset = Dataset(
            spec=DatasetSpec(Source("sample:shapes"), Preprocessing()),
            class_names=tuple("abcdefghij"),
            ids=tuple(f"{number:06d}" for number in range(images)),
            images=np.load(folder / "images.npy", mmap_mode="r"),
            labels=labels.astype(np.int32),
            parts=np.zeros(images, np.uint8),
            fingerprint="bench",
        )
        ends: list[float] = []
        losses: list[float] = []
        events: list[RunEvent] = []

        def hear(event: RunEvent) -> None:
            events.append(event)
            if isinstance(event, EpochEnded):
                ends.append(time.perf_counter())
                losses.append(event.train_loss)

        start(cifar_plan(dataset, batch, epochs, cores()), dataset, folder / "runs", hear, lambda wait: None)
        counted = images * (epochs - 1)
        return {
            "images_per_second": counted / (ends[-1] - ends[0]),
            "images": counted,
            "final_loss": losses[-1],
            "events": len(events),
            "step_events": sum(isinstance(one, StepsEnded) for one in events),
        }


if __name__ == "__main__":
    print(json.dumps(measure(*(int(one) for one in sys.argv[1:4]))))
