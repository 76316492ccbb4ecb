from __future__ import annotations

import dataclasses
import sys
import threading
import types

import numpy as np
import pytest

from engine.data.dataset import Dataset, DatasetSpec
from engine.data.source import Source
from engine.data.split import Curation
from engine.errors import Cancelled, EngineError
from engine.images.preprocessing import Preprocessing
from engine.jobs import Context, Quiet
from engine.service.session import OpenDatasets


class Opening:
    """Stands in for `engine.data.opening`, counts, and waits where it is told to."""

    def __init__(self) -> None:
        self.opened: list[DatasetSpec] = []
        self.go = threading.Event()
        self.go.set()
        self.fails = False

    def open_dataset(self, spec: DatasetSpec, context: Context) -> Dataset:
        self.opened.append(spec)
        assert self.go.wait(10)
        if self.fails:
            raise EngineError("The folder is gone.", "It must be there.", "Bring it back.")
        filled = dataclasses.replace(spec, preprocessing=spec.preprocessing or Preprocessing())
        nothing = np.zeros(0, np.uint8)
        return Dataset(filled, ("a", "b"), (), nothing.reshape(0, 1, 1, 1), nothing, nothing, str(len(self.opened)))


@pytest.fixture
def opening(monkeypatch: pytest.MonkeyPatch) -> Opening:
    opening = Opening()
    module = types.ModuleType("engine.data.opening")
    module.open_dataset = opening.open_dataset  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "engine.data.opening", module)
    return opening


def spec(name: str) -> DatasetSpec:
    return DatasetSpec(Source(name))


def test_a_dataset_is_opened_once_and_found_under_both_of_its_specs(opening: Opening) -> None:
    datasets = OpenDatasets()
    first = datasets.get(spec("a"), Quiet())

    assert datasets.get(spec("a"), Quiet()) is first
    assert datasets.get(first.spec, Quiet()) is first
    assert len(opening.opened) == 1


def test_opening_reads_the_disk_again(opening: Opening) -> None:
    datasets = OpenDatasets()
    first = datasets.get(spec("a"), Quiet())
    second = datasets.open(spec("a"), Quiet())

    assert second is not first
    assert datasets.get(first.spec, Quiet()) is second


def test_the_last_three_are_kept(opening: Opening) -> None:
    datasets = OpenDatasets()
    for name in ("a", "b", "c", "d", "b"):
        datasets.get(spec(name), Quiet())
    assert len(opening.opened) == 4

    datasets.get(spec("a"), Quiet())
    assert len(opening.opened) == 5


def test_two_jobs_that_want_the_same_dataset_open_it_once(opening: Opening) -> None:
    datasets = OpenDatasets()
    opening.go.clear()
    found: list[Dataset] = []
    threads = [threading.Thread(target=lambda: found.append(datasets.get(spec("a"), Quiet()))) for _ in range(4)]
    for one in threads:
        one.start()
    opening.go.set()
    for one in threads:
        one.join()

    assert len(opening.opened) == 1
    assert all(one is found[0] for one in found)


def test_waiting_for_another_jobs_opening_can_be_cancelled(opening: Opening) -> None:
    class Impatient(Quiet):
        def check(self) -> None:
            raise Cancelled

    datasets = OpenDatasets()
    opening.go.clear()
    other = threading.Thread(target=datasets.open, args=(spec("a"), Quiet()))
    other.start()
    while not opening.opened:
        pass
    with pytest.raises(Cancelled):
        datasets.get(spec("a"), Impatient())
    opening.go.set()
    other.join()


def test_a_failure_is_not_remembered(opening: Opening) -> None:
    datasets = OpenDatasets()
    opening.fails = True
    with pytest.raises(EngineError, match="gone"):
        datasets.get(spec("a"), Quiet())
    opening.fails = False

    assert datasets.get(spec("a"), Quiet()).class_names == ("a", "b")


def test_what_is_forgotten_is_opened_anew(opening: Opening) -> None:
    datasets = OpenDatasets()
    datasets.get(spec("a"), Quiet())
    datasets.forget()
    datasets.get(spec("a"), Quiet())

    assert len(opening.opened) == 2


def test_what_was_read_earlier_of_the_same_images_is_not_taken_for_what_is_there_now(opening: Opening) -> None:
    datasets = OpenDatasets()
    first = datasets.get(spec("a"), Quiet())
    other = dataclasses.replace(first.spec, curation=Curation().exclude(["x"]))
    datasets.open(other, Quiet())

    assert datasets.get(first.spec, Quiet()) is not first
