"""Checkpoints: all that a run needs to go on bit for bit, in one file that knows its own SHA-256."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from engine.errors import EngineError
from engine.runs.progress import Progress
from engine.storage import clear_leftovers, load_arrays, save_arrays

if TYPE_CHECKING:
    from engine.build import Weights

KEPT: Final = 3
"""The newest checkpoints that stay, besides the best."""

FORMAT: Final = 1
_name = re.compile(r"step-(\d{9,})\.npz")


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A run between two steps.

    Attributes:
        weights: Of the network, by layer path and Keras's name.
        optimizer: The optimizer's arrays in Keras's order, among them the learning rate and the steps it made.
        seeds: States of the random layers, by the layer's path and a number.
        progress: The place in the run, and what was learned about the run on the way there.
    """

    weights: Weights
    optimizer: tuple[np.ndarray[Any, Any], ...]
    seeds: Mapping[str, np.ndarray[Any, Any]]
    progress: Progress

    @property
    def step(self) -> int:
        """Steps ended over the whole run."""
        return self.progress.total

    def finite(self) -> bool:
        """Whether every number of the weights and of the optimizer is finite."""
        arrays = (*self.weights.values(), *self.optimizer)
        return all(np.isfinite(one).all() for one in arrays if one.dtype.kind == "f")

    def save(self, folder: Path) -> Path:
        """Write it into `folder` under its step; raises EngineError where the disk refuses."""
        arrays = {f"weights/{path}/{name}": value for (path, name), value in self.weights.items()}
        arrays |= {f"optimizer/{place:04d}": value for place, value in enumerate(self.optimizer)}
        arrays |= {f"seeds/{path}": value for path, value in self.seeds.items()}
        path = path_of(folder, self.step)
        save_arrays(path, arrays, {"format": FORMAT, "progress": self.progress.to_json()})
        return path

    @classmethod
    def load(cls, path: Path) -> Checkpoint:
        """Read it back; raises EngineError where the file is missing, damaged or not finite."""
        arrays, meta = load_arrays(path)
        if meta.get("format") != FORMAT:
            raise EngineError(
                f"{path.name} has a form that this version does not know.",
                f"A checkpoint of form {FORMAT} was expected.",
                "Open the run with the version of the program that trained it.",
            )
        weights: Weights = {}
        seeds = {}
        for name, value in arrays.items():
            kind, _, rest = name.partition("/")
            if kind == "weights":
                layer, _, weight = rest.rpartition("/")
                weights[layer, weight] = value
            elif kind == "seeds":
                seeds[rest] = value
        optimizer = tuple(arrays[name] for name in sorted(arrays) if name.startswith("optimizer/"))
        found = cls(weights, optimizer, seeds, Progress.from_json(meta["progress"]))
        if not found.finite():
            raise EngineError(
                f"{path.name} holds numbers that are not finite.",
                "The weights of a network are finite numbers.",
                "Use an earlier checkpoint.",
            )
        return found


def path_of(folder: Path, step: int) -> Path:
    """The file of the checkpoint after `step` steps."""
    return folder / f"step-{step:09d}.npz"


def steps_in(folder: Path) -> tuple[int, ...]:
    """The steps of the checkpoints in `folder`, oldest first; whether they are sound is not asked."""
    names = [match for one in folder.glob("step-*.npz") if (match := _name.fullmatch(one.name))]
    return tuple(sorted(int(match[1]) for match in names))


def newest(folder: Path) -> tuple[Checkpoint | None, tuple[str, ...]]:
    """The newest sound checkpoint, or None, and a sentence for each newer one that is not sound."""
    skipped: list[str] = []
    for step in reversed(steps_in(folder)):
        try:
            return Checkpoint.load(path_of(folder, step)), tuple(skipped)
        except EngineError as error:
            skipped.append(f"The checkpoint after step {step:,} was passed over: {error.what}")
    return None, tuple(skipped)


def prune(folder: Path, keep: Iterable[int]) -> None:
    """Delete all but the newest few and those of the steps in `keep`."""
    steps = steps_in(folder)
    for step in set(steps[:-KEPT]) - set(keep):
        path_of(folder, step).unlink(missing_ok=True)
    clear_leftovers(folder)
