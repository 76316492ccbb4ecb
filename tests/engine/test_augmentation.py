"""Augmentation: each operation against its definition, and every draw a function of seed, epoch and image."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from engine.augmentation import (
    Augmentation,
    Draws,
    Operation,
    RandomBrightness,
    RandomFlip,
    RandomRotation,
    RandomTranslation,
    RandomZoom,
    augmentation_type,
    augmentation_types,
)
from engine.errors import EngineError

ALL = Augmentation(tuple(one() for one in augmentation_types().values()))
IMAGES = np.random.default_rng(0).integers(0, 256, (6, 9, 7, 3)).astype(np.float32)


def changed(augmentation: Augmentation, images: np.ndarray, *, epoch: int, numbers: list[int]) -> np.ndarray:
    return np.asarray(augmentation.apply(tf.constant(images), 3, epoch, tf.constant(numbers)))


def draws(count: int, stream: int = 0, epoch: int = 0) -> Draws:
    return Draws(5, epoch, tf.range(count), stream)


def test_the_same_image_is_changed_the_same_way_in_any_batch() -> None:
    together = changed(ALL, IMAGES, epoch=2, numbers=[10, 11, 12, 13, 14, 15])
    alone = changed(ALL, IMAGES[3:4], epoch=2, numbers=[13])
    np.testing.assert_array_equal(alone[0], together[3])


def test_another_epoch_shows_another_picture() -> None:
    first = changed(ALL, IMAGES, epoch=0, numbers=list(range(6)))
    second = changed(ALL, IMAGES, epoch=1, numbers=list(range(6)))
    assert all(not np.array_equal(one, two) for one, two in zip(first, second, strict=True))


def test_it_gives_the_same_inside_a_compiled_step() -> None:
    compiled = tf.function(lambda images, epoch, numbers: ALL.apply(images, 3, epoch, numbers))
    inside = compiled(tf.constant(IMAGES), tf.constant(4), tf.range(6))
    np.testing.assert_allclose(inside, changed(ALL, IMAGES, epoch=4, numbers=list(range(6))), atol=1e-3)


def test_draws_are_even_and_independent() -> None:
    one = np.asarray(draws(20_000).uniform(0, 0.0, 1.0))
    other = np.asarray(draws(20_000).uniform(1, 0.0, 1.0))
    counts = np.histogram(one, bins=20, range=(0, 1))[0]
    assert counts.min() > 850
    assert counts.max() < 1150
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.02
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < 0.02


def test_flip_mirrors_the_chosen_images_and_leaves_the_others() -> None:
    chosen = np.asarray(draws(6).chance(0, 0.5))
    given = np.asarray(RandomFlip().apply(tf.constant(IMAGES), draws(6)))
    assert 0 < chosen.sum() < 6
    np.testing.assert_array_equal(given, np.where(chosen[:, None, None, None], IMAGES[:, :, ::-1], IMAGES))


def test_vertical_flip_turns_upside_down() -> None:
    chosen = np.asarray(draws(6).chance(1, 0.5))
    given = np.asarray(RandomFlip(False, True).apply(tf.constant(IMAGES), draws(6)))
    np.testing.assert_array_equal(given, np.where(chosen[:, None, None, None], IMAGES[:, ::-1], IMAGES))


def test_translation_moves_the_picture_by_the_draw() -> None:
    ramp = np.broadcast_to(np.arange(20, dtype=np.float32)[None, None, :, None] * 10, (4, 20, 20, 1))
    given = np.asarray(RandomTranslation(0.0, 0.2).apply(tf.constant(ramp), draws(4)))
    across = np.asarray(draws(4).uniform(1, -4.0, 4.0))
    np.testing.assert_allclose(given[:, 10, 10, 0], 100 - 10 * across, atol=0.01)


def test_rotation_by_a_known_angle_moves_a_corner_where_geometry_says() -> None:
    spot = np.zeros((1, 21, 21, 1), np.float32)
    spot[0, 10, 16] = 255.0
    given = np.asarray(RandomRotation(90.0).apply(tf.constant(spot), draws(1)))[0, ..., 0]
    angle = float(np.asarray(draws(1).uniform(0, -np.pi / 2, np.pi / 2))[0])
    row, column = np.unravel_index(int(given.argmax()), given.shape)
    assert abs(row - (10 - 6 * np.sin(angle))) <= 1
    assert abs(column - (10 + 6 * np.cos(angle))) <= 1


def test_zoom_scales_around_the_centre() -> None:
    ramp = np.broadcast_to(np.arange(21, dtype=np.float32)[None, None, :, None], (3, 21, 21, 1))
    given = np.asarray(RandomZoom(0.5).apply(tf.constant(ramp), draws(3)))
    scale = np.asarray(draws(3).uniform(0, 0.5, 1.5))
    np.testing.assert_allclose(given[:, 10, 13, 0], 10 + 3 / scale, atol=0.01)


def test_brightness_adds_the_draw_and_stays_in_range() -> None:
    given = np.asarray(RandomBrightness(1.0).apply(tf.constant(IMAGES), draws(6)))
    change = np.asarray(draws(6).uniform(0, -255.0, 255.0))[:, None, None, None]
    np.testing.assert_allclose(given, np.clip(IMAGES + change, 0, 255), atol=1e-3)


@pytest.mark.parametrize("type", augmentation_types().values())
def test_every_operation_keeps_shape_and_range(type: type[Operation]) -> None:
    given = np.asarray(type().apply(tf.constant(IMAGES), draws(6)))
    assert given.shape == IMAGES.shape
    assert given.min() >= -0.01
    assert given.max() <= 255.01
    assert type.summary


def test_json_round_trip() -> None:
    assert Augmentation.from_json(ALL.to_json()) == ALL


def test_an_unknown_operation_is_refused_by_name() -> None:
    with pytest.raises(EngineError, match="Sparkle"):
        augmentation_type("Sparkle")
