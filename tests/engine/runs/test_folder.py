"""The folder of a run, also when it is torn, damaged or being written."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.errors import EngineError
from engine.runs.folder import RunFolder, delete_run, list_runs
from engine.runs.owner import Owner
from engine.runs.records import EpochRow, State
from engine.runs.status import RunStatus
from engine.storage import append_bytes, load_arrays, save_json
from tests.engine.training.small import dataset, plan

DATA = dataset()
PLAN = plan(DATA)
ROW = EpochRow(1, 4, 0.1 + 0.2, 1 / 3, 2.5e-17, 0.0)


def status(run: str, state: State = State.ENDED, owner: Owner | None = None) -> RunStatus:
    return RunStatus(run, state, "2026-11-23T10:00:00+00:00", 2, 195, owner, {"threads": 2}, ("A note.",))


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    made = RunFolder.create(tmp_path, PLAN, DATA)
    made.save_status(status(made.id))
    return made


def test_ids_count_up_from_the_highest_there_is(tmp_path: Path) -> None:
    ids = [RunFolder.create(tmp_path, PLAN, DATA).id for _ in range(3)]
    (tmp_path / "run-002").rename(tmp_path / "run-041")
    (tmp_path / "run-x").mkdir()
    assert (ids, RunFolder.create(tmp_path, PLAN, DATA).id) == (["run-001", "run-002", "run-003"], "run-042")


def test_threads_that_create_runs_at_once_get_a_folder_each(tmp_path: Path) -> None:
    made = []
    threads = [
        threading.Thread(target=lambda: made.append(RunFolder.create(tmp_path, PLAN, DATA).id)) for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(made) == [f"run-{number:03d}" for number in range(1, 9)]


def test_plan_and_images_are_read_back_as_they_were(folder: RunFolder) -> None:
    assert folder.plan() == PLAN
    arrays, _ = load_arrays(folder.path / "images.npz")
    assert arrays["ids"].tobytes().decode().split("\0") == list(DATA.ids)
    assert (arrays["labels"] == DATA.labels).all()
    assert (arrays["parts"] == DATA.parts).all()


def test_names_of_images_that_are_no_text_are_kept(tmp_path: Path) -> None:
    ids = ("caf\udce9/\udcff.png", *DATA.ids[1:])
    folder = RunFolder.create(tmp_path, PLAN, dataclasses.replace(DATA, ids=ids))
    arrays, _ = load_arrays(folder.path / "images.npz")
    assert tuple(arrays["ids"].tobytes().decode("utf-8", "surrogateescape").split("\0")) == ids


def test_history_keeps_every_bit_of_its_numbers(folder: RunFolder) -> None:
    second = EpochRow(2, 8, 1.0, 0.5, None, None)
    folder.append_history(ROW)
    folder.append_history(second)
    assert folder.history() == (ROW, second)


def test_a_torn_last_row_of_the_history_is_left_out_even_where_it_reads_well(folder: RunFolder) -> None:
    folder.append_history(ROW)
    append_bytes(folder.history_file, b"2,8,0.25,0.5,0.125,0.")
    assert folder.history() == (ROW,)


def test_of_an_epoch_that_was_trained_twice_the_later_row_counts(folder: RunFolder) -> None:
    folder.append_history(ROW)
    later = dataclasses.replace(ROW, train_loss=0.5)
    folder.append_history(later)
    assert folder.history() == (later,)


def test_a_torn_last_step_is_left_out(folder: RunFolder) -> None:
    append_bytes(folder.steps_file, np.array([[1, 0.5], [0.25, 1]], "<f4").tobytes() + b"abc")
    assert folder.steps().tolist() == [[1, 0.5], [0.25, 1]]


def test_rewinding_forgets_later_steps_and_epochs_and_marks_those_that_were_lost(folder: RunFolder) -> None:
    append_bytes(folder.steps_file, np.arange(12, dtype="<f4").tobytes())
    folder.append_history(ROW)
    folder.append_history(EpochRow(2, 8, 1.0, 0.5, None, None))
    folder.rewind(5)
    assert folder.steps().tolist() == [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]]
    assert folder.history() == (ROW,)
    folder.rewind(5 + 2)
    assert np.isnan(folder.steps()[5:]).all()
    assert len(folder.steps()) == 7


def test_a_run_reads_as_interrupted_once_its_process_is_gone(folder: RunFolder) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    import psutil

    me = Owner.this_process()
    owner = Owner(child.pid, me.boot, psutil.Process(child.pid).create_time())
    folder.save_status(status(folder.id, State.PAUSED, owner))
    assert folder.summary().state is State.PAUSED
    child.communicate()
    assert folder.summary().state is State.INTERRUPTED


@pytest.mark.parametrize("change", [{"boot": "another"}, {"started": 12.5}, {"pid": 2**22 + 1}])
def test_another_process_of_the_same_number_is_not_mistaken_for_the_runs_own(
    folder: RunFolder, change: dict[str, object]
) -> None:
    owner = Owner.this_process()
    folder.save_status(status(folder.id, State.RUNNING, owner))
    assert folder.summary().state is State.RUNNING
    folder.save_status(status(folder.id, State.RUNNING, dataclasses.replace(owner, **change)))  # type: ignore[arg-type]
    assert folder.summary().state is State.INTERRUPTED


@pytest.mark.parametrize(
    "change",
    [
        {"epochs": "many"},
        {"seconds": None},
        {"steps": 1.5},
        {"train_accuracy": "0.9"},
        {"state": "sleeping"},
        {"state": []},
        {"error": 5},
        {"planned_epochs": True},
        {"owner": {"pid": "1", "boot": "", "started": 0.0}},
        {"owner": {"pid": 1}},
        {"environment": []},
        {"notes": 3},
        {"schema_version": 2},
    ],
    ids=str,
)
def test_a_status_with_a_value_of_another_type_is_damaged(folder: RunFolder, change: dict[str, object]) -> None:
    save_json(folder.path / "run.json", {**folder.status().to_json(), **change})
    with pytest.raises(EngineError, match=r"run\.json cannot be read") as caught:
        folder.status()
    assert caught.value.fix
    (row,) = list_runs(folder.path.parent)
    assert (row.state, row.has_weights) == (State.FAILED, False)


@pytest.mark.parametrize("pid", [-1, 2**31, 2**70])
def test_a_number_that_no_process_has_is_no_living_owner(pid: int) -> None:
    assert not dataclasses.replace(Owner.this_process(), pid=pid).alive()


def test_runs_are_listed_oldest_first_and_a_damaged_one_with_what_is_wrong_with_it(tmp_path: Path) -> None:
    for _ in range(3):
        made = RunFolder.create(tmp_path, PLAN, DATA)
        made.save_status(status(made.id))
    RunFolder.create(tmp_path, PLAN, DATA)  # not yet whole
    (tmp_path / "run-002" / "run.json").write_text('{"schema_version": 1, "run"', "utf-8")
    (tmp_path / "run-003").rename(tmp_path / "run-1003")
    found = list_runs(tmp_path)
    assert [one.folder.name for one in found] == ["run-001", "run-002", "run-1003"]
    assert [one.state for one in found] == [State.ENDED, State.FAILED, State.ENDED]
    assert "run.json" in found[1].error
    assert list_runs(tmp_path / "nothing") == ()


def test_a_status_is_read_back_as_it_was(folder: RunFolder) -> None:
    whole = status(folder.id, State.RUNNING, Owner.this_process())
    folder.save_status(whole)
    assert folder.status() == whole


def test_a_deleted_run_is_gone(folder: RunFolder) -> None:
    delete_run(folder.path)
    assert list(folder.path.parent.iterdir()) == []


def test_a_run_that_is_being_trained_is_not_deleted(folder: RunFolder) -> None:
    folder.save_status(status(folder.id, State.RUNNING, Owner.this_process()))
    with pytest.raises(EngineError, match="run-001 is being trained"):
        delete_run(folder.path)
    assert folder.plan() == PLAN


def test_what_is_no_run_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "run.json").write_text("{}", "utf-8")
    with pytest.raises(EngineError, match="is not a run"):
        delete_run(tmp_path / "photos")
    with pytest.raises(EngineError, match="There is no run"):
        delete_run(tmp_path)
    assert (tmp_path / "photos" / "run.json").is_file()
