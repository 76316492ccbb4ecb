from __future__ import annotations

import numpy as np
import tensorflow as tf

from engine.augmentation.random_flip import RandomFlip
from tests.engine.augmentation.given import IMAGES, changed, draws, looked_up


def test_flip_mirrors_the_chosen_images_and_leaves_the_others() -> None:
    chosen = np.asarray(draws().chance(0, 0.5))
    assert 0 < chosen.sum() < 6
    expected = np.where(chosen[:, None, None, None], IMAGES[:, :, ::-1], IMAGES)
    np.testing.assert_array_equal(changed(RandomFlip()), expected)


def test_vertical_flip_turns_upside_down() -> None:
    chosen = np.asarray(draws().chance(1, 0.5))
    expected = np.where(chosen[:, None, None, None], IMAGES[:, ::-1], IMAGES)
    np.testing.assert_array_equal(changed(RandomFlip(False, True)), expected)


def test_its_transform_does_the_same() -> None:
    both = RandomFlip(True, True)
    transforms = np.asarray(both.transform(draws(), 9, 7))
    np.testing.assert_array_equal(looked_up(IMAGES, transforms), changed(both))


def test_the_probability_is_that_of_each_way() -> None:
    images = np.arange(4, dtype=np.float32).reshape(1, 2, 2, 1).repeat(4000, axis=0)
    found = np.asarray(RandomFlip(True, True, probability=0.2).apply(tf.constant(images), draws(4000)))
    assert abs((found[:, 0, 0, 0] % 2).mean() - 0.2) < 0.02
    assert abs((found[:, 0, 0, 0] >= 2).mean() - 0.2) < 0.02
