from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

import pytest

from engine.events import Continue, Pause, Stop
from engine.jobs import JobEnded, JobProgress, JobStarted, Outcome
from engine.service.engine_service import EngineService
from tests.engine.service.jobs import Count, Echo, Fail, Listener, Train, Wait, WaitInFiles


@pytest.fixture
def heard() -> Listener:
    return Listener()


@pytest.fixture
def service(heard: Listener) -> Iterator[EngineService]:
    before = set(threading.enumerate())
    service = EngineService(heard)
    yield service
    service.close()
    assert set(threading.enumerate()) <= before


def test_a_job_starts_and_ends_with_its_result(service: EngineService, heard: Listener) -> None:
    number = service.submit(Echo("hello"))

    assert heard.end_of(number) == JobEnded(number, Outcome.DONE, "hello")
    assert heard.events == [JobStarted(number, "Something small"), JobEnded(number, Outcome.DONE, "hello")]


def test_jobs_of_one_lane_run_in_their_order(service: EngineService, heard: Listener) -> None:
    numbers = [service.submit(Echo(i)) for i in range(50)]
    heard.end_of(numbers[-1])

    assert [one.result for one in heard.events if isinstance(one, JobEnded)] == list(range(50))


def test_lanes_run_side_by_side(service: EngineService, heard: Listener) -> None:
    waiting = service.submit(Wait())
    heard.start_of(waiting)

    assert heard.end_of(service.submit(Echo())).outcome is Outcome.DONE
    assert not [one for one in heard.events if isinstance(one, JobEnded) and one.job == waiting]


def test_a_running_job_is_cancelled(service: EngineService, heard: Listener) -> None:
    number = service.submit(Wait())
    heard.wait_for(lambda one: isinstance(one, JobProgress))
    service.cancel(number)

    assert heard.end_of(number) == JobEnded(number, Outcome.CANCELLED)


def test_a_queued_job_is_cancelled_at_once_and_never_starts(service: EngineService, heard: Listener) -> None:
    running = service.submit(WaitInFiles())
    queued = service.submit(Echo())
    heard.start_of(running)
    service.cancel(queued)

    assert heard.events[-1] == JobEnded(queued, Outcome.CANCELLED)
    service.cancel(running)
    heard.end_of(running)
    heard.end_of(service.submit(Echo()))
    assert JobStarted(queued, "Something small") not in heard.events


def test_cancelling_what_has_ended_says_nothing(service: EngineService, heard: Listener) -> None:
    number = service.submit(Echo())
    heard.end_of(number)
    before = list(heard.events)

    service.cancel(number)
    service.cancel(99)
    service.control(99, Pause())

    assert heard.events == before


def test_bad_input_is_handed_on_as_it_is(service: EngineService, heard: Listener) -> None:
    ended = heard.end_of(service.submit(Fail("input")))

    assert (ended.outcome, ended.defect) == (Outcome.FAILED, False)
    assert ended.error is not None
    assert ended.error.what == "There is no such image."


@pytest.mark.parametrize(("how", "defect"), [("a defect", True), ("exit", True), ("memory", False)])
def test_a_defect_is_told_in_words_and_its_traceback_goes_to_the_log(
    service: EngineService, heard: Listener, caplog: pytest.LogCaptureFixture, how: str, defect: bool
) -> None:
    with caplog.at_level(logging.ERROR):
        ended = heard.end_of(service.submit(Fail(how)))

    assert (ended.outcome, ended.defect) == (Outcome.FAILED, defect)
    assert ended.error is not None
    assert "Something small" in ended.error.what
    assert "Traceback" in caplog.text
    assert heard.end_of(service.submit(Echo(1))).result == 1


def test_controls_reach_the_job_in_order(service: EngineService, heard: Listener) -> None:
    number = service.submit(Train())
    for control in (Pause(), Continue(), Stop()):
        service.control(number, control)

    assert heard.end_of(number) == JobEnded(number, Outcome.DONE, "kept")
    assert heard.partials(number) == [Pause(), Continue(), Stop()]


def test_cancelled_training_is_told_to_stop_and_keeps_what_it_has(service: EngineService, heard: Listener) -> None:
    number = service.submit(Train())
    heard.start_of(number)
    begun = time.monotonic()
    service.cancel(number)

    assert heard.end_of(number) == JobEnded(number, Outcome.DONE, "kept")
    assert time.monotonic() - begun < 5


def test_progress_is_told_twenty_times_a_second_at_most(service: EngineService, heard: Listener) -> None:
    number = service.submit(Count(0.5))
    said = heard.end_of(number).result

    assert isinstance(said, int)
    assert said > 100
    assert 2 <= len(heard.progress(number)) <= 12


def test_closing_ends_every_job(heard: Listener) -> None:
    service = EngineService(heard)
    training, waiting = service.submit(Train()), service.submit(Wait())
    queued = [service.submit(Wait()) for _ in range(3)]
    heard.start_of(training)
    heard.start_of(waiting)
    service.close()

    assert heard.end_of(training).result == "kept"
    assert {heard.end_of(one).outcome for one in (waiting, *queued)} == {Outcome.CANCELLED}
    late = service.submit(Echo())
    assert heard.events[-1] == JobEnded(late, Outcome.CANCELLED)


def test_a_listener_that_fails_does_not_end_the_engine(heard: Listener) -> None:
    def listen(event: object) -> None:
        heard(event)  # type: ignore[arg-type]
        raise RuntimeError("deaf")

    service = EngineService(listen)
    heard.end_of(service.submit(Echo()))
    heard.end_of(service.submit(Echo()))
    service.close()
