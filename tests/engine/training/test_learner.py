"""The learner: penalties and rules on weights take part in training."""

from __future__ import annotations

import numpy as np
import pytest

from engine.analysis import analyse
from engine.augmentation import Augmentation
from engine.augmentation.mix_up import MixUp
from engine.augmentation.random_zoom import RandomZoom
from engine.layers.base import LayerType
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.depthwise_conv2d import DepthwiseConv2D
from engine.layers.flatten import Flatten
from engine.layers.rescaling import Rescaling
from engine.training.learner import Learner
from tests.engine.training.small import dataset, plan

DATA = dataset()
HEAD = [Flatten(), Dense(3, activation="softmax")]


def learner(*types: LayerType) -> Learner:
    made = plan(DATA, stack=[Rescaling(), *types, *HEAD])
    graph = analyse(made.network, 3).graph
    assert graph is not None
    return Learner(made, graph)


def losses(one: Learner) -> tuple[float, float]:
    """Loss of a training step, and of the same images measured before it, of one image."""
    measured = float(one.measure(DATA.images[:8], DATA.labels[:8])[0]) / 8
    return float(one.train(DATA.images[:8], DATA.labels[:8], np.arange(8, dtype=np.int32), 1, 0)[0]), measured


def test_the_penalty_is_part_of_the_loss_in_training_and_validation() -> None:
    free, held = learner(Conv2D(2)), learner(Conv2D(2, kernel_regularizer="l1_l2(0.5, 0.25)"))
    kernel = np.asarray(held.model.layers[2].kernel)
    penalty = 0.5 * np.abs(kernel).sum() + 0.25 * np.square(kernel).sum()
    for without, with_penalty in zip(losses(free), losses(held), strict=True):
        assert with_penalty - without == pytest.approx(penalty, rel=1e-4)


def test_a_strong_penalty_makes_weights_smaller() -> None:
    held = learner(DepthwiseConv2D(depthwise_regularizer="l2(10)"))
    before = np.abs(np.asarray(held.model.layers[2].kernel)).sum()
    for _ in range(5):
        held.train(DATA.images[:8], DATA.labels[:8], np.arange(8, dtype=np.int32), 1, 0)
    assert np.abs(np.asarray(held.model.layers[2].kernel)).sum() < before


def test_a_rule_holds_after_each_step() -> None:
    types = [
        Conv2D(2, kernel_constraint="unit_norm", bias_constraint="non_neg", bias_initializer="constant(-1)"),
        BatchNormalization(gamma_constraint="max_norm(0.5)"),
    ]
    held = learner(*types)
    held.train(DATA.images[:8], DATA.labels[:8], np.arange(8, dtype=np.int32), 1, 0)
    convolution, normalisation = held.model.layers[2:4]
    # Each filter by itself has a length of 1, not each column of it.
    np.testing.assert_allclose(np.square(np.asarray(convolution.kernel)).sum(axis=(0, 1, 2)), 1.0, rtol=1e-4)
    assert np.asarray(convolution.bias).min() >= 0
    assert np.linalg.norm(np.asarray(normalisation.gamma)) == pytest.approx(0.5, rel=1e-4)


def test_images_and_targets_are_mixed_by_the_step_and_the_largest_share_is_to_be_recognised() -> None:
    changes = Augmentation((RandomZoom(0.3), MixUp(alpha=1.0)))
    asked = plan(DATA, stack=[Rescaling(), Flatten(), Dense(3, "softmax")], augmentation=changes)
    graph = analyse(asked.network, 3).graph
    assert graph is not None
    numbers = np.arange(8, dtype=np.int32)
    found = []
    for step in (0, 1):
        held = Learner(asked, graph)
        pixels = changes.apply(np.float32(DATA.images[:8]), asked.seed, 2, numbers)
        images, targets = changes.mix(pixels, np.eye(3, dtype=np.float32)[DATA.labels[:8]], asked.seed, 2, step)
        outputs, shares = np.asarray(held.model(images)), np.asarray(targets)
        loss = -(shares * np.log(outputs)).sum(axis=1).mean()
        accuracy = (outputs.argmax(axis=1) == shares.argmax(axis=1)).mean()
        result = np.asarray(held.train(DATA.images[:8], DATA.labels[:8], numbers, 2, step))
        np.testing.assert_allclose(result, [loss, accuracy], rtol=1e-4)
        found.append(result[0])
    assert found[0] != found[1]
