"""Measuring a trained network on its own images and on others."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.errors import EngineError
from engine.inspection.evaluating import evaluate
from engine.inspection.results import TrainedRef
from engine.inspection.trained import Trained
from engine.runs.folder import RunFolder
from engine.training.run import start
from tests.engine.training.small import Listener, dataset, plan

DATA = dataset(images=80, validation=20, test=10)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    listener, folder = Listener(), tmp_path_factory.mktemp("runs")
    done = start(plan(DATA, epochs=4), DATA, folder, listener.on_event, listener.next_control)
    return Trained.load(TrainedRef(done.folder, "last"))


def changed(**fields: object) -> Dataset:
    return dataclasses.replace(DATA, **fields)  # type: ignore[arg-type]


def test_the_validation_figures_are_those_of_the_run(trained: Trained) -> None:
    found = evaluate(trained, DATA, "validation")
    assert found.accuracy == trained.facts.validation_accuracy
    assert (found.split, found.images, found.note) == ("validation", 20, "")


def test_the_loss_is_that_of_training_where_there_is_no_smoothing(trained: Trained, tmp_path: Path) -> None:
    listener = Listener()
    done = start(plan(DATA, epochs=1), DATA, tmp_path, listener.on_event, listener.next_control)
    found = evaluate(Trained.load(TrainedRef(done.folder)), DATA, "validation")
    assert found.loss == pytest.approx(RunFolder(done.folder).history()[0].validation_loss, rel=1e-5)


def test_the_test_images_are_taken_where_there_are_some(trained: Trained) -> None:
    found = evaluate(trained, DATA)
    assert (found.split, found.images, found.note) == ("test", 10, "The test images were taken.")
    assert sum(one.images for one in found.per_class) == 10
    assert sum(one.correct for one in found.per_class) / 10 == found.accuracy


def test_without_test_images_the_validation_images_are_taken_and_the_note_says_so(trained: Trained) -> None:
    found = evaluate(trained, changed(parts=np.minimum(DATA.parts, 1)))
    assert (found.split, found.images) == ("validation", 30)
    assert "There are no test images" in found.note


def test_without_both_all_images_are_taken(trained: Trained) -> None:
    found = evaluate(trained, changed(parts=DATA.parts * 0, fingerprint="other"))
    assert (found.split, found.images) == ("all", 80)
    assert found.note == "There are no test and no validation images: all images were taken."


def test_a_figure_on_the_images_of_the_training_carries_a_warning(trained: Trained) -> None:
    assert "on new ones it will do worse" in evaluate(trained, DATA, "train").note


def test_classes_of_other_images_are_matched_by_name_whatever_their_order(trained: Trained) -> None:
    order = [2, 0, 1]
    other = changed(
        class_names=tuple(DATA.class_names[place] for place in order),
        labels=np.argsort(order)[DATA.labels].astype(np.int32),
        fingerprint="other",
    )
    assert evaluate(trained, other, "all").accuracy == evaluate(trained, DATA, "all").accuracy


def test_missing_and_unknown_classes_are_named(trained: Trained) -> None:
    found = evaluate(trained, changed(class_names=("left", "right", "bottom"), fingerprint="other"), "all")
    assert found.images == int((DATA.labels != 2).sum())
    assert "No image of: top." in found.note
    assert f"left out with {int((DATA.labels == 2).sum())} images: bottom." in found.note
    assert [one.accuracy is None for one in found.per_class] == [False, False, True]


def test_images_of_nothing_but_other_classes_are_refused_with_both_lists(trained: Trained) -> None:
    with pytest.raises(EngineError, match=r"they have cat, dog, owl\.\n.*the run knows left, right, top"):
        evaluate(trained, changed(class_names=("cat", "dog", "owl")))


def test_an_unknown_or_empty_part_is_refused(trained: Trained) -> None:
    with pytest.raises(EngineError, match="no part called 'exam'"):
        evaluate(trained, DATA, "exam")
    with pytest.raises(EngineError, match="There are no test images to measure on"):
        evaluate(trained, changed(parts=DATA.parts * 0), "test")
