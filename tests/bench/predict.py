"""Prediction: one image, and 2,000 images, of a run's weights, against `model.predict` with the same weights."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.measuring import REPEATS, Figures, baseline, in_process, interleave, result
from tests.bench.network import cifar_dataset, cifar_plan

IMAGES, ROUNDS = 2000, 5


def run(repeats: int = REPEATS) -> Figures:
    """Both sides in turns, each in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = str(folder / "data.npz")
        in_process("-m", "tests.bench.predict", "prepare", str(folder), data)
        found = interleave(
            lambda: in_process("-m", "tests.bench.predict", "measure", str(folder / "run-001"), data),
            lambda: baseline("predict", data),
            repeats,
        )
    many = result("predict", "images_per_second", found)
    return result(
        "predict",
        "one_ms",
        found,
        to_reach="at most 0.05",
        many={name: many[name] for name in ("quantity", "ratio", "ours", "theirs", "median_of_ratios")},
        many_to_reach="at least 2",
    )


def prepare(runs: Path, data: Path) -> Figures:
    """A run of one epoch over a few images, and its weights and the images for the other side."""
    from engine.events import Stop
    from engine.process import cores
    from engine.runs.checkpoints import newest
    from engine.training.run import start

    dataset = cifar_dataset(IMAGES)
    looks = iter([None] * 20)
    start(cifar_plan(dataset, 32, 1, cores()), dataset, runs, lambda event: None, lambda wait: next(looks, Stop()))
    checkpoint, _ = newest(runs / "run-001" / "checkpoints")
    assert checkpoint is not None
    arrays: dict[str, Any] = {"images": dataset.images, "labels": dataset.labels}
    arrays |= {f"weight_{number}": one for number, one in enumerate(checkpoint.weights.values())}
    np.savez(data, **arrays)
    return {"steps": checkpoint.step}


def measure(run_folder: Path, data: Path) -> Figures:
    """Our side, once."""
    from engine.inspection.results import TrainedRef
    from engine.inspection.trained import Trained

    found = np.load(data)
    images, labels = found["images"], found["labels"]
    trained = Trained.load(TrainedRef(run_folder, "last"))
    one, _ = _seconds(lambda: trained.predict(images[:1]), 4 * ROUNDS)
    many, answers = _seconds(lambda: trained.predict(images), ROUNDS)
    loss = -np.log(np.clip(answers[np.arange(len(labels)), labels], 1e-7, 1)).mean()
    return {
        "one_ms": 1000 * one,
        "images_per_second": len(images) / many,
        "images": len(answers),
        "final_loss": float(loss),
    }


def _seconds(act: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    act()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        answer = act()
        times.append(time.perf_counter() - started)
    return statistics.median(times), answer


if __name__ == "__main__":
    action, *paths = sys.argv[1:]
    print(json.dumps({"prepare": prepare, "measure": measure}[action](*map(Path, paths))))
