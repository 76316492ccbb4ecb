"""The computer's pace is that of the last run of the network that was on the screen, and is remembered."""

import dataclasses
from typing import Any

import pytest
from PySide6.QtCore import QObject

from engine.costs import effort
from engine.events import Reason, RunEnded, RunStarted
from engine.jobs import JobPartial
from gui.document import Document
from gui.pace import Pace
from gui.settings import PACE, Settings
from tests.gui.conftest import run_started
from tests.gui.pages.fakes import FakeBridge


@pytest.fixture
def pace(open_document: Document, bridge: FakeBridge, settings: Settings) -> Pace:
    return Pace(bridge, open_document, settings, QObject(bridge))


def started(document: Document, **changes: Any) -> RunStarted:
    return dataclasses.replace(run_started(), **{"parameters": document.analysis.parameters, **changes})


def ended(speed: float, run: str = "run-001") -> RunEnded:
    return RunEnded(
        run=run,
        sequence=2,
        reason=Reason.COMPLETED,
        epochs=3,
        train_accuracy=0.9,
        validation_accuracy=0.8,
        images_per_second=speed,
        seconds=3.0,
    )


def send(bridge: FakeBridge, *events: object) -> None:
    for one in events:
        bridge.job_event.emit(JobPartial(1, one))


def test_before_the_first_run_there_is_none(pace: Pace) -> None:
    assert pace.value == 0.0


def test_a_run_that_ends_is_a_measurement(
    qtbot: Any, pace: Pace, bridge: FakeBridge, open_document: Document, settings: Settings
) -> None:
    with qtbot.waitSignal(pace.changed):
        send(bridge, started(open_document), ended(250.0))
    needed = effort(open_document.analysis, open_document.draft.recipe)
    assert needed is not None
    assert pace.value == pytest.approx(250.0 * needed)
    assert settings.get(PACE) == pace.value


def test_a_network_that_was_edited_meanwhile_is_not_measured(
    pace: Pace, bridge: FakeBridge, open_document: Document
) -> None:
    send(bridge, started(open_document, parameters=5), ended(250.0))
    assert pace.value == 0.0


def test_a_run_without_a_speed_or_a_beginning_is_not_measured(
    pace: Pace, bridge: FakeBridge, open_document: Document
) -> None:
    send(bridge, started(open_document), ended(0.0), ended(250.0, "run-002"))
    assert pace.value == 0.0
