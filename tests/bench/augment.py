"""What augmentation costs: a training step with flip, rotation, zoom and translation against a plain one.

Both sides are ours, each in a process of its own; the first steps, in which the step is compiled, are left out. The
median of the steps counts, as other things that the machine does would make some of them long.
"""

from __future__ import annotations

import dataclasses
import json
import statistics
import sys
import time

from tests.bench.measuring import REPEATS, Figures, in_process, interleave, result
from tests.bench.network import cifar_dataset, cifar_plan

BATCH, WARM, STEPS = 32, 10, 80


def run(repeats: int = REPEATS) -> Figures:
    """Both sides in turns; "theirs" is the plain step."""

    def side(name: str) -> Figures:
        return in_process("-m", "tests.bench.augment", name)

    found = interleave(lambda: side("augmented"), lambda: side("plain"), repeats)
    return result("augment", "ms_per_step", found, to_reach="at most 1.15")


def measure(augmented: bool) -> Figures:
    """One side, once."""
    from engine import process
    from engine.analysis import analyse
    from engine.augmentation import Augmentation, augmentation_type
    from engine.training.batches import Batches
    from engine.training.learner import Learner

    threads = process.cores()
    process.prepare(threads)
    dataset = cifar_dataset(BATCH * (WARM + STEPS))
    plan = cifar_plan(dataset, BATCH, 1, threads)
    if augmented:
        kinds = ("RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation")
        plan = dataclasses.replace(plan, augmentation=Augmentation(tuple(augmentation_type(one)() for one in kinds)))
    graph = analyse(plan.network, len(dataset.class_names)).graph
    if graph is None:
        raise SystemExit("the network of the benchmarks has a problem")
    learner = Learner(plan, graph)
    loss, seconds = 0.0, []
    for step, (images, labels, numbers) in enumerate(Batches(dataset, BATCH, plan.seed).of_epoch(1)):
        began = time.perf_counter()
        loss = float(learner.train(images, labels, numbers, 1, step)[0])
        seconds.append(time.perf_counter() - began)
    return {"ms_per_step": statistics.median(seconds[WARM:]) * 1000, "final_loss": loss}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1] == "augmented")))
