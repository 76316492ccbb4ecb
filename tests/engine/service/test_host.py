from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from engine.events import Continue, Pause
from engine.jobs import EngineLost, EngineStarted, JobEnded, Outcome
from engine.service import faults, host, make_engine
from engine.service.engine_service import EngineService
from engine.service.host import EngineHost
from tests.engine.service.jobs import AboutProcess, Die, Echo, Fail, Listener, Noise, Train, Unsendable, Wait

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="counts descriptors and sends signals")


def descriptors() -> set[str]:
    found = set()
    for one in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            found.add(f"{one} {os.readlink(f'/proc/self/fd/{one}')}")  # noqa: PTH115
        except FileNotFoundError:
            continue
    return found


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def heard() -> Listener:
    return Listener()


@pytest.fixture
def engine(heard: Listener) -> Iterator[EngineHost]:
    """A host; afterwards no thread, process or descriptor may be left."""
    threads, files = set(threading.enumerate()), descriptors()
    children = set(psutil.Process().children())
    engine = EngineHost(heard)
    yield engine
    engine.close()
    assert set(threading.enumerate()) <= threads
    assert set(psutil.Process().children()) <= children
    assert descriptors() <= files


def process_of(heard: Listener, start: int = 1) -> int:
    event = heard.wait_for(lambda one: isinstance(one, EngineStarted), start)[start - 1]
    assert isinstance(event, EngineStarted)
    return event.process


def test_jobs_run_in_another_process_that_steps_back(engine: EngineHost, heard: Listener) -> None:
    about: Any = heard.end_of(engine.submit(AboutProcess())).result

    assert about["pid"] == process_of(heard) != os.getpid()
    assert about["nice"] == min(os.nice(0) + 10, 19)
    assert about["oom"] in (700, None)
    assert about["folder"] == str(Path.cwd())


def test_starting_and_submitting_do_not_wait_for_the_process(heard: Listener) -> None:
    begun = time.monotonic()
    engine = EngineHost(heard)
    number = engine.submit(Echo(5))
    took = time.monotonic() - begun

    assert took < 0.1
    assert heard.end_of(number).result == 5
    engine.close()


def test_arrays_errors_and_controls_cross(engine: EngineHost, heard: Listener) -> None:
    image = np.arange(3_000_000, dtype=np.float32)
    training = engine.submit(Train())
    engine.control(training, Pause())
    engine.control(training, Continue())

    np.testing.assert_array_equal(heard.end_of(engine.submit(Echo(image))).result, image)
    error = heard.end_of(engine.submit(Fail("input"))).error
    assert error is not None
    assert error.fix == "Choose another."
    engine.cancel(training)
    assert heard.end_of(training).result == "kept"
    assert heard.partials(training)[:2] == [Pause(), Continue()]


def test_running_and_waiting_jobs_are_cancelled(engine: EngineHost, heard: Listener) -> None:
    early = engine.submit(Wait())
    engine.cancel(early)
    running, queued = engine.submit(Wait()), engine.submit(Wait())
    heard.start_of(running)
    engine.cancel(queued)
    engine.cancel(running)

    assert {heard.end_of(one).outcome for one in (early, running, queued)} == {Outcome.CANCELLED}


def test_prints_in_a_job_do_not_reach_the_pipe(engine: EngineHost, heard: Listener, own_home: Path) -> None:
    assert heard.end_of(engine.submit(Noise())) == JobEnded(1, Outcome.DONE, "")
    assert heard.end_of(engine.submit(Echo("fine"))).result == "fine"
    assert "a print" in (own_home / "logs" / "engine-output.log").read_text()


def test_what_cannot_be_sent_fails_with_words(engine: EngineHost, heard: Listener) -> None:
    back = heard.end_of(engine.submit(Unsendable()))
    there = heard.end_of(engine.submit(Echo(threading.Lock())))

    for ended in (back, there):
        assert (ended.outcome, ended.defect) == (Outcome.FAILED, True)
        assert ended.error is not None
        assert ended.error.what == faults.unsendable().what
    assert heard.end_of(engine.submit(Echo(1))).result == 1


@pytest.mark.parametrize(("how", "words"), [("SIGKILL", "signal 9"), ("SIGSEGV", "signal 11"), ("exit", "exit code 7")])
def test_a_death_is_named_its_jobs_fail_and_a_new_process_takes_the_next(
    engine: EngineHost, heard: Listener, how: str, words: str
) -> None:
    training = engine.submit(Train())
    heard.start_of(training)
    dying = engine.submit(Die(how))
    new = process_of(heard, 2)

    for number in (training, dying):
        ended = heard.end_of(number)
        assert (ended.outcome, ended.defect) == (Outcome.FAILED, False)
        assert ended.error is not None
        assert words in ended.error.what
    (lost,) = heard.wait_for(lambda one: isinstance(one, EngineLost))
    assert words in lost.why
    assert heard.events.index(lost) < heard.events.index(heard.end_of(training))
    about: Any = heard.end_of(engine.submit(AboutProcess())).result
    assert about["pid"] == new


def test_an_idle_process_killed_by_hand_is_replaced(engine: EngineHost, heard: Listener) -> None:
    os.kill(process_of(heard), signal.SIGKILL)
    process_of(heard, 2)

    kinds = [type(one) for one in heard.events]
    assert kinds == [EngineStarted, EngineLost, EngineStarted]
    assert heard.end_of(engine.submit(Echo(2))).result == 2


def test_three_deaths_within_a_minute_end_the_restarts_until_the_next_job(engine: EngineHost, heard: Listener) -> None:
    for start in (1, 2, 3):
        os.kill(process_of(heard, start), signal.SIGKILL)
    lost = heard.wait_for(lambda one: isinstance(one, EngineLost), 3)
    assert "with the next thing you do" in lost[2].why
    time.sleep(0.3)
    assert len(heard.wait_for(lambda one: isinstance(one, EngineStarted))) == 3

    assert heard.end_of(engine.submit(Echo(3))).result == 3


def test_jobs_that_wait_for_a_process_that_never_starts_fail(
    heard: Listener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    engine = EngineHost(heard)
    ended = heard.end_of(engine.submit(Echo()))
    engine.close()

    assert ended.error is not None
    assert "died three times" in ended.error.what
    assert "could not be started" in ended.error.what


def test_closing_ends_training_in_order(heard: Listener) -> None:
    engine = EngineHost(heard)
    training, waiting = engine.submit(Train()), engine.submit(Wait())
    heard.start_of(training)
    engine.close()

    assert heard.end_of(training).result == "kept"
    assert heard.end_of(waiting).outcome is Outcome.CANCELLED
    assert not [one for one in heard.events if isinstance(one, EngineLost)]


def test_closing_at_once_leaves_nothing(heard: Listener) -> None:
    before = psutil.Process().children()  # a display that the walks started, where they ran
    engine = EngineHost(heard)
    number = engine.submit(Train())
    engine.close()

    assert heard.end_of(number).outcome in (Outcome.CANCELLED, Outcome.DONE)
    assert psutil.Process().children() == before


def test_an_idle_process_that_has_trained_often_is_replaced_quietly(
    engine: EngineHost, heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "_RECYCLE_AFTER", 2)
    for _ in range(2):
        number = engine.submit(Train())
        heard.start_of(number)
        engine.cancel(number)
        heard.end_of(number)
    process_of(heard, 2)

    assert not [one for one in heard.events if isinstance(one, EngineLost)]
    assert heard.end_of(engine.submit(Echo(2))).result == 2


def test_the_process_ends_with_a_parent_that_is_killed(own_home: Path) -> None:
    program = (
        "import time\n"
        "from engine.service.host import EngineHost\n"
        "from tests.engine.service.jobs import Wait\n"
        "engine = EngineHost(lambda event: print(getattr(event, 'process', ''), flush=True))\n"
        "engine.submit(Wait())\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()

    child.wait(timeout=20)


def test_the_variable_chooses_where_the_engine_lives(monkeypatch: pytest.MonkeyPatch, heard: Listener) -> None:
    monkeypatch.setenv("CONVOSCOPE_ENGINE", "thread")
    inside = make_engine(heard)
    monkeypatch.delenv("CONVOSCOPE_ENGINE")
    outside = make_engine(heard)
    inside.close()
    outside.close()

    assert isinstance(inside, EngineService)
    assert isinstance(outside, EngineHost)


@pytest.mark.parametrize(("code", "words"), [(1, "exit code 1"), (-9, "memory ran out"), (-63, "signal 63")])
def test_an_exit_code_is_told_in_words(code: int, words: str) -> None:
    assert words in faults.words_for(code)
