"""Doubting: which labels of a dataset a trained network holds for wrong."""

from __future__ import annotations

import numpy as np

from engine.data.dataset import Dataset
from engine.data.doctor import labels
from engine.data.doctor.finding import Finding
from engine.data.split import PARTS, Part
from engine.inspection.trained import Trained
from engine.jobs import Context


def doubted(trained: Trained, dataset: Dataset, context: Context) -> tuple[Finding, ...]:
    """The finding on labels that are probably wrong, or none.

    Images that were left out, whose class the run does not know, or whose label the user has given or confirmed, are
    passed over.

    Args:
        trained: A run's network.
        dataset: Read with the run's preprocessing.
        context: Progress and Cancel.
    """
    own = trained.plan.class_names
    places = np.array([own.index(name) if name in own else -1 for name in dataset.class_names])
    settled = {id for id, _ in dataset.spec.curation.labels}
    chosen = np.flatnonzero((dataset.parts < len(PARTS)) & (places[dataset.labels] >= 0))
    chosen = np.array([one for one in chosen.tolist() if dataset.ids[one] not in settled], np.int64)
    if not len(chosen):
        return ()
    answers = []
    for start in range(0, len(chosen), trained.at_once):
        context.progress(start, len(chosen), "labels compared with the run's answers")
        answers.append(trained.predict(np.asarray(dataset.images[chosen[start : start + trained.at_once]])))
    learned = dataset.parts[chosen] == PARTS.index(Part.TRAIN)
    truth = places[dataset.labels[chosen]]
    ids = [dataset.ids[one] for one in chosen]
    return tuple(labels.check(ids, truth, np.concatenate(answers).astype(np.float64), own, learned))
