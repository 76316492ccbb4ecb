"""What augmentation costs: a training step with flip, rotation, zoom and translation against a plain one.

Both sides are ours and take turns step by step in one process, so that whatever else the machine does meets both
alike; the first steps, in which they are compiled, are left out, and the median counts. A repeat is a process.
"""

from __future__ import annotations

import dataclasses
import json
import statistics
import sys
import time

from tests.bench.measuring import REPEATS, Figures, in_process, result
from tests.bench.network import cifar_dataset, cifar_plan

BATCH, WARM, STEPS = 32, 10, 80
KINDS = ("RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation")


def run(repeats: int = REPEATS) -> Figures:
    """Every repeat; "theirs" is the plain step."""
    found = []
    for repeat in range(repeats):
        one = in_process("-m", "tests.bench.augment")
        print(f"{repeat + 1}/{repeats} {json.dumps(one)}", file=sys.stderr, flush=True)
        found.append(one)
    return result("augment", "ms_per_step", found, to_reach="at most 1.15")


def measure(steps: int = STEPS) -> dict[str, Figures]:
    """Both sides, once."""
    from engine import process
    from engine.analysis import analyse
    from engine.augmentation import Augmentation, augmentation_type
    from engine.training.batches import Batches
    from engine.training.learner import Learner

    threads = process.cores()
    process.prepare(threads)
    dataset = cifar_dataset(BATCH * (WARM + steps))
    plain = cifar_plan(dataset, BATCH, 1, threads)
    changes = Augmentation(tuple(augmentation_type(one)() for one in KINDS))
    graph = analyse(plain.network, len(dataset.class_names)).graph
    if graph is None:
        raise SystemExit("the network of the benchmarks has a problem")
    learners = {
        "ours": Learner(dataclasses.replace(plain, augmentation=changes), graph),
        "theirs": Learner(plain, graph),
    }
    seconds: dict[str, list[float]] = {name: [] for name in learners}
    losses = dict.fromkeys(learners, 0.0)
    for step, batch in enumerate(Batches(dataset, BATCH, plain.seed).of_epoch(1)):
        for name in list(learners) if step % 2 else list(learners)[::-1]:
            began = time.perf_counter()
            losses[name] = float(learners[name].train(*batch, 1, step)[0])
            seconds[name].append(time.perf_counter() - began)
    return {
        name: {"ms_per_step": statistics.median(seconds[name][WARM:]) * 1000, "final_loss": losses[name]}
        for name in learners
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
