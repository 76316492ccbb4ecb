"""Evaluating: how well a trained network does on one part of a dataset, its own or another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from engine.data.dataset import Dataset
from engine.data.split import PARTS, Part
from engine.errors import EngineError
from engine.inspection.results import ClassScore, Evaluation
from engine.inspection.trained import Array, Trained
from engine.jobs import Context, Quiet
from engine.plan import Plan

ALL: Final = "all"
_SMALLEST: Final = 1e-7
"""Keras's: a probability below this counts as this in the loss, so that one image cannot make it infinite."""


def evaluate(trained: Trained, dataset: Dataset, split: str = "", context: Context | None = None) -> Evaluation:
    """Measure accuracy and loss.

    Args:
        trained: The network.
        dataset: Read with the run's preprocessing; classes are matched with the run's by name.
        split: "train", "validation", "test" or "all"; "" for the test part, where there is none validation, else all.
        context: Hears the progress.

    Returns:
        The figures, with a note on which part was taken and which classes are missing. The loss is the mean
        cross-entropy, without label smoothing.

    Raises:
        EngineError: where no class has the name of one of the run's, or the part has no image.
    """
    context = context or Quiet()
    part, why = _part(dataset, split)
    own = trained.plan.class_names
    places = {number: own.index(name) for number, name in enumerate(dataset.class_names) if name in own}
    if not places:
        raise EngineError(
            f"No class of the images is known to {trained.facts.run}: they have {_list(dataset.class_names)}.",
            f"Classes are matched by name; the run knows {_list(own)}.",
            "Name the folders of the images like the run's classes.",
        )
    chosen = _indexes(dataset, part, places)
    truth = np.array([places[int(label)] for label in dataset.labels[chosen]])
    right, losses = _measure(trained, dataset, chosen, truth, context)
    scores = tuple(
        ClassScore(name, int((truth == place).sum()), int(right[truth == place].sum()))
        for place, name in enumerate(own)
    )
    notes = [why, _training_note(trained.plan, dataset, part), *_class_notes(own, dataset, part, scores)]
    return Evaluation(
        trained=trained.facts,
        split=part,
        accuracy=float(right.mean()),
        loss=float(losses.mean()),
        images=len(chosen),
        per_class=scores,
        note=" ".join(one for one in notes if one),
    )


def _part(dataset: Dataset, split: str) -> tuple[str, str]:
    """The part to take, and why, where it was not asked for."""
    if split:
        if split != ALL and split not in PARTS:
            raise EngineError(
                f"There is no part called {split!r}.",
                f"The parts are {', '.join(PARTS)} and {ALL}.",
                "Use one of these.",
            )
        return split, ""
    present = set(np.unique(dataset.parts))
    if PARTS.index(Part.TEST) in present:
        return Part.TEST.value, "The test images were taken."
    if PARTS.index(Part.VALIDATION) in present:
        return Part.VALIDATION.value, "There are no test images: the validation images were taken."
    return ALL, "There are no test and no validation images: all images were taken."


def _indexes(dataset: Dataset, part: str, places: Mapping[int, int]) -> Array:
    """The images of the part whose class the network knows."""
    chosen = np.flatnonzero(np.isin(dataset.labels, list(places)) & _inside(dataset, part))
    if not len(chosen):
        raise EngineError(
            f"There are no {'' if part == ALL else part + ' '}images to measure on.",
            "Measuring takes at least one image of a class that the run knows.",
            "Choose another part, or other images.",
        )
    return chosen


def _inside(dataset: Dataset, part: str) -> Array:
    """Which images are of the part; those that the user left out are of none."""
    found: Array = dataset.parts < len(PARTS) if part == ALL else dataset.parts == PARTS.index(Part(part))
    return found


def _measure(trained: Trained, dataset: Dataset, chosen: Array, truth: Array, context: Context) -> tuple[Array, Array]:
    """Whether each image was recognised, and its loss."""
    images = np.asarray(dataset.images)
    right: list[Array] = []
    losses: list[Array] = []
    for start in range(0, len(chosen), trained.at_once):
        context.progress(start, len(chosen), f"{start:,} of {len(chosen):,} images")
        batch = slice(start, start + trained.at_once)
        probabilities = trained.predict(images[chosen[batch]]).astype(np.float64)
        of_truth = probabilities[np.arange(len(probabilities)), truth[batch]]
        right.append(probabilities.argmax(1) == truth[batch])
        losses.append(-np.log(np.clip(of_truth, _SMALLEST, 1.0)))
    context.progress(len(chosen), len(chosen), f"{len(chosen):,} images")
    return np.concatenate(right), np.concatenate(losses)


def _training_note(plan: Plan, dataset: Dataset, part: str) -> str:
    own = plan.fingerprint == dataset.fingerprint
    if own and part in (ALL, Part.TRAIN.value):
        return "The run was trained on these images: on new ones it will do worse."
    return ""


def _class_notes(own: tuple[str, ...], dataset: Dataset, part: str, scores: tuple[ClassScore, ...]) -> list[str]:
    notes = []
    empty = [one.class_name for one in scores if not one.images]
    if empty:
        notes.append(f"No image of: {_list(empty)}.")
    unknown = [number for number, name in enumerate(dataset.class_names) if name not in own]
    if unknown:
        mask = np.isin(dataset.labels, unknown) & _inside(dataset, part)
        names = _list([dataset.class_names[number] for number in unknown])
        notes.append(f"Unknown to the run, and left out with {int(mask.sum()):,} images: {names}.")
    return notes


def _list(names: tuple[str, ...] | list[str], most: int = 12) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")
