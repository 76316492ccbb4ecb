"""Trained: a network with what it has learned, ready to be asked."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np

from engine.analysis import analyse
from engine.build import Weights
from engine.errors import EngineError
from engine.inspection.machine import Answer, Machine
from engine.inspection.results import Prediction, TrainedFacts, TrainedRef
from engine.plan import Plan
from engine.runs import checkpoints
from engine.runs.checkpoints import Checkpoint
from engine.runs.folder import BEST, LAST, RunFolder

Array = np.ndarray[Any, Any]
Maps = dict[str, Array]
Value = TypeVar("Value")


class _Shelf(Generic[Value]):
    """The few newest of what is dear to make."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            self._kept.move_to_end(key)
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
            return self._kept[key]


_machines: _Shelf[Machine] = _Shelf(3)
_checkpoints: _Shelf[Checkpoint] = _Shelf(4)


@dataclass(frozen=True, eq=False)
class Trained:
    """A network, how images become its input, its classes, and its weights, wherever they came from.

    Attributes:
        facts: Which weights these are; `facts.plan` is what the run was asked to do.
    """

    facts: TrainedFacts
    _machine: Machine
    _weights: Weights

    @classmethod
    def load(cls, ref: TrainedRef) -> Trained:
        """The weights of a run; what was loaded lately is at hand.

        Raises:
            EngineError: where there is no such run or it has no sound weights.
        """
        folder = RunFolder.open(ref.run_folder)
        plan_file = folder.path / "plan.json"
        plan = folder.plan()
        chosen, checkpoint = chosen_checkpoint(folder, ref.weights)
        progress = checkpoint.progress
        at_end = progress.step == 0 and progress.scores is not None
        facts = TrainedFacts(
            run=folder.id,
            weights=chosen,
            epoch=progress.epoch - 1,
            step=progress.total,
            validation_accuracy=progress.scores.validation_accuracy if at_end and progress.scores else None,
            plan=plan,
        )
        machine = _machines.get(_version(plan_file), lambda: _machine(plan))
        return cls(facts, machine, checkpoint.weights)

    @property
    def plan(self) -> Plan:
        """What the run was asked to do."""
        return self.facts.plan

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of layers and blocks whose outputs can be asked for, in order."""
        return self._machine.paths

    @property
    def at_once(self) -> int:
        """Images of a batch that makes best use of one call."""
        return self._machine.at_once

    def predict(self, images: Array) -> Array:
        """Probabilities, float32 (images, classes), of uint8 images (images, height, width, channels)."""
        return self._machine.look(self._weights, images)[0]

    def inspect(self, image: Array, layers: tuple[str, ...] = (), top: int = 5) -> tuple[tuple[Prediction, ...], Maps]:
        """The predictions for one image and the outputs of some layers, from one call.

        Args:
            image: uint8, (height, width, channels).
            layers: Paths; () gives every layer's.
            top: How many predictions.
        """
        probabilities, maps = self.look(image[None], layers or self.paths)
        return self.ranked(probabilities[0], top), {path: one[0] for path, one in maps.items()}

    def look(self, images: Array, paths: tuple[str, ...]) -> Answer:
        """Probabilities and, by path, the outputs of these layers, for several images; see `Machine.look`."""
        return self._machine.look(self._weights, images, paths)

    def ranked(self, probabilities: Array, top: int) -> tuple[Prediction, ...]:
        """The most probable classes of one image, most probable first."""
        names = self.plan.class_names
        places = np.argsort(-probabilities, kind="stable")[: max(top, 1)]
        return tuple(Prediction(names[place], float(probabilities[place])) for place in places)


def chosen_checkpoint(folder: RunFolder, weights: str) -> tuple[str, Checkpoint]:
    """The checkpoint asked for, and which it is; the last sound one where the best is gone or no epoch has ended.

    Raises:
        EngineError: where there is none.
    """
    if weights not in (BEST, LAST):
        raise EngineError(f"There are no weights called {weights!r}.", "Weights are best or last.", "Use one of these.")
    steps = checkpoints.steps_in(folder.checkpoints)
    last = next((found for step in reversed(steps) if (found := _load(folder, step))), None)
    if last is None:
        raise EngineError(
            f"{folder.id} has no weights that can be used.",
            "A run has weights as soon as its training has begun.",
            "Train a new run." if not steps else "Its checkpoints are damaged: train a new run.",
        )
    if weights == BEST and last.progress.best_step:
        best = _load(folder, last.progress.best_step)
        if best is not None:
            return BEST, best
    return LAST, last


def _load(folder: RunFolder, step: int) -> Checkpoint | None:
    path = checkpoints.path_of(folder.checkpoints, step)
    try:
        return _checkpoints.get(_version(path), lambda: Checkpoint.load(path))
    except EngineError:
        return None


def _version(path: Path) -> tuple[str, int, int]:
    """Tells one content of a file from the next without reading it."""
    try:
        found = path.stat()
    except OSError as error:
        raise EngineError(f"{path} cannot be read.", "The file must be there.", "Choose another run.") from error
    return (str(path.resolve()), found.st_mtime_ns, found.st_size)


def _machine(plan: Plan) -> Machine:
    analysis = analyse(plan.network, len(plan.class_names))
    if analysis.graph is None:
        problem = analysis.problems[0]
        raise EngineError(problem.what, problem.expected, problem.fix)
    return Machine(analysis.graph, plan.seed)
