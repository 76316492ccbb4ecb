"""Starting a run and going on with one."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.augmentation import Augmentation
from engine.augmentation.cut_mix import CutMix
from engine.augmentation.mix_up import MixUp
from engine.augmentation.random_brightness import RandomBrightness
from engine.augmentation.random_flip import RandomFlip
from engine.augmentation.random_translation import RandomTranslation
from engine.data.dataset import Dataset
from engine.data.split import PARTS, Part
from engine.errors import EngineError
from engine.events import EpochEnded, Pause, Reason, RunEnded, RunEvent, RunResumed, SetValue, StepsEnded, Stop
from engine.plan import Plan
from engine.runs.checkpoints import Checkpoint, path_of, steps_in
from engine.runs.folder import RunFolder
from engine.runs.owner import Owner
from engine.runs.records import State
from engine.training.batches import Batches
from engine.training.run import resume, start
from tests.engine.training import small
from tests.engine.training.small import Listener, bytes_of, dataset

RUN = "run-001"
CHANGES = Augmentation((RandomFlip(), RandomTranslation(), RandomBrightness(), MixUp(), CutMix()))


def plan(data: Dataset, **settings: Any) -> Plan:
    """A plan with all that is random: dropout, augmentation, order and first weights."""
    return small.plan(data, augmentation=CHANGES, **settings)


def test_the_same_plan_gives_the_same_history_and_weights_bit_for_bit(tmp_path: Path) -> None:
    data = dataset()
    for name in ("a", "b"):
        listener = Listener()
        start(plan(data), data, tmp_path / name, listener.on_event, listener.next_control)
    first, second = (bytes_of(tmp_path / name / RUN) for name in ("a", "b"))
    assert first == second
    assert len(first["steps.bin"]) == 2 * 4 * 8  # epochs x steps x two floats


def test_augmentation_takes_part_in_training(tmp_path: Path) -> None:
    data = dataset()
    for make in (plan, small.plan):
        listener = Listener()
        start(make(data, epochs=1), data, tmp_path, listener.on_event, listener.next_control)
    assert bytes_of(tmp_path / "run-001")["history.csv"] != bytes_of(tmp_path / "run-002")["history.csv"]


def test_another_seed_gives_another_run(tmp_path: Path) -> None:
    data = dataset()
    for seed in (1, 2):
        listener = Listener()
        start(plan(data, epochs=1, seed=seed), data, tmp_path, listener.on_event, listener.next_control)
    assert bytes_of(tmp_path / "run-001")["history.csv"] != bytes_of(tmp_path / "run-002")["history.csv"]


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an unbroken run of three epochs leaves."""
    data, listener = dataset(), Listener()
    done = start(plan(data, epochs=3), data, tmp_path_factory.mktemp("a"), listener.on_event, listener.next_control)
    return bytes_of(done.folder)


def test_a_run_stopped_after_two_of_three_epochs_and_resumed_equals_an_unbroken_one_bit_for_bit(
    tmp_path: Path, straight: dict[str, bytes]
) -> None:
    data = dataset()
    listener = Listener(lambda event: Stop() if isinstance(event, EpochEnded) and event.epoch == 2 else None)
    stopped = start(plan(data, epochs=3), data, tmp_path / "broken", listener.on_event, listener.next_control)
    assert (stopped.epochs, stopped.reason) == (2, "stopped")
    again = Listener()
    done = resume(stopped.folder, data, again.on_event, again.next_control)
    assert (done.epochs, done.reason) == (3, "completed")
    assert bytes_of(stopped.folder) == straight


@pytest.mark.parametrize(("looks", "step"), [(1, 1), (7, 6), (11, 9)])  # one look an epoch is in the validation
def test_a_run_resumed_in_the_middle_of_an_epoch_equals_an_unbroken_one_bit_for_bit(
    tmp_path: Path, straight: dict[str, bytes], looks: int, step: int
) -> None:
    data = dataset()
    listener = CountingListener(looks)
    stopped = start(plan(data, epochs=3), data, tmp_path / "broken", listener.on_event, listener.next_control)
    assert stopped.steps == step
    again = Listener()
    resume(stopped.folder, data, again.on_event, again.next_control)
    assert bytes_of(stopped.folder) == straight


class CountingListener(Listener):
    """Stops a run without validation images at the `steps`-th look for a control."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self._left = steps

    def next_control(self, wait_seconds: float = 0.0) -> object | None:
        self._left -= 1
        return Stop() if self._left < 0 else None


def test_a_run_stopped_during_validation_validates_again_when_resumed(
    tmp_path: Path, straight: dict[str, bytes]
) -> None:
    data = dataset()
    listener = CountingListener(4)  # four steps of training; the fifth look is between two batches of validation
    stopped = start(plan(data, epochs=3), data, tmp_path / "broken", listener.on_event, listener.next_control)
    assert (stopped.epochs, stopped.steps) == (0, 4)
    resume(stopped.folder, data, Listener().on_event, Listener().next_control)
    assert bytes_of(stopped.folder) == straight


def test_more_epochs_extend_the_same_run_as_if_they_had_been_planned(
    tmp_path: Path, straight: dict[str, bytes]
) -> None:
    data, listener = dataset(), Listener()
    done = start(plan(data, epochs=2), data, tmp_path, listener.on_event, listener.next_control)
    again = Listener()
    more = resume(done.folder, data, again.on_event, again.next_control, more_epochs=1)
    assert (more.run, more.epochs, more.planned_epochs) == (RUN, 3, 3)
    assert bytes_of(done.folder)["history.csv"] == straight["history.csv"]
    controls = [json.loads(line) for line in (done.folder / "controls.jsonl").read_text("utf-8").splitlines()]
    assert controls == [{"step": 8, "control": "set", "name": "epochs", "value": 3}]
    resumed = next(one for one in again.heard if isinstance(one, RunResumed))
    assert (resumed.from_step, resumed.epochs) == (8, 3)


def test_a_completed_run_goes_on_only_with_more_epochs(tmp_path: Path) -> None:
    data, listener = dataset(), Listener()
    done = start(plan(data, epochs=1), data, tmp_path, listener.on_event, listener.next_control)
    with pytest.raises(EngineError, match="nothing left to do after 1 epoch"):
        resume(done.folder, data, listener.on_event, listener.next_control)


def test_a_value_set_on_the_way_is_still_in_force_after_a_resume(tmp_path: Path) -> None:
    data = dataset()
    listener = Listener().give(SetValue("learning_rate", 0.25), SetValue("epochs", 5), Stop())
    stopped = start(plan(data), data, tmp_path, listener.on_event, listener.next_control)
    found = Checkpoint.load(path_of(RunFolder(stopped.folder).checkpoints, 0))
    assert found.progress.epochs == 5
    assert any(one.dtype.kind == "f" and one.shape == () and float(one) == 0.25 for one in found.optimizer)


def test_a_damaged_checkpoint_is_passed_over_for_the_one_before_and_the_user_is_told(
    tmp_path: Path, straight: dict[str, bytes]
) -> None:
    data = dataset()
    listener = Listener(lambda event: Stop() if isinstance(event, EpochEnded) and event.epoch == 2 else None)
    stopped = start(plan(data, epochs=3), data, tmp_path / "broken", listener.on_event, listener.next_control)
    newest = path_of(RunFolder(stopped.folder).checkpoints, 8)
    whole = bytearray(newest.read_bytes())
    whole[len(whole) // 2] ^= 1
    newest.write_bytes(whole)
    again = Listener()
    resume(stopped.folder, data, again.on_event, again.next_control)
    resumed = next(one for one in again.heard if isinstance(one, RunResumed))
    assert resumed.from_step == 4
    assert "after step 8 was passed over" in resumed.note
    assert bytes_of(stopped.folder) == straight


def test_a_run_without_any_sound_checkpoint_starts_over(tmp_path: Path, straight: dict[str, bytes]) -> None:
    data = dataset()
    done = start(plan(data, epochs=3), data, tmp_path / "broken", Listener().on_event, CountingListener(5).next_control)
    for one in (done.folder / "checkpoints").iterdir():
        one.write_bytes(one.read_bytes()[:100])
    again = Listener()
    resume(done.folder, data, again.on_event, again.next_control)
    assert next(one for one in again.heard if isinstance(one, RunResumed)).from_step == 0
    assert bytes_of(done.folder) == straight


def test_a_run_of_a_process_that_is_gone_reads_interrupted_and_resumes(tmp_path: Path) -> None:
    data, listener = dataset(), CountingListener(5)
    folder = RunFolder(start(plan(data, epochs=3), data, tmp_path, listener.on_event, listener.next_control).folder)
    gone = dataclasses.replace(Owner.this_process(), started=1.0)
    folder.save_status(dataclasses.replace(folder.status(), state=State.RUNNING, reason="", owner=gone))
    assert folder.summary().state is State.INTERRUPTED
    assert resume(folder.path, data, listener.on_event, Listener().next_control).state is State.ENDED


def test_a_run_that_is_being_trained_is_not_resumed_as_well(tmp_path: Path) -> None:
    data, listener = dataset(), CountingListener(0)
    folder = RunFolder(start(plan(data), data, tmp_path, listener.on_event, listener.next_control).folder)
    folder.save_status(dataclasses.replace(folder.status(), state=State.PAUSED))
    with pytest.raises(EngineError, match="run-001 is being trained already"):
        resume(folder.path, data, listener.on_event, listener.next_control)


def test_a_run_is_not_resumed_on_other_images(tmp_path: Path) -> None:
    data, listener = dataset(), CountingListener(3)
    stopped = start(plan(data), data, tmp_path, listener.on_event, listener.next_control)
    with pytest.raises(EngineError, match="not those that the run was planned with"):
        resume(stopped.folder, dataset(seed=9), listener.on_event, listener.next_control)


def test_a_resumed_run_says_what_has_changed_around_it(tmp_path: Path) -> None:
    data, listener = dataset(), CountingListener(3)
    folder = RunFolder(start(plan(data), data, tmp_path, listener.on_event, listener.next_control).folder)
    status = folder.status()
    folder.save_status(dataclasses.replace(status, environment={**status.environment, "tensorflow": "2.1.0"}))
    again = Listener()
    resume(folder.path, data, again.on_event, again.next_control)
    note = next(one for one in again.heard if isinstance(one, RunResumed)).note
    assert "not bit for bit like an unbroken one: tensorflow was 2.1.0" in note


def test_a_run_that_starts_from_another_begins_with_its_weights(tmp_path: Path) -> None:
    data, listener = dataset(), Listener()
    parent = start(plan(data, epochs=1), data, tmp_path, listener.on_event, listener.next_control)
    child = start(
        plan(data, epochs=1, seed=99, parent=parent.run, start_step=4), data, tmp_path, listener.on_event, Stopping()
    )
    before = Checkpoint.load(path_of(parent.folder / "checkpoints", 4)).weights
    after = Checkpoint.load(path_of(child.folder / "checkpoints", 0)).weights
    assert before.keys() == after.keys()
    assert all((before[name] == after[name]).all() for name in before)


class Stopping:
    def __call__(self, wait_seconds: float) -> object:
        return Stop()


def test_only_the_last_three_checkpoints_and_the_best_stay(tmp_path: Path) -> None:
    data, listener = dataset(), Listener()
    done = start(plan(data, epochs=5), data, tmp_path, listener.on_event, listener.next_control)
    steps = steps_in(done.folder / "checkpoints")
    assert set(steps) == {12, 16, 20, done.best_epoch * 4}


def test_the_events_are_numbered_through_a_resume_and_read_back_as_they_were_said(tmp_path: Path) -> None:
    data, listener = dataset(), CountingListener(5)
    stopped = start(plan(data), data, tmp_path, listener.on_event, listener.next_control)
    again = Listener()
    resume(stopped.folder, data, again.on_event, again.next_control)
    said: list[RunEvent] = [*listener.heard, *again.heard]
    assert [one.sequence for one in said] == list(range(1, len(said) + 1))
    ended = [one for one in listener.heard if isinstance(one, RunEnded)]
    assert ended[0].reason is Reason.STOPPED
    assert list(RunFolder(stopped.folder).events()) == [one for one in said if one is not ended[0]]


def test_every_step_is_reported_once_with_figures_that_fit_the_log_of_steps(tmp_path: Path) -> None:
    data, listener = dataset(), Listener()
    done = start(plan(data), data, tmp_path, listener.on_event, listener.next_control)
    steps = RunFolder(done.folder).steps()
    seen = []
    for event in listener.heard:
        if isinstance(event, StepsEnded):
            span = range(event.first_step, event.last_step + 1)
            seen += list(span)
            losses = steps[span.start : span.stop, 0]
            assert event.loss == pytest.approx((losses[0], losses[-1], losses.mean(), losses.min(), losses.max()))
    assert seen == list(range(8))


def test_a_pause_in_a_plan_that_was_stopped_keeps_its_place(tmp_path: Path) -> None:
    data = dataset()
    listener = Listener().give(None, None, Pause(), Stop())
    stopped = start(plan(data), data, tmp_path, listener.on_event, listener.next_control)
    assert stopped.steps == 2
    assert listener.names() == ["RunStarted", "RunPaused", "RunEnded"]


def test_the_test_images_have_no_part_in_training_early_stopping_or_the_choice_of_the_best(tmp_path: Path) -> None:
    """Whatever stands in the test part, every bit of a run that stops early is the same."""
    data = dataset(test=12)
    tested = data.parts == PARTS.index(Part.TEST)
    other = data.images.copy()
    other[tested] = np.random.default_rng(9).integers(0, 256, other[tested].shape, dtype=np.uint8)
    labels = np.where(tested, (data.labels + 1) % len(data.class_names), data.labels).astype(np.int32)
    found = []
    for name, one in (("a", data), ("b", dataclasses.replace(data, images=other, labels=labels))):
        listener = Listener()
        settings = {"epochs": 8, "patience": 1, "learning_rate": 0.05}
        done = start(plan(one, **settings), one, tmp_path / name, listener.on_event, listener.next_control)
        assert done.reason == "early_stopped"
        checkpoints = {path.name: path.read_bytes() for path in (done.folder / "checkpoints").iterdir()}
        found.append((bytes_of(done.folder), checkpoints, done.best_epoch))
    assert found[0] == found[1]


def test_a_run_touches_no_test_image_at_all(tmp_path: Path) -> None:
    data = dataset(test=12)
    touched: set[int] = set()

    class Watched(np.ndarray[Any, Any]):
        def __getitem__(self, key: Any) -> Any:
            touched.update(np.arange(len(data.images))[key].ravel().tolist())
            return np.asarray(self)[key]

    batches = Batches(data, 8, 0)
    batches._images = data.images.view(Watched)
    for _ in batches.of_epoch(1):
        pass
    assert touched == set(np.flatnonzero(data.parts == PARTS.index(Part.TRAIN)).tolist())
    for _ in batches.of_validation(8):
        pass
    assert touched == set(np.flatnonzero(data.parts != PARTS.index(Part.TEST)).tolist())
