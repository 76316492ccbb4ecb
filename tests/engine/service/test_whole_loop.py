"""The whole loop through both engines: open, train, look inside, stop, resume, measure."""

from __future__ import annotations

import dataclasses
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.errors import EngineError
from engine.events import EpochEnded, RunEnded, RunResumed, RunStarted
from engine.inspection.results import DatasetImage, Inspection, TrainedRef
from engine.jobs import Engine, EngineStarted, Job, Outcome
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.rescaling import Rescaling
from engine.network import Network
from engine.plan import Draft
from engine.project import runs_folder, sample_draft
from engine.recipe import Recipe
from engine.runs.records import RunSummary, State
from engine.service.datasets import DatasetSummary, OpenDataset, ReadThumbnails
from engine.service.engine_service import EngineService
from engine.service.host import EngineHost
from engine.service.inspection import Classify, Evaluate, Inspect
from engine.service.projects import DeleteRun, ListRuns, NewProject, ReadRun
from engine.service.training import ResumeRun, Train, WarmUp
from tests.engine.service.jobs import Listener


class Loop:
    """An engine, and the answer to each job."""

    def __init__(self, make: Callable[[Listener], Engine]) -> None:
        self.heard = Listener()
        self.engine = make(self.heard)
        self.number = 0

    def __call__(self, job: Job) -> Any:
        self.number = self.engine.submit(job)
        ended = self.heard.end_of(self.number)
        if ended.error is not None:
            raise ended.error
        assert ended.outcome is Outcome.DONE
        return ended.result

    def events(self) -> list[Any]:
        return self.heard.partials(self.number)


@pytest.fixture(params=[EngineService, EngineHost], ids=["threads", "child"])
def loop(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loop]:
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "home"))
    loop = Loop(request.param)
    yield loop
    loop.engine.close()


@pytest.fixture
def draft() -> Draft:
    network = Network.of(Input.of((8, 8, 1)), [Rescaling(scale=1 / 255), Flatten(), Dense(10, activation="softmax")])
    return dataclasses.replace(
        sample_draft(), network=network, recipe=Recipe(epochs=1, batch_size=64).with_value("learning_rate", 0.02)
    )


@pytest.mark.slow
def test_open_train_look_inside_resume_and_measure(loop: Loop, draft: Draft) -> None:
    assert "TensorFlow 2" in loop(WarmUp(threads=1))
    project = loop(NewProject(draft))
    runs = runs_folder(project.folder)

    summary: DatasetSummary = loop(OpenDataset(draft.data))
    assert len(summary.ids) == 1797
    assert summary.shape == (8, 8, 1)
    assert loop(ReadThumbnails(draft.data, (0, 1796, 9999), 24)).pixels.shape == (2, 24, 24, 3)

    run: RunSummary = loop(Train(draft, runs, threads=1))
    assert (run.state, run.epochs) == (State.ENDED, 1)
    assert [type(one) for one in loop.events() if not hasattr(one, "first_step")] == [RunStarted, EpochEnded, RunEnded]

    trained = TrainedRef(run.folder)
    seen: Inspection = loop(Inspect(trained, DatasetImage(draft.data, 0)))
    assert seen.true_class == summary.class_names[summary.labels[0]]
    assert len(seen.top) == 5
    assert seen.maps["layer_003"].shape == (10,)

    longer: RunSummary = loop(ResumeRun(run.folder, draft.data, more_epochs=2))
    assert longer.epochs == 3
    assert isinstance(loop.events()[0], RunResumed)
    measured = loop(Evaluate(trained, draft.data))
    assert (measured.split, measured.images > 200) == ("test", True)
    assert measured.accuracy > 0.8
    assert [one.run for one in loop(ListRuns(project.folder))] == [run.run]
    assert len(loop(ReadRun(run.folder)).history) == 3

    with pytest.raises(EngineError, match="Dense"):
        loop(Train(dataclasses.replace(draft, network=draft.network.set_type("layer_003", Dense(7))), runs))
    with pytest.raises(EngineError):
        loop(Classify(trained, (project.folder / "nothing",)))
    loop(DeleteRun(run.folder))
    assert loop(ListRuns(project.folder)) == ()


@pytest.mark.slow
def test_cancelling_a_training_stops_it_and_keeps_its_weights(loop: Loop, draft: Draft) -> None:
    draft = dataclasses.replace(draft, recipe=Recipe(epochs=5000))
    runs = runs_folder(loop(NewProject(draft)).folder)
    number = loop.engine.submit(Train(draft, runs, threads=1))
    loop.heard.wait_for(lambda one: isinstance(getattr(one, "value", None), EpochEnded))
    loop.engine.cancel(number)
    ended = loop.heard.end_of(number)

    assert ended.outcome is Outcome.DONE
    assert isinstance(ended.result, RunSummary)
    assert (ended.result.reason, ended.result.has_weights) == ("stopped", True)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_a_run_whose_process_is_killed_is_resumed_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, draft: Draft
) -> None:
    monkeypatch.setenv("CONVOSCOPE_HOME", str(tmp_path / "home"))
    loop = Loop(EngineHost)
    draft = dataclasses.replace(draft, recipe=Recipe(epochs=5000))
    runs = runs_folder(loop(NewProject(draft)).folder)
    number = loop.engine.submit(Train(draft, runs, threads=1))
    loop.heard.wait_for(lambda one: isinstance(getattr(one, "value", None), EpochEnded), 3)
    (started,) = loop.heard.wait_for(lambda one: isinstance(one, EngineStarted))
    os.kill(started.process, signal.SIGKILL)

    assert "signal 9" in str(loop.heard.end_of(number).error)
    (found,) = loop(ListRuns(runs.parent))
    assert (found.state, found.has_weights) == (State.INTERRUPTED, True)
    again = loop.engine.submit(ResumeRun(found.folder, draft.data))
    resumed = loop.heard.wait_for(lambda one: isinstance(getattr(one, "value", None), RunResumed))[0].value
    loop.engine.cancel(again)
    ended = loop.heard.end_of(again)
    loop.engine.close()

    assert resumed.from_step == found.steps > 0
    assert ended.outcome is Outcome.DONE
