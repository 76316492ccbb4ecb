from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from engine.augmentation import Augmentation
from engine.augmentation.cut_mix import CutMix
from engine.augmentation.mix_up import MixUp
from engine.augmentation.preview import preview
from engine.augmentation.random_flip import RandomFlip
from engine.augmentation.random_rotation import RandomRotation
from engine.errors import Cancelled
from engine.jobs import Quiet
from tests.engine.augmentation.given import IMAGES, Array

IMAGE = IMAGES[0].astype(np.uint8)
OTHERS = IMAGES[1:5].astype(np.uint8)
LABELS = np.array([1, 2, 0, 1], np.int32)


def seen(augmentation: Augmentation) -> tuple[Array, Array]:
    return preview(augmentation, IMAGE, 7, 0, OTHERS, LABELS, 3)


def test_each_is_what_an_epoch_of_the_run_shows() -> None:
    changes = Augmentation((RandomFlip(), RandomRotation(30.0)))
    pixels, shares = seen(changes)
    for epoch in range(1, 5):
        expected = changes.apply(tf.constant(IMAGES[:1]), 3, epoch, tf.constant([7]))
        np.testing.assert_array_equal(pixels[epoch - 1], np.round(np.clip(np.asarray(expected)[0], 0, 255)))
    np.testing.assert_array_equal(shares, [[1, 0, 0]] * 4)


def test_without_changes_it_is_the_image() -> None:
    np.testing.assert_array_equal(seen(Augmentation())[0], [IMAGE] * 4)


def test_what_mixes_images_shows_each_with_another() -> None:
    for mixing in (MixUp(alpha=2.0), CutMix(probability=1.0)):
        pixels, shares = seen(Augmentation((mixing,)))
        for number, label in enumerate(LABELS):
            own = shares[number, 0]
            assert 0 < own <= 1
            assert shares[number].sum() == 1 or abs(shares[number].sum() - 1) < 1e-6
            if label and own < 1:
                assert abs(shares[number, label] - (1 - own)) < 1e-6
                assert not np.array_equal(pixels[number], IMAGE)


def test_large_images_are_changed_a_few_at_a_time_and_all_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    changes = Augmentation((RandomFlip(), RandomRotation(30.0)))
    whole = seen(changes)
    monkeypatch.setattr("engine.augmentation.preview._VALUES_AT_ONCE", 2 * IMAGE.size)
    for one, other in zip(whole, seen(changes), strict=True):
        np.testing.assert_array_equal(one, other)


def test_who_wants_no_more_need_not_wait() -> None:
    class Impatient(Quiet):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        preview(Augmentation((RandomFlip(),)), IMAGE, 7, 0, OTHERS, LABELS, 3, Impatient())
