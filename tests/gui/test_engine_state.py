from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from engine.events import Reason, RunEnded, RunResumed
from engine.jobs import JobEnded, JobPartial, Outcome
from engine.service.training import WarmUp
from gui.engine_state import EngineState
from gui.settings import THREADS, Settings
from tests.gui.conftest import run_started
from tests.gui.pages.fakes import FakeBridge, error

FOLDER = Path("/project/runs/run-001")


@pytest.fixture
def owner(qapp: object) -> QObject:
    return QObject()


@pytest.fixture
def state(owner: QObject, bridge: FakeBridge, settings: Settings) -> EngineState:
    return EngineState(bridge, settings, owner)


@pytest.fixture
def said(state: EngineState) -> list[str]:
    heard: list[str] = []
    state.said.connect(heard.append)
    return heard


@pytest.fixture
def lost(state: EngineState) -> list[tuple[str, Path | None]]:
    heard: list[tuple[str, Path | None]] = []
    state.lost.connect(lambda why, run_folder: heard.append((why, run_folder)))
    return heard


def test_warming_up_is_said_from_beginning_to_end(
    state: EngineState, said: list[str], bridge: FakeBridge, settings: Settings
) -> None:
    state.warm_up()
    bridge.last(WarmUp).say("done", "TensorFlow 2.21 is ready")
    settings.set(THREADS, 2)
    state.warm_up()
    bridge.last(WarmUp).say("done", "TensorFlow 2.21 is ready")
    starting = "TensorFlow is starting…"
    assert said == [starting, "TensorFlow 2.21 is ready", starting, "TensorFlow 2.21 is ready · 2 CPU threads"]


def test_an_engine_that_does_not_start_is_said(state: EngineState, said: list[str], bridge: FakeBridge) -> None:
    state.warm_up()
    bridge.last(WarmUp).say("failed", error("TensorFlow is not installed."))
    assert said[-1] == "TensorFlow is not installed."


def test_only_a_process_after_the_first_is_warmed_up_again(state: EngineState, bridge: FakeBridge) -> None:
    state.warm_up()
    bridge.engine_started.emit()
    assert len(bridge.jobs(WarmUp)) == 1
    bridge.engine_started.emit()
    assert len(bridge.jobs(WarmUp)) == 2


def test_a_run_is_under_way_from_its_start_to_its_end(state: EngineState, bridge: FakeBridge) -> None:
    bridge.job_event.emit(JobPartial(1, run_started()))
    assert state.training
    bridge.job_event.emit(JobEnded(2, Outcome.DONE))
    assert state.training
    bridge.job_event.emit(JobEnded(1, Outcome.DONE))
    assert not state.training


@pytest.mark.parametrize("told_first", [True, False])
def test_a_lost_engine_names_the_run_it_was_training_whichever_is_told_first(
    state: EngineState, lost: list[tuple[str, Path | None]], bridge: FakeBridge, told_first: bool
) -> None:
    bridge.job_event.emit(JobPartial(1, run_started()))
    ended = JobEnded(1, Outcome.FAILED, error=error("The engine stopped."))
    if told_first:
        bridge.job_event.emit(ended)
    bridge.engine_lost.emit("out of memory")
    assert lost == [("out of memory", FOLDER)]
    assert not state.training


def test_a_run_that_had_ended_is_not_what_a_lost_engine_was_training(
    state: EngineState, lost: list[tuple[str, Path | None]], bridge: FakeBridge
) -> None:
    bridge.job_event.emit(JobPartial(1, run_started()))
    bridge.job_event.emit(JobEnded(1, Outcome.DONE))
    bridge.engine_lost.emit("out of memory")
    assert lost == [("out of memory", None)]


def test_a_resumed_run_is_known_too_and_named_once(
    state: EngineState, lost: list[tuple[str, Path | None]], bridge: FakeBridge
) -> None:
    resumed = RunResumed(
        run="run-001", sequence=9, folder=str(FOLDER), from_step=4, epochs=3, steps_per_epoch=4
    )  # fmt: skip
    bridge.job_event.emit(JobPartial(7, resumed))
    bridge.engine_lost.emit("killed")
    bridge.engine_lost.emit("killed again")
    assert lost == [("killed", FOLDER), ("killed again", None)]


def test_it_is_free_when_it_is_warm_and_after_each_run(qtbot: Any, state: EngineState, bridge: FakeBridge) -> None:
    state.warm_up()
    assert not state.ready
    with qtbot.waitSignal(state.free):
        bridge.last(WarmUp).say("done", "TensorFlow 2.21 is ready")
    assert state.ready
    with qtbot.assertNotEmitted(state.free):
        bridge.job_event.emit(JobPartial(1, run_started()))
    with qtbot.waitSignal(state.free):
        bridge.job_event.emit(JobEnded(1, Outcome.DONE))


def test_a_lost_engine_is_not_ready_until_the_next_is_warm(qtbot: Any, state: EngineState, bridge: FakeBridge) -> None:
    state.warm_up()
    bridge.last(WarmUp).say("done", "ready")
    bridge.job_event.emit(JobPartial(1, run_started()))
    bridge.engine_lost.emit("out of memory")
    assert not state.ready
    with qtbot.assertNotEmitted(state.free):
        bridge.job_event.emit(JobEnded(1, Outcome.FAILED, error=error("The engine stopped.")))
    state.warm_up()
    bridge.last(WarmUp).say("done", "ready")
    assert state.ready


def test_the_end_of_a_run_is_told(state: EngineState, bridge: FakeBridge) -> None:
    heard: list[object] = []
    state.run_ended.connect(heard.append)
    ended = RunEnded(
        run="run-001", sequence=2, reason=Reason.STOPPED, epochs=3, train_accuracy=0.9, validation_accuracy=0.8,
        images_per_second=100.0, seconds=3.0,
    )  # fmt: skip
    bridge.job_event.emit(JobPartial(1, ended))
    assert heard == [ended]
