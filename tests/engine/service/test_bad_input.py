"""Whatever a person gives the engine: an answer in three sentences, never a defect, and nothing of theirs is lost."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.errors import EngineError
from engine.inspection.results import ImageFile, TrainedRef
from engine.jobs import Job, Outcome
from engine.layers import LayerType
from engine.layers.activation import Activation
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.network import Network
from engine.plan import Draft
from engine.recipe import Recipe
from engine.service.datasets import OpenDataset
from engine.service.engine_service import EngineService
from engine.service.inspection import Classify, Evaluate, Inspect
from engine.service.projects import OpenProject, SaveProject
from engine.service.training import ResumeRun, Train
from tests.engine.data.folders import cut_jpeg, folder, huge_header, save
from tests.engine.service.jobs import Listener


@pytest.fixture
def heard() -> Listener:
    return Listener()


@pytest.fixture
def service(heard: Listener) -> Iterator[EngineService]:
    service = EngineService(heard)
    yield service
    service.close()


def refused(service: EngineService, heard: Listener, job: Job) -> EngineError:
    """The error that a job ends with, once it is certain that it is no defect."""
    ended = heard.end_of(service.submit(job))
    assert ended.outcome is Outcome.FAILED, ended
    assert ended.error is not None
    assert not ended.defect, ended.error
    for words in (ended.error.what, ended.error.expected, ended.error.fix):
        assert words.endswith((".", ")")), words
        assert "Traceback" not in words
    return ended.error


def contents(root: Path) -> dict[str, str]:
    """Every file below `root` and what it holds."""
    files = (one for one in sorted(root.rglob("*")) if one.is_file())
    return {one.relative_to(root).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


def only_bad_files(root: Path) -> None:
    for name, data in (("a", b"meow"), ("b", cut_jpeg()), ("c", huge_header())):
        (root / name).mkdir()
        (root / name / "x.jpg").write_bytes(data)


SOURCES: dict[str, tuple[Callable[[Path], object], str]] = {
    "zero images": (lambda root: folder(root, {"a": 0, "b": 0}), "hold no files"),
    "nothing at all": (lambda root: None, "is empty"),
    "one class": (lambda root: folder(root, {"a": 3}), "only one class"),
    "no class": (lambda root: save(root / "x.png"), "their names say no classes"),
    "bad files only": (only_bad_files, "None of the 3 files"),
    "a folder that is gone": (Path.rmdir, "is not there"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_images_that_are_no_dataset(tmp_path: Path, service: EngineService, heard: Listener, name: str) -> None:
    make, what = SOURCES[name]
    root = tmp_path / "images"
    root.mkdir()
    make(root)
    before = contents(tmp_path)
    assert what in refused(service, heard, OpenDataset(DatasetSpec(Source(str(root))))).what
    assert contents(tmp_path) == before


NETWORKS: dict[str, tuple[list[LayerType], str]] = {
    "no layers": ([], "no layers yet"),
    "no Dense at the end": ([Conv2D(4)], "ends in maps of"),
    "Flatten at the end": ([Flatten()], "ends in 64 numbers"),
    "a pool that shrinks the image to nothing": ([MaxPooling2D((9, 9)), Flatten(), Dense(10)], "nothing would be left"),
    "pools one after the other": ([MaxPooling2D()] * 4 + [Flatten(), Dense(10)], "nothing would be left"),
    "Dense before Flatten": ([Dense(10)], "looks at each of 8 × 8 places by itself"),
    "a convolution after Flatten": ([Flatten(), Conv2D(4), Dense(10)], "list of 64 numbers"),
    "units that do not match": ([Flatten(), Dense(7)], "ends in 7 numbers, and the dataset has 10 classes"),
    "softmax over one unit": ([Flatten(), Dense(1), Activation("softmax")], "always gives 1"),
    "an input in the middle": ([Input(8, 8), Flatten(), Dense(10)], "middle of the network"),
    "more than a computer holds": ([Flatten(), Dense(65_536), Dense(65_536), Dense(10)], "parameters"),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_that_cannot_be_trained(tmp_path: Path, service: EngineService, heard: Listener, name: str) -> None:
    types, what = NETWORKS[name]
    draft = Draft(Network.of(Input(8, 8, "grayscale"), types))
    assert what in refused(service, heard, Train(draft, tmp_path / "runs")).what
    assert contents(tmp_path) == {}


def test_images_of_another_size_than_the_input(tmp_path: Path, service: EngineService, heard: Listener) -> None:
    draft = Draft(Network.of(Input(9, 8), [Flatten(), Dense(10)]))
    error = refused(service, heard, Train(draft, tmp_path / "runs"))
    assert error.what == "The images are 8 × 8 × 1, and the network's input is 9 × 8 × 3."


@pytest.mark.parametrize("rate", ["0", "-1", "-1e-9", "nan", "inf", "fast", "1/0"])
def test_learning_rates_that_are_none(rate: str) -> None:
    with pytest.raises(EngineError, match="Learning rate cannot be") as caught:
        Recipe().with_text("learning_rate", rate)
    assert "above 0" in caught.value.expected


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut in half": (lambda data: data[: len(data) // 2], "damaged or was cut short"),
    "empty": (lambda data: b"", "damaged or was cut short"),
    "of a newer version": (lambda data: data.replace(b'"schema_version": 1', b'"schema_version": 2'), "newer version"),
    "no text": (lambda data: bytes(range(256)), "damaged or was cut short"),
    "something else": (lambda data: b"[1, 2, 3]", "not a project"),
    "nested without end": (lambda data: b"[" * 100_000, "nested too deeply"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_project_files_that_are_none(tmp_path: Path, service: EngineService, heard: Listener, name: str) -> None:
    spoil, what = SPOILT[name]
    draft = Draft(Network.of(Input(8, 8, "grayscale"), [Flatten(), Dense(10)]))
    opened = heard.end_of(service.submit(OpenProject())).result
    saved = heard.end_of(service.submit(SaveProject(opened.folder, draft, tmp_path / "mine"))).result  # type: ignore[attr-defined]
    place: Path = saved.folder  # type: ignore[attr-defined]
    heard.end_of(service.submit(SaveProject(place, dataclasses.replace(draft, seed=1))))
    (place / "project.json").write_bytes(spoil((place / "project.json").read_bytes()))
    before = contents(place)
    assert what in refused(service, heard, OpenProject(place)).what
    assert contents(place) == before
    assert any(one.startswith("earlier/") for one in before)


def test_runs_that_are_none(tmp_path: Path, service: EngineService, heard: Listener) -> None:
    image = save(tmp_path / "x.png")
    trained = TrainedRef(tmp_path / "run-001")
    data = DatasetSpec(Source("sample:digits"))
    jobs: list[Job] = [
        Inspect(trained, ImageFile(image)),
        Classify(trained, (image,)),
        Evaluate(trained, data),
        ResumeRun(tmp_path / "run-001", data),
    ]
    for job in jobs:
        assert "There is no run in" in refused(service, heard, job).what
