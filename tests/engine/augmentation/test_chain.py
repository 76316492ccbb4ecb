"""An augmentation as a whole: a function of seed, epoch and image, in its order, its movements joined."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import tensorflow as tf

from engine.augmentation import Augmentation, augmentation_types
from engine.augmentation.base import Mixing, Movement
from engine.augmentation.draws import Draws
from engine.augmentation.mix_up import MixUp
from engine.augmentation.random_brightness import RandomBrightness
from engine.augmentation.random_contrast import RandomContrast
from engine.augmentation.random_flip import RandomFlip
from engine.augmentation.random_rotation import RandomRotation
from engine.augmentation.random_translation import RandomTranslation
from engine.augmentation.random_zoom import RandomZoom
from tests.engine.augmentation.given import IMAGES, Array, looked_up

TYPES = augmentation_types()
ALL = Augmentation(tuple(one() for one in TYPES.values()))
STRONG = (RandomFlip(vertical=True), RandomRotation(40.0), RandomZoom(0.4), RandomTranslation(0.3, 0.3))


def changed(augmentation: Augmentation, images: Array, *, epoch: int, numbers: list[int]) -> Array:
    return np.asarray(augmentation.apply(tf.constant(images), 3, epoch, tf.constant(numbers)))


def mixed(step: int, epoch: int = 1, images: Array = IMAGES) -> tuple[Array, Array]:
    found = ALL.mix(tf.constant(images), tf.one_hot(np.arange(len(images)) % 3, 3), 3, epoch, step)
    return np.asarray(found[0]), np.asarray(found[1])


@pytest.mark.parametrize("kind", TYPES)
def test_the_same_image_is_changed_the_same_way_in_any_batch(kind: str) -> None:
    one = Augmentation((TYPES[kind](),))
    together = changed(one, IMAGES, epoch=2, numbers=[10, 11, 12, 13, 14, 15])
    alone = changed(one, IMAGES[3:4], epoch=2, numbers=[13])
    np.testing.assert_allclose(alone[0], together[3], atol=1e-3)


def test_all_of_them_together_too() -> None:
    together = changed(ALL, IMAGES, epoch=2, numbers=[10, 11, 12, 13, 14, 15])
    turned = changed(ALL, IMAGES[::-1], epoch=2, numbers=[15, 14, 13, 12, 11, 10])
    np.testing.assert_allclose(turned[::-1], together, atol=1e-3)


def test_another_epoch_shows_another_picture() -> None:
    first = changed(ALL, IMAGES, epoch=0, numbers=list(range(6)))
    second = changed(ALL, IMAGES, epoch=1, numbers=list(range(6)))
    assert all(not np.array_equal(one, two) for one, two in zip(first, second, strict=True))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_it_gives_the_same_inside_a_compiled_step() -> None:
    def step(images: tf.Tensor, epoch: tf.Tensor, numbers: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        return ALL.mix(ALL.apply(images, 3, epoch, numbers), tf.one_hot(numbers % 3, 3), 3, epoch, numbers[1])

    given = (tf.constant(IMAGES), tf.constant(4), tf.range(6))
    compiled = tf.function(step, autograph=False)
    for inside, outside in zip(compiled(*given), step(*given), strict=True):
        np.testing.assert_allclose(inside, outside, atol=1e-2)


def test_nothing_changes_nothing() -> None:
    np.testing.assert_array_equal(changed(Augmentation(), IMAGES, epoch=0, numbers=list(range(6))), IMAGES)


@pytest.mark.parametrize("kind", TYPES)
def test_a_probability_of_0_changes_nothing(kind: str) -> None:
    never = Augmentation((TYPES[kind](probability=0.0),))
    given = changed(never, IMAGES, epoch=0, numbers=list(range(6)))
    images, targets = never.mix(tf.constant(given), tf.one_hot(np.arange(6) % 3, 3), 3, 0, 0)
    np.testing.assert_array_equal(images, IMAGES)
    np.testing.assert_array_equal(targets, tf.one_hot(np.arange(6) % 3, 3))


@pytest.mark.parametrize("kind", [kind for kind, one in TYPES.items() if not issubclass(one, Mixing)])
def test_a_probability_changes_so_many_images_and_leaves_the_draws_of_the_others(kind: str) -> None:
    always, sometimes = (TYPES[kind](probability=share) for share in (1.0, 0.3))
    images = np.tile(IMAGES[:1], (400, 1, 1, 1))
    numbers = list(range(400))
    whole = changed(Augmentation((always,)), images, epoch=0, numbers=numbers)
    part = changed(Augmentation((sometimes,)), images, epoch=0, numbers=numbers)
    touched = np.any(part != images, axis=(1, 2, 3))
    np.testing.assert_array_equal(part[touched], whole[touched])
    most = np.any(whole != images, axis=(1, 2, 3)).mean()
    assert touched.mean() / most == pytest.approx(0.3, abs=0.08)


def test_movements_are_joined_into_the_transform_of_all_of_them() -> None:
    numbers = list(range(6))
    given = changed(Augmentation(STRONG), IMAGES, epoch=1, numbers=numbers)
    whole = np.eye(3)
    for stream, one in enumerate(STRONG):
        # What is moved later is undone first: an output pixel goes back through the last movement.
        whole = whole @ np.asarray(one.chosen_transform(Draws(3, 1, tf.range(6), stream), 9, 7), np.float64)
    np.testing.assert_allclose(given, looked_up(IMAGES, whole), atol=0.05)


def test_joined_movements_give_what_one_after_the_other_gives_where_both_can_be_exact() -> None:
    flip = RandomFlip(vertical=True)
    once = changed(Augmentation((flip, flip)), IMAGES, epoch=1, numbers=list(range(6)))
    images = tf.constant(IMAGES)
    for stream in range(2):
        images = flip.apply(images, Draws(3, 1, tf.range(6), stream))
    np.testing.assert_array_equal(once, images)


def test_operations_come_in_their_order() -> None:
    bright, harsh = RandomBrightness(1.0), RandomContrast(1.0)
    first = changed(Augmentation((bright, harsh)), IMAGES, epoch=0, numbers=list(range(6)))
    images = bright.apply(tf.constant(IMAGES), Draws(3, 0, tf.range(6), 0))
    np.testing.assert_array_equal(first, harsh.apply(images, Draws(3, 0, tf.range(6), 1)))


def test_a_change_between_two_movements_keeps_its_place() -> None:
    shift, bright = RandomTranslation(0.5, 0.5), RandomBrightness(1.0)
    given = changed(Augmentation((shift, bright, shift)), IMAGES, epoch=0, numbers=list(range(6)))
    images = tf.constant(IMAGES)
    for stream, one in enumerate((shift, bright, shift)):
        images = one.apply(images, Draws(3, 0, tf.range(6), stream))
    np.testing.assert_array_equal(given, images)


def test_mixing_goes_by_the_step() -> None:
    for one, other in zip(mixed(step=4), mixed(step=4), strict=True):
        np.testing.assert_array_equal(one, other)
    assert not np.array_equal(mixed(step=4)[0], mixed(step=5)[0])
    assert not np.array_equal(mixed(step=4)[0], mixed(step=4, epoch=2)[0])


def test_targets_stay_shares_of_a_whole() -> None:
    targets = mixed(step=0)[1]
    np.testing.assert_allclose(targets.sum(axis=1), 1.0, atol=1e-6)
    assert targets.min() >= 0
    assert np.any((targets > 0) & (targets < 1))


def test_partners_are_each_other_once() -> None:
    half = Augmentation((MixUp(alpha=2.0),))
    images = np.eye(40, dtype=np.float32)[:, :, None, None]
    found = np.asarray(half.mix(tf.constant(images), tf.zeros((40, 2)), 3, 1, 0)[0])[..., 0, 0]
    np.testing.assert_allclose(found.sum(axis=1), 1.0, atol=1e-5)
    partner = np.where(np.eye(40, dtype=bool), 0, found).argmax(axis=1)
    own = found.diagonal() > 0.9999
    assert sorted(np.where(own, np.arange(40), partner)) == list(range(40))


@pytest.mark.parametrize("shape", [(9, 7, 3), (9, 7, 1), (1, 1, 3), (2, 5, 1)])
@pytest.mark.parametrize("kind", TYPES)
def test_every_operation_keeps_shape_and_range(kind: str, shape: tuple[int, ...]) -> None:
    images = np.random.default_rng(1).integers(0, 256, (6, *shape)).astype(np.float32)
    for values in ({}, _strongest(kind)):
        one = Augmentation((TYPES[kind](**values),))
        given = changed(one, images, epoch=0, numbers=list(range(6)))
        given, targets = (np.asarray(found) for found in one.mix(tf.constant(given), tf.one_hot([0] * 6, 2), 3, 0, 0))
        assert given.shape == images.shape
        assert targets.shape == (6, 2)
        assert np.isfinite(given).all()
        assert given.min() >= -0.01
        assert given.max() <= 255.01


def _strongest(kind: str) -> dict[str, float]:
    return {one.name: one.maximum for one in TYPES[kind].parameters() if hasattr(one, "maximum")}


def test_every_movement_is_one_of_the_joined() -> None:
    kinds = {kind for kind, one in TYPES.items() if issubclass(one, Movement)}
    assert {"RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "RandomShear"} <= kinds


def test_json_round_trip() -> None:
    assert Augmentation.from_json(ALL.to_json()) == ALL


def test_files_without_probabilities_still_read() -> None:
    values = {"height": 0.2, "width": 0.1}
    old = {"operations": [{"kind": "RandomFlip", "values": {}}, {"kind": "RandomTranslation", "values": values}]}
    assert Augmentation.from_json(old) == Augmentation((RandomFlip(), RandomTranslation(0.2, 0.1)))
    assert RandomFlip().probability == 0.5
    assert all(TYPES[kind]().probability == 1.0 for kind in ("RandomTranslation", "RandomRotation", "RandomZoom"))


def test_whether_images_are_mixed() -> None:
    assert ALL.mixes
    assert not dataclasses.replace(ALL, operations=(RandomFlip(),)).mixes
