from __future__ import annotations

import numpy as np
import tensorflow as tf

from engine.augmentation.mix_up import MixUp
from tests.engine.augmentation.given import IMAGES, Array, draws

TARGETS = np.eye(3, dtype=np.float32)[[0, 1, 2, 0, 1, 2]]
PARTNERS = np.array([3, 0, 5, 1, 4, 2], np.int32)


def mixed(operation: MixUp) -> tuple[Array, Array]:
    found = operation.mix(tf.constant(IMAGES), tf.constant(TARGETS), tf.constant(PARTNERS), draws(step=2))
    return np.asarray(found[0]), np.asarray(found[1])


def test_images_and_targets_mix_by_the_same_share() -> None:
    mix = MixUp(alpha=1.0)
    share = np.asarray(mix.share(draws(step=2)))
    images, targets = mixed(mix)
    for number, partner in enumerate(PARTNERS):
        own, other = share[number], 1 - share[number]
        np.testing.assert_allclose(images[number], own * IMAGES[number] + other * IMAGES[partner], atol=0.01)
        np.testing.assert_allclose(targets[number], own * TARGETS[number] + other * TARGETS[partner], atol=1e-6)


def test_the_probability_leaves_images_whole() -> None:
    share = np.asarray(MixUp(alpha=1.0, probability=0.25).share(draws(4000)))
    assert abs((share < 1).mean() - 0.25) < 0.03
