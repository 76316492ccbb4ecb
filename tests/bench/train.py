"""Training speed: images a second of a run whose events flow as they do to the window, against a bare Keras `fit`.

The first epoch, in which both sides compile, is left out; so is evaluation, as neither side has validation images.
Checkpoints, logs and events are part of our side.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import sys
import tempfile
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.bench.measuring import REPEATS, Figures, baseline, in_process, interleave, result
from tests.bench.network import cifar_dataset, cifar_plan

IMAGES, BATCH, EPOCHS = 5000, 32, 3


def run(repeats: int = REPEATS) -> Figures:
    """Both sides in turns, each in a process of its own."""
    sizes = [str(one) for one in (IMAGES, BATCH, EPOCHS)]
    found = interleave(
        lambda: in_process("-m", "tests.bench.train", *sizes), lambda: baseline("train", *sizes), repeats
    )
    return result("train", "images_per_second", found, to_reach="at least 0.97")


def measure(images: int, batch: int, epochs: int) -> Figures:
    """Our side, once: a run on a memory map, its events pickled into a pipe as on their way to the window."""
    from engine.events import EpochEnded, RunEvent, StepsEnded
    from engine.process import cores
    from engine.training.run import start

    ends: list[float] = []
    losses: list[float] = []
    steps: list[StepsEnded] = []
    window, engine = multiprocessing.Pipe(duplex=False)
    reader = threading.Thread(target=_read, args=(window,), daemon=True)
    reader.start()

    def hear(event: RunEvent) -> None:
        engine.send(event)
        if isinstance(event, StepsEnded):
            steps.append(event)
        if isinstance(event, EpochEnded):
            ends.append(time.perf_counter())
            losses.append(event.train_loss)

    with tempfile.TemporaryDirectory() as name:
        dataset = cifar_dataset(images, Path(name))
        start(cifar_plan(dataset, batch, epochs, cores()), dataset, Path(name) / "runs", hear, lambda wait: None)
    engine.close()
    reader.join()
    counted = images * (epochs - 1)
    return {
        "images_per_second": counted / (ends[-1] - ends[0]),
        "images": counted,
        "final_loss": losses[-1],
        "step_events": len(steps),
    }


def _read(window: Connection[Any, Any]) -> None:
    with contextlib.suppress(EOFError):
        while True:
            window.recv()


if __name__ == "__main__":
    print(json.dumps(measure(*(int(one) for one in sys.argv[1:4]))))
