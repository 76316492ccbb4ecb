"""`python -m tests.kills [COUNT [SEED]]`: kill training runs at random moments, so many times, and resume them.

Three networks, two optimizers, with and without augmentation. A run that was killed, often more than once, must end
with the bytes of one that was never broken: weights, optimizer, random states, history and every step's loss. The
suite does the same with few kills; 200, where no number is given, take some minutes.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.augmentation import Augmentation
from engine.augmentation.mix_up import MixUp
from engine.augmentation.random_noise import RandomNoise
from engine.augmentation.random_rotation import RandomRotation
from engine.augmentation.random_translation import RandomTranslation
from engine.events import Continue, Pause, RunEvent, RunResumed, RunStarted
from engine.layers.base import LayerType
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.gaussian_noise import GaussianNoise
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.rescaling import Rescaling
from engine.layers.residual import Residual
from engine.plan import Plan
from tests.engine.training import small

COUNT, SEED = 200, 1
EPOCHS, IMAGES = 4, 150
_PAUSES = 0.04
"""Share of the steps after which a run pauses for a moment, which writes a checkpoint in the middle of an epoch."""
_LATEST = 1.1
"""Kills come up to this many times the length of an unbroken run after it begins: the last ones miss it."""

_LAST: tuple[LayerType, ...] = (Dense(units=len(small.CLASSES), activation="softmax"),)
NETWORKS: dict[str, tuple[LayerType, ...]] = {
    "convolutional": tuple(small.layers()),
    "residual": (Rescaling(), Conv2D(4, padding="same"), Residual(filters=4), GlobalAveragePooling2D(), *_LAST),
    "dense": (Rescaling(), Flatten(), GaussianNoise(0.1), Dense(16, activation="relu"), Dropout(0.5), *_LAST),
}
OPTIMIZERS = ("Adam", "SGD")
AUGMENTATIONS = {
    "plain": Augmentation(),
    "augmented": Augmentation((RandomTranslation(), RandomRotation(), RandomNoise(), MixUp())),
}


@dataclass(frozen=True)
class Case:
    """One network, trained in one way."""

    network: str
    optimizer: str
    augmentation: str

    def plan(self) -> Plan:
        """What is trained; one thread, so that two runs compute side by side."""
        return small.plan(
            small.dataset(IMAGES),
            stack=NETWORKS[self.network],
            augmentation=AUGMENTATIONS[self.augmentation],
            optimizer=self.optimizer,
            epochs=EPOCHS,
            patience=EPOCHS,
            threads=1,
        )


CASES = tuple(itertools.starmap(Case, itertools.product(NETWORKS, OPTIMIZERS, AUGMENTATIONS)))


@dataclass
class Tally:
    """What happened.

    Attributes:
        kills: Processes that were killed while they trained.
        amid: Of them, those whose run went on in the middle of an epoch.
        back: Those whose run had to begin again, since no checkpoint was there yet.
        runs: Runs that were killed and ended all the same.
        unequal: Runs that ended with other bytes, in words.
    """

    kills: int = 0
    amid: int = 0
    back: int = 0
    runs: int = 0
    unequal: list[str] = field(default_factory=list)


def main(arguments: Sequence[str]) -> int:
    """Kill as often as `arguments` ask for; exit status 1 where a run ended otherwise, 2 where they are no numbers."""
    if len(arguments) > 2 or not all(one.isdecimal() and int(one) for one in arguments):
        print("Usage: python -m tests.kills [COUNT [SEED]]", file=sys.stderr)
        return 2
    count, seed = (*map(int, arguments), *(COUNT, SEED)[len(arguments) :])
    with tempfile.TemporaryDirectory() as folder:
        tally = killed(count, seed, Path(folder), say=lambda text: print(text, file=sys.stderr, flush=True))
    print(
        f"{tally.kills} kills of {tally.runs} runs; {tally.amid} runs went on in the middle of an epoch, "
        f"{tally.back} began again; {tally.runs - len(tally.unequal)} of {tally.runs} ended with the same bytes."
    )
    print("\n".join(tally.unequal), end="\n" if tally.unequal else "")
    return 1 if tally.unequal else 0


def killed(count: int, seed: int, folder: Path, say: Callable[[str], None] = lambda text: None) -> Tally:
    """Kill at least so many runs' processes below `folder`, and compare each run's end with an unbroken one's."""
    context = multiprocessing.get_context("forkserver")
    # TensorFlow takes seconds to import: each process is forked from one that has it, and has computed nothing.
    context.set_forkserver_preload(["keras", "tensorflow", "tests.engine.training.small"])
    chance, tally = random.Random(seed), Tally()
    unbroken: dict[Case, tuple[dict[str, bytes], float]] = {}
    for number in itertools.count():
        if tally.kills >= count:
            return tally
        case = CASES[number % len(CASES)]
        if case not in unbroken:
            runs = folder / f"unbroken-{len(unbroken)}"
            began = time.monotonic()
            _in_process(context, runs, case, 0, 0.0)
            unbroken[case] = small.bytes_of(runs / "run-001"), _seconds_trained(runs, time.monotonic() - began)
        expected, seconds = unbroken[case]
        before = tally.kills
        runs = folder / f"killed-{number}"
        while not _ended(runs):
            latest = _LATEST * seconds if tally.kills < before + 8 else 0.0
            status = _in_process(context, runs, case, chance.getrandbits(32), latest)
            if status not in (0, -signal.SIGKILL):
                tally.unequal.append(f"{case}: a process ended with {status}")
                return tally
            tally.kills += status != 0
        if tally.kills == before:
            continue
        tally.runs += 1
        resumed = [int(one) for one in (runs / "resumed.txt").read_text().split()]
        steps = small_steps()
        tally.amid += sum(1 for one in resumed if one % steps)
        tally.back += sum(1 for one in resumed if not one)
        found = small.bytes_of(_run(runs))
        different = sorted(name for name in {*expected, *found} if expected.get(name) != found.get(name))
        if different:
            tally.unequal.append(f"{case}, resumed at {resumed}: {', '.join(different)} differ")
        say(f"{tally.kills} of {count}: {case.network}, {case.optimizer}, {case.augmentation}, resumed at {resumed}")
    raise AssertionError("the count does not end")


def small_steps() -> int:
    """Steps of one epoch."""
    data = small.dataset(IMAGES)
    return -(-int((data.parts == 0).sum()) // 8)


def _run(runs: Path) -> Path:
    return max(runs.glob("run-*"))


def _ended(runs: Path) -> bool:
    return (runs / "ended").exists()


def _seconds_trained(runs: Path, most: float) -> float:
    return float((runs / "ended").read_text()) if _ended(runs) else most


def _in_process(context: Any, runs: Path, case: Case, seed: int, latest: float) -> int:
    """Train in a process of its own, which kills itself within `latest` seconds; give its exit status."""
    process = context.Process(target=_train, args=(runs, case, seed, latest))
    process.start()
    process.join()
    status: int = process.exitcode
    process.close()
    return status


def _train(runs: Path, case: Case, seed: int, latest: float) -> None:
    from engine.errors import EngineError
    from engine.training.run import resume, start

    chance = random.Random(seed)
    waiting: list[object] = []
    began = time.monotonic()

    def hear(event: RunEvent) -> None:
        nonlocal began
        if isinstance(event, RunStarted | RunResumed):
            began = time.monotonic()
            with (runs / "resumed.txt").open("a") as file:
                file.write(f"{event.from_step if isinstance(event, RunResumed) else ''}\n")
            if latest:
                # A thread of this process, so that the moment is as likely within a write as within a step.
                threading.Timer(chance.uniform(0, latest), os.kill, (os.getpid(), signal.SIGKILL)).start()

    def next_control(_wait: float) -> object | None:
        if not waiting and latest and chance.random() < _PAUSES:
            waiting.extend((Pause(), Continue()))
        return waiting.pop(0) if waiting else None

    runs.mkdir(exist_ok=True)
    data = small.dataset(IMAGES)
    try:
        resume(_run(runs), data, hear, next_control)
    except (EngineError, ValueError):  # nothing to go on with yet
        start(case.plan(), data, runs, hear, next_control)
    (runs / "ended").write_text(str(time.monotonic() - began))
    os._exit(0)  # the timer of a kill that comes too late must not hold the process


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
