from typing import Any

import numpy as np
import pytest

from engine.events import EpochEnded, RunResumed, RunStarted, StepsEnded
from gui.models.learning import Learning
from tests.gui.pages.fakes import record


def started(learning: Any, steps: Any = 4) -> Any:
    learning.started(
        RunStarted(
            run="run-001",
            sequence=0,
            folder="/r",
            epochs=5,
            steps_per_epoch=steps,
            images=100,
            validation_images=10,
            parameters=9,
        )
    )
    return learning


def steps(first: Any, last: Any, loss: Any, epoch: Any = 1) -> Any:
    return StepsEnded(
        run="run-001",
        sequence=1,
        epoch=epoch,
        first_step=first,
        last_step=last,
        loss=loss,
        accuracy=(0.1, 0.2, 0.15, 0.05, 0.3),
        images_per_second=10.0,
        seconds_left=None,
    )


def epoch(number: Any, validation: Any = 0.5) -> Any:
    return EpochEnded(
        run="run-001",
        sequence=2,
        epoch=number,
        step=4 * number,
        train_loss=1.0,
        train_accuracy=0.6,
        validation_loss=validation,
        validation_accuracy=validation,
        seconds=1.0,
        images_per_second=10.0,
        best=False,
    )


def test_one_step_is_one_point_at_its_end() -> None:
    learning = started(Learning())
    learning.steps_ended(steps(0, 0, (2.0, 2.0, 2.0, 2.0, 2.0)))
    x, y = learning.step_curve("loss")
    assert x.tolist() == [0.25]
    assert y.tolist() == [2.0]


def test_of_many_steps_the_first_the_extremes_and_the_last_are_kept() -> None:
    learning = started(Learning())
    learning.steps_ended(steps(0, 9, (2.0, 1.0, 1.5, 0.5, 9.0)))
    x, y = learning.step_curve("loss")
    assert y.tolist() == [2.0, 0.5, 9.0, 1.0]
    assert np.all(np.diff(x) >= 0)


def test_epochs_without_validation_leave_that_curve_empty() -> None:
    learning = started(Learning())
    learning.epoch_ended(epoch(1, None))
    assert learning.epoch_curve("train", "accuracy")[1].tolist() == [0.6]
    assert len(learning.epoch_curve("validation", "accuracy")[1]) == 0


def test_what_a_resumed_run_does_again_is_void() -> None:
    learning = started(Learning())
    for step in range(10):
        learning.steps_ended(steps(step, step, (1.0,) * 5))
    learning.epoch_ended(epoch(1))
    learning.epoch_ended(epoch(2))
    learning.resumed(RunResumed(run="run-001", sequence=9, folder="/r", from_step=6, epochs=8, steps_per_epoch=4))
    assert len(learning.step_curve("loss")[0]) == 6
    assert [point.epoch for point in learning.points] == [1]
    assert learning.epochs_planned == 8


def test_an_hour_of_steps_is_kept() -> None:
    learning = started(Learning(), steps=1_000)
    for step in range(5_000):
        learning.steps_ended(steps(step, step, (float(step),) * 5))
    x, y = learning.step_curve("loss")
    assert len(x) == 5_000
    assert y[-1] == 4_999
    assert x[-1] == pytest.approx(5.0)


def test_a_run_on_disk_gives_the_same_curves() -> None:
    learning = Learning.of_record(record())
    assert learning.steps_per_epoch == 4
    assert learning.step_curve("loss")[0][-1] == pytest.approx(3.0)
    assert learning.epoch_curve("validation", "accuracy")[1].tolist() == pytest.approx([0.5, 0.6, 0.7])
    learning.steps_ended(steps(12, 12, (0.2,) * 5))
    assert len(learning.step_curve("loss")[0]) == 13


def test_a_run_on_disk_without_a_step_is_empty() -> None:
    one = record()
    empty = type(one)(one.summary, one.plan, (), np.empty(0, np.float32), np.empty(0, np.float32))
    learning = Learning.of_record(empty)
    assert len(learning.step_curve("loss")[0]) == 0
    learning.steps_ended(steps(0, 0, (0.2,) * 5))
    assert len(learning.step_curve("loss")[0]) == 1
