"""The curves of a run as a picture."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from engine.report.learning_curves import HEIGHT, WIDTH, learning_curves, sentence
from engine.report.paper import DARK, LIGHT, SCALE, Ink
from engine.runs.records import EpochRow, RunRecord, RunSummary, State
from tests.engine.report.test_chart import near
from tests.engine.training.small import dataset, plan


def record(epochs: int, *, validation: bool = True) -> RunRecord:
    rows = tuple(
        EpochRow(
            number,
            number * 10,
            2.0 / number,
            1 - 0.7 / number,
            2.2 / number if validation else None,
            1 - 0.8 / number if validation else None,
        )
        for number in range(1, epochs + 1)
    )
    summary = RunSummary(
        run="run-001",
        folder=Path("run-001"),
        state=State.ENDED,
        reason="completed",
        started="",
        epochs=epochs,
        planned_epochs=epochs,
        steps=epochs * 10,
        train_accuracy=None,
        validation_accuracy=None,
        validation_loss=None,
        best_epoch=epochs if validation else 0,
        best_validation_accuracy=None,
        parameters=1,
        images_per_second=1.0,
        seconds=1.0,
        has_weights=True,
    )
    return RunRecord(summary, plan(dataset()), rows, np.zeros(0), np.zeros(0))


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_training_and_validation_have_their_colours_in_both_charts(ink: Ink) -> None:
    picture = learning_curves(record(10), ink)
    assert picture.size == (WIDTH * SCALE, HEIGHT * SCALE)
    pixels = np.asarray(picture)
    for half in (pixels[:, : WIDTH * SCALE // 2], pixels[:, WIDTH * SCALE // 2 :]):
        assert near(half, ink.training).sum() > 1000
        assert near(half, ink.validation).sum() > 1000
    assert near(pixels, ink.surface).mean() > 0.8


def test_without_validation_there_is_one_line() -> None:
    assert near(np.asarray(learning_curves(record(5, validation=False))), LIGHT.validation).sum() == 0


@pytest.mark.parametrize("epochs", [1, 2, 300])
def test_any_number_of_epochs_can_be_drawn(epochs: int) -> None:
    assert near(np.asarray(learning_curves(record(epochs))), LIGHT.training).any()


def test_the_curves_are_told_in_a_sentence() -> None:
    assert sentence(record(10)) == (
        "Over 10 epochs the training loss went from 2.000 to 0.200, and the validation accuracy from 20.0 % to 92.0 %. "
        "The best weights are those after epoch 10."
    )
    assert sentence(record(10, validation=False)) == "Over 10 epochs the training loss went from 2.000 to 0.200."
    assert sentence(dataclasses.replace(record(1), history=())) == "No epoch has ended."
