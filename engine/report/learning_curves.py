"""The learning curves of a run: loss and accuracy over the epochs, for training and validation."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PIL import Image

from engine.report.chart import Axis, Series, draw_chart
from engine.report.paper import LIGHT, Ink, Paper
from engine.runs.records import EpochRow, RunRecord

WIDTH, HEIGHT = 960, 340


def learning_curves(record: RunRecord, ink: Ink = LIGHT) -> Image.Image:
    """Two charts side by side; a dot marks the best epoch.

    Args:
        record: A run with at least one ended epoch.
        ink: Light or dark.
    """
    paper = Paper(WIDTH, HEIGHT, ink)
    half = WIDTH / 2
    rows, best = record.history, record.summary.best_epoch
    loss = _series(rows, best, ink, lambda one: one.train_loss, lambda one: one.validation_loss)
    accuracy = _series(rows, best, ink, lambda one: one.train_accuracy, lambda one: one.validation_accuracy)
    epochs = Axis.over([one.epoch for one in rows], 8, whole=True)
    for place, title, series, percent in ((0.0, "Loss", loss, False), (half, "Accuracy", accuracy, True)):
        values = [value for one in series for _, value in one.points]
        axis = Axis.over(values, 5, percent=percent)
        draw_chart(paper, (place, 12, half, HEIGHT - 12), title, epochs, axis, "epoch", series)
    return paper.taken()


def sentence(record: RunRecord) -> str:
    """What the curves show, for whoever cannot see them."""
    if not record.history:
        return "No epoch has ended."
    first, last = record.history[0], record.history[-1]
    words = (
        f"Over {len(record.history)} epochs the training loss went from {first.train_loss:.3f} to {last.train_loss:.3f}"
    )
    if first.validation_accuracy is not None and last.validation_accuracy is not None:
        words += (
            f", and the validation accuracy from {first.validation_accuracy * 100:.1f} % "
            f"to {last.validation_accuracy * 100:.1f} %"
        )
    best = record.summary.best_epoch
    return f"{words}. The best weights are those after epoch {best}." if best else f"{words}."


def _series(
    rows: Sequence[EpochRow],
    best: int,
    ink: Ink,
    training: Callable[[EpochRow], float],
    validation: Callable[[EpochRow], float | None],
) -> list[Series]:
    found = [Series("training", ink.training, tuple((one.epoch, training(one)) for one in rows))]
    points = tuple((one.epoch, math.nan if (value := validation(one)) is None else value) for one in rows)
    if any(math.isfinite(value) for _, value in points):
        marked = next((place for place, one in enumerate(rows) if one.epoch == best), None)
        found.append(Series("validation", ink.validation, points, marked))
    return found
