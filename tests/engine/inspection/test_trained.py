"""Asking a trained network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.analysis import analyse
from engine.build import build, set_weights
from engine.errors import EngineError
from engine.inspection.results import TrainedRef
from engine.inspection.trained import Trained
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.rescaling import Rescaling
from engine.runs.checkpoints import Checkpoint, path_of, steps_in
from engine.training.run import resume, start
from tests.engine.training.small import Listener, dataset, plan

STACK = [Rescaling(), ConvBNActivation(filters=3), Flatten(), Dense(units=3)]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two epochs of a network with a block, which ends in logits."""
    data, listener = dataset(), Listener()
    folder = tmp_path_factory.mktemp("runs")
    return start(plan(data, stack=STACK), data, folder, listener.on_event, listener.next_control).folder


def test_predictions_are_those_of_keras_with_a_softmax_on_logits(run: Path) -> None:
    import keras

    trained, images = Trained.load(TrainedRef(run, "last")), dataset().images
    graph = analyse(trained.plan.network, 3).graph
    assert graph is not None
    model = build(graph, 0)
    set_weights(model, graph, Checkpoint.load(path_of(run / "checkpoints", 8)).weights)
    expected = keras.ops.softmax(model(images.astype("float32"), training=False)).numpy()
    found = trained.predict(images)
    assert found.shape == (50, 3)
    assert found == pytest.approx(expected, abs=1e-5)
    assert found[0] == pytest.approx(trained.predict(images[:1])[0], abs=1e-5)


def test_one_call_gives_the_outputs_of_every_layer_and_block(run: Path) -> None:
    trained, image = Trained.load(TrainedRef(run)), dataset().images[7]
    top, maps = trained.inspect(image, top=2)
    assert list(maps)[:3] == ["input", "layer_001", "layer_002"]
    assert (maps["input"] == image).all()
    assert maps["layer_001"] == pytest.approx(image / 255, abs=1e-6)
    inside = [path for path in maps if path.startswith("layer_002/")]
    assert len(inside) == 3
    assert (maps["layer_002"] == maps[inside[-1]]).all()
    assert [one.probability for one in top] == sorted((one.probability for one in top), reverse=True)
    assert len(top) == 2


def test_only_the_layers_asked_for_are_given(run: Path) -> None:
    _, maps = Trained.load(TrainedRef(run)).inspect(dataset().images[0], ("layer_003",))
    assert {path: one.shape for path, one in maps.items()} == {"layer_003": (192,)}


def test_an_unknown_layer_is_refused_with_the_names_of_those_there_are(run: Path) -> None:
    with pytest.raises(EngineError, match=r"There is no layer 'layer_9'.*\n.*layer_001"):
        Trained.load(TrainedRef(run)).inspect(dataset().images[0], ("layer_9",))


def test_images_of_another_shape_are_refused(run: Path) -> None:
    with pytest.raises(EngineError, match="9 × 8 × 1 do not fit"):
        Trained.load(TrainedRef(run)).predict(np.zeros((2, 9, 8, 1), np.uint8))


def test_the_weights_follow_a_run_that_goes_on_and_best_is_the_best_epoch(tmp_path: Path) -> None:
    data, listener = dataset(), Listener()
    first = start(plan(data, epochs=1), data, tmp_path, listener.on_event, listener.next_control)
    before = Trained.load(TrainedRef(first.folder, "last"))
    answer = before.predict(data.images)
    done = resume(first.folder, data, listener.on_event, listener.next_control, more_epochs=3)
    after = Trained.load(TrainedRef(first.folder, "last"))
    assert (before.facts.epoch, after.facts.epoch, after.facts.step) == (1, 4, 16)
    assert not np.allclose(after.predict(data.images), answer)
    assert np.array_equal(before.predict(data.images), answer)  # what was loaded stays what it was
    best = Trained.load(TrainedRef(first.folder, "best"))
    assert (best.facts.weights, best.facts.epoch) == ("best", done.best_epoch)
    assert best.facts.validation_accuracy == done.best_validation_accuracy


def test_where_no_epoch_has_ended_the_last_weights_stand_in_for_the_best(tmp_path: Path) -> None:
    from engine.events import Stop

    data = dataset()
    stopped = start(plan(data), data, tmp_path, Listener().on_event, Listener().give(None, Stop()).next_control)
    facts = Trained.load(TrainedRef(stopped.folder)).facts
    assert (facts.weights, facts.epoch, facts.step, facts.validation_accuracy) == ("last", 0, 1, None)


def test_a_run_whose_checkpoints_are_all_damaged_says_so(tmp_path: Path) -> None:
    data, listener = dataset(), Listener()
    done = start(plan(data, epochs=1), data, tmp_path, listener.on_event, listener.next_control)
    for step in steps_in(done.folder / "checkpoints"):
        path_of(done.folder / "checkpoints", step).write_bytes(b"half")
    with pytest.raises(EngineError, match="run-001 has no weights that can be used"):
        Trained.load(TrainedRef(done.folder))


def test_there_are_only_best_and_last_weights(run: Path) -> None:
    with pytest.raises(EngineError, match="no weights called 'newest'"):
        Trained.load(TrainedRef(run, "newest"))
