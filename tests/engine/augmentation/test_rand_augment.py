from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image, ImageEnhance, ImageOps

from engine.augmentation.rand_augment import (
    RandAugment,
    autocontrasted,
    brightened,
    posterized,
    sharpened,
    solarized,
)
from engine.augmentation.random_contrast import contrasted
from tests.engine.augmentation.given import GREY, IMAGES, Array, changed, draws, looked_up


def pictures() -> list[Image.Image]:
    return [Image.fromarray(one.astype(np.uint8)) for one in IMAGES]


def theirs(found: list[Image.Image]) -> Array:
    return np.stack([np.asarray(one, np.float32) for one in found])


def test_its_changes_of_values_are_those_of_pillow() -> None:
    factor = tf.fill(6, 1.7)
    np.testing.assert_allclose(
        autocontrasted(IMAGES), theirs([ImageOps.autocontrast(one) for one in pictures()]), atol=1
    )
    np.testing.assert_array_equal(solarized(IMAGES, 100.0), theirs([ImageOps.solarize(one, 100) for one in pictures()]))
    np.testing.assert_array_equal(posterized(IMAGES, 5), theirs([ImageOps.posterize(one, 5) for one in pictures()]))
    bright = theirs([ImageEnhance.Brightness(one).enhance(1.7) for one in pictures()])
    np.testing.assert_allclose(brightened(IMAGES, factor), bright, atol=1)
    sharp = theirs([ImageEnhance.Sharpness(one).enhance(1.7) for one in pictures()])
    np.testing.assert_allclose(sharpened(IMAGES, factor), sharp, atol=2)


def test_each_image_gets_what_was_drawn_for_it() -> None:
    once = RandAugment(operations=1, magnitude=0.5)
    images = np.tile(IMAGES[:1], (200, 1, 1, 1))
    given = changed(once, images)
    drawn, side = (np.asarray(one) for one in once.drawn(draws(200).within(0), 3))
    factor = tf.constant(1 + 0.9 * 0.5 * side)
    names = np.array(once.names(3))[drawn]
    assert set(names) == set(once.names(3))
    expected = {
        "identity": images,
        "autocontrast": autocontrasted(images),
        "solarize": solarized(images, 128.0),
        "posterize": posterized(images, 6),
        "contrast": contrasted(tf.constant(images), factor),
        "brightness": brightened(images, factor),
        "sharpness": sharpened(tf.constant(images), factor),
    }
    for name, whole in expected.items():
        np.testing.assert_allclose(given[names == name], np.asarray(whole)[names == name], atol=0.01)
    for name, matrix in movements(0.5).items():
        which = np.flatnonzero(names == name)[:3]
        transforms = np.stack([matrix if side[one] > 0 else np.linalg.inv(matrix) for one in which])
        np.testing.assert_allclose(given[which], looked_up(images[which], transforms), atol=0.05)


def movements(magnitude: float) -> dict[str, Array]:
    """From an output pixel to the place that it shows, for the positive side; the other side is the way back."""
    angle, slant = np.radians(30) * magnitude, 0.3 * magnitude
    cos, sin = np.cos(angle), np.sin(angle)
    centred = {
        "rotate": [[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]],
        "shear sideways": [[1, slant, 0], [0, 1, 0], [0, 0, 1]],
        "shear up and down": [[1, 0, 0], [slant, 1, 0], [0, 0, 1]],
        "shift sideways": [[1, 0, -0.45 * magnitude * 7], [0, 1, 0], [0, 0, 1]],
        "shift up and down": [[1, 0, 0], [0, 1, -0.45 * magnitude * 9], [0, 0, 1]],
    }
    centre = np.array([[1, 0, 3], [0, 1, 4], [0, 0, 1]])
    return {name: centre @ one @ np.linalg.inv(centre) for name, one in centred.items()}


def test_all_of_the_list_are_drawn_alike() -> None:
    augment = RandAugment()
    for channels, count in ((3, 13), (1, 12)):
        assert len(augment.names(channels)) == count
        drawn, side = (np.asarray(one) for one in augment.drawn(draws(13_000), channels))
        counts = np.bincount(drawn, minlength=count) / 13_000
        assert np.abs(counts - 1 / count).max() < 0.01
        assert abs(side.mean()) < 0.03


@pytest.mark.parametrize("images", [IMAGES, GREY])
def test_several_changes_come_one_after_the_other(images: Array) -> None:
    once, twice = RandAugment(operations=1), RandAugment(operations=2)
    expected = once._changed_once(once._changed_once(images, draws().within(0)), draws().within(1))
    np.testing.assert_array_equal(changed(twice, images), expected)
