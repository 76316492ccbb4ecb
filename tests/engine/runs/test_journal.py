"""The journal of a run."""

from __future__ import annotations

import json

import pytest

from engine.events import EpochEnded, Reason, RunEnded, RunEvent, RunPaused, RunResumed, StepsEnded, ValueChanged
from engine.runs.journal import event_from_json, event_to_json, events_of

FIVE = (1.0, 0.5, 0.75, 0.5, 1.0)


def steps(sequence: int, first: int, last: int) -> StepsEnded:
    return StepsEnded(
        run="run-001",
        sequence=sequence,
        epoch=1,
        first_step=first,
        last_step=last,
        loss=FIVE,
        accuracy=FIVE,
        images_per_second=10.0,
        seconds_left=None,
    )


def epoch(sequence: int, step: int) -> EpochEnded:
    return EpochEnded(
        run="run-001",
        sequence=sequence,
        epoch=1,
        step=step,
        train_loss=0.5,
        train_accuracy=0.5,
        validation_loss=None,
        validation_accuracy=None,
        seconds=1.0,
        images_per_second=10.0,
        best=True,
    )


def ended(sequence: int) -> RunEnded:
    return RunEnded(
        run="run-001",
        sequence=sequence,
        reason=Reason.STOPPED,
        epochs=1,
        train_accuracy=0.5,
        validation_accuracy=None,
        images_per_second=10.0,
        seconds=1.0,
    )


def resumed(sequence: int, from_step: int) -> RunResumed:
    return RunResumed(run="run-001", sequence=sequence, folder="f", from_step=from_step, epochs=2, steps_per_epoch=4)


def lines(*events: RunEvent) -> list[str]:
    return [json.dumps(event_to_json(one)) for one in events]


@pytest.mark.parametrize("event", [steps(1, 0, 3), epoch(2, 4), ended(3), resumed(4, 4)])
def test_an_event_is_read_back_as_it_was_written(event: RunEvent) -> None:
    assert event_from_json(json.loads(json.dumps(event_to_json(event)))) == event


def test_the_json_names_the_event_in_small_letters() -> None:
    found = event_to_json(ended(7))
    assert (found["event"], found["run"], found["sequence"], found["reason"]) == ("run_ended", "run-001", 7, "stopped")


def test_a_torn_line_is_skipped() -> None:
    whole = lines(steps(1, 0, 3), epoch(2, 4))
    assert events_of([whole[0], whole[1][:40]]) == (steps(1, 0, 3),)
    assert events_of([whole[0][:10], whole[1], "[1]", '{"event": "of_a_later_version"}']) == (epoch(2, 4),)


def test_a_sequence_number_counts_once() -> None:
    assert events_of(lines(steps(1, 0, 3), steps(1, 0, 3), epoch(2, 4))) == (steps(1, 0, 3), epoch(2, 4))


def test_what_was_said_of_steps_after_the_one_resumed_from_is_void() -> None:
    changed = ValueChanged(run="run-001", sequence=3, step=5, name="epochs", value=3)
    paused = RunPaused(run="run-001", sequence=4, step=4)
    said = [steps(1, 0, 3), epoch(2, 4), changed, paused, steps(5, 4, 6), epoch(6, 8), ended(7), resumed(8, 4)]
    again = steps(9, 4, 7)
    assert events_of(lines(*said, again)) == (steps(1, 0, 3), epoch(2, 4), paused, resumed(8, 4), again)
