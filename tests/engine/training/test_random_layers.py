"""Layers that draw at random, and the one that weighs values: all of them take part in training and in checkpoints."""

from __future__ import annotations

import inspect
from pathlib import Path

import keras
import numpy as np
import pytest

from engine.analysis import analyse
from engine.layers import LayerType, stackable_types
from engine.layers.activity_regularization import ActivityRegularization
from engine.layers.block import Block, Child
from engine.layers.branches import Branches
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.rescaling import Rescaling
from engine.runs.checkpoints import newest
from engine.training.learner import Learner
from engine.training.run import resume, start
from tests.engine.training.small import CLASSES, Listener, bytes_of, dataset, plan
from tests.engine.training.test_run import CountingListener

RANDOM: tuple[LayerType, ...] = tuple(
    one()
    for one in stackable_types().values()
    if not issubclass(one, Block) and "seed" in inspect.signature(getattr(keras.layers, one.kind)).parameters
)
INSIDE = Branches((Child("drop", Dropout(0.2), ("",)),))
STACK = (Rescaling(), Conv2D(filters=4), *RANDOM, INSIDE, Flatten(), Dense(len(CLASSES), activation="softmax"))


def test_these_are_the_random_layers() -> None:
    assert {one.kind for one in RANDOM} >= {"Dropout", "SpatialDropout2D", "GaussianNoise", "GaussianDropout"}


def test_a_run_with_every_random_layer_resumes_bit_for_bit(tmp_path: Path) -> None:
    data = dataset()
    straight = start(plan(data, stack=STACK), data, tmp_path / "a", Listener().on_event, Listener().next_control)
    broken = start(plan(data, stack=STACK), data, tmp_path / "b", Listener().on_event, CountingListener(6).next_control)
    assert broken.steps == 5
    checkpoint, _ = newest(broken.folder / "checkpoints")
    assert checkpoint is not None
    assert len(checkpoint.seeds) == len(RANDOM) + 1
    assert any(path.startswith("layer_00") and "/drop/" in path for path in checkpoint.seeds)
    resume(broken.folder, data, Listener().on_event, Listener().next_control)
    assert bytes_of(broken.folder) == bytes_of(straight.folder)


@pytest.mark.parametrize("type", RANDOM, ids=lambda one: one.kind)
def test_without_its_state_a_run_would_go_on_differently(type: LayerType) -> None:
    """So the test above cannot pass by chance."""
    images = np.ones((2, 4, 4, 8), np.float32)
    layer = type.build("layer", seed=1)
    first, second = (np.asarray(layer(images, training=True)) for _ in range(2))
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(np.asarray(layer(images, training=False)), images)


def test_what_large_values_cost_is_part_of_the_loss_in_training_and_validation() -> None:
    data = dataset()
    found = []
    for costs in ({}, {"l1": 0.5, "l2": 0.25}):
        asked = plan(data, stack=[Rescaling(), ActivityRegularization(**costs), Flatten(), Dense(3, "softmax")])
        graph = analyse(asked.network, 3).graph
        assert graph is not None
        learner = Learner(asked, graph)
        measured = float(learner.measure(data.images[:8], data.labels[:8])[0]) / 8
        trained = float(learner.train(data.images[:8], data.labels[:8], np.arange(8, dtype=np.int32), 1, 0)[0])
        found.append((trained, measured))
    values = data.images[:8] / 255
    cost = (0.5 * np.abs(values).sum() + 0.25 * np.square(values).sum()) / 8  # the mean over the images
    for without, with_cost in zip(*found, strict=True):
        assert with_cost - without == pytest.approx(cost, rel=1e-4)


def test_what_large_values_cost_makes_them_smaller() -> None:
    data = dataset()
    stack = [Rescaling(), Conv2D(filters=2), ActivityRegularization(l2=1.0), Flatten(), Dense(3, "softmax")]
    asked = plan(data, stack=stack)
    graph = analyse(asked.network, 3).graph
    assert graph is not None
    learner = Learner(asked, graph)
    numbers = np.arange(8, dtype=np.int32)
    losses = [float(learner.train(data.images[:8], data.labels[:8], numbers, 1, 0)[0]) for _ in range(12)]
    assert losses[-1] < losses[0]
