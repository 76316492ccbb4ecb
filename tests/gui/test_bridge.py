import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QLabel

from engine.errors import EngineError
from engine.jobs import (
    Context,
    EngineLost,
    EngineStarted,
    Job,
    JobEnded,
    JobPartial,
    JobProgress,
    Lane,
    OnEvent,
    Outcome,
)
from gui.bridge import EngineBridge
from tests.fakes import FakeEngine


@dataclass(frozen=True)
class Work(Job):
    title = "Working"
    lane = Lane.FILES

    def run(self, context: Context) -> None:
        return None


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[object, ...]] = []

    def done(self, result: object) -> None:
        self.heard.append(("done", result))

    def failed(self, error: EngineError) -> None:
        self.heard.append(("failed", error.what))

    def cancelled(self) -> None:
        self.heard.append(("cancelled",))

    def partial(self, value: object) -> None:
        self.heard.append(("partial", value, QThread.isMainThread()))

    def progress(self, progress: JobProgress) -> None:
        self.heard.append(("progress", progress.done))


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(lambda event: None)


@pytest.fixture
def bridge(qapp: QApplication, engine: FakeEngine) -> Iterator[EngineBridge]:
    def make(on_event: OnEvent) -> FakeEngine:
        engine.on_event = on_event
        return engine

    made = EngineBridge(make)
    yield made
    made.close()


@pytest.fixture
def listener(bridge: EngineBridge) -> Listener:
    return Listener()


def submit(bridge: EngineBridge, listener: Listener) -> int:
    return bridge.submit(
        Work(),
        done=listener.done,
        failed=listener.failed,
        partial=listener.partial,
        progress=listener.progress,
        cancelled=listener.cancelled,
    )


def test_the_engine_starts_with_the_first_job(qapp: QApplication) -> None:
    made: list[FakeEngine] = []

    def make(on_event: OnEvent) -> FakeEngine:
        made.append(FakeEngine(on_event))
        return made[-1]

    bridge = EngineBridge(make)
    assert made == []
    bridge.submit(Work())
    bridge.submit(Work())
    assert len(made) == 1
    bridge.close()


@pytest.mark.parametrize(
    ("outcome", "heard"),
    [(Outcome.DONE, ("done", 7)), (Outcome.CANCELLED, ("cancelled",)), (Outcome.FAILED, ("failed", "It broke."))],
)
def test_a_job_has_one_end(
    qtbot: Any,
    bridge: EngineBridge,
    engine: FakeEngine,
    listener: Listener,
    outcome: Outcome,
    heard: tuple[object, ...],
) -> None:
    number = submit(bridge, listener)
    error = EngineError("It broke.", "It holds.", "Mend it.") if outcome is Outcome.FAILED else None
    engine.say(JobEnded(number, outcome, 7, error))
    engine.say(JobEnded(number, outcome, 7, error))
    qtbot.waitUntil(lambda: bridge.under_way == 0)
    qtbot.wait(1)
    assert listener.heard == [heard]


def test_events_are_heard_in_order_and_in_the_gui_thread(
    qtbot: Any, bridge: EngineBridge, engine: FakeEngine, listener: Listener
) -> None:
    number = submit(bridge, listener)

    def work() -> None:
        engine.say(JobProgress(number, 1, 2, "", None))
        engine.say(JobPartial(number, "part"))
        engine.say(JobEnded(number, Outcome.DONE, "all"))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(listener.heard) == 3)
    assert listener.heard == [("progress", 1), ("partial", "part", True), ("done", "all")]


def test_the_callbacks_of_a_deleted_widget_are_left_out(qtbot: Any, bridge: EngineBridge, engine: FakeEngine) -> None:
    label = QLabel()
    number = bridge.submit(Work(), done=label.setText)
    label.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(label))
    engine.say(JobEnded(number, Outcome.DONE, "text"))
    qtbot.waitUntil(lambda: bridge.under_way == 0)


def test_only_jobs_under_way_can_be_cancelled_and_controlled(
    qtbot: Any, bridge: EngineBridge, engine: FakeEngine, listener: Listener
) -> None:
    number = submit(bridge, listener)
    bridge.cancel(number)
    bridge.control(number, "pause")
    engine.say(JobEnded(number, Outcome.CANCELLED))
    qtbot.waitUntil(lambda: bridge.under_way == 0)
    bridge.cancel(number)
    bridge.control(number, "stop")
    assert engine.cancelled == [number]
    assert engine.controls == [(number, "pause")]


def test_nothing_is_heard_after_closing(
    qtbot: Any, bridge: EngineBridge, engine: FakeEngine, listener: Listener
) -> None:
    number = submit(bridge, listener)
    engine.say(JobEnded(number, Outcome.DONE, 1))
    bridge.close()
    qtbot.wait(5)
    assert listener.heard == []
    assert engine.closed == 1


def test_a_lost_engine_is_told(qtbot: Any, bridge: EngineBridge, engine: FakeEngine) -> None:
    bridge.submit(Work())
    with qtbot.waitSignal(bridge.engine_lost) as lost:
        engine.say(EngineLost("out of memory"))
    assert lost.args == ["out of memory"]
    with qtbot.waitSignal(bridge.engine_started):
        engine.say(EngineStarted(4711))
