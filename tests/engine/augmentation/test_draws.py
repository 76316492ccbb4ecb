"""Draws: even, independent, and a function of where they are used."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from engine.augmentation.draws import READY, Draws, pcg
from tests.engine.augmentation.given import draws


def test_draws_are_even_and_independent() -> None:
    one = np.asarray(draws(20_000).uniform(0, 0.0, 1.0))
    other = np.asarray(draws(20_000).uniform(1, 0.0, 1.0))
    counts = np.histogram(one, bins=20, range=(0, 1))[0]
    assert counts.min() > 850
    assert counts.max() < 1150
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.02
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < 0.02


def test_the_draws_of_earlier_versions_stay_what_they_were() -> None:
    found = Draws(2**31 - 1, 4, tf.constant([0, 1, 99_999]), 2).bits(1)
    assert np.asarray(found).tolist() == [2693914783, 109555260, 3060252405]


def test_the_hash_is_that_of_its_paper() -> None:
    def plain(value: int) -> int:
        state = (value * 747796405 + 2891336453) % 2**32
        word = ((state >> ((state >> 28) + 4)) ^ state) * 277803737 % 2**32
        return (word >> 22) ^ word

    values = [0, 1, 12345, 2**31, 2**32 - 1]
    assert np.asarray(pcg(tf.constant(values, tf.uint32))).tolist() == [plain(one) for one in values]


def test_all_operations_at_once_draw_what_each_of_them_draws() -> None:
    together = Draws.of_streams(7, tf.constant(3), tf.range(5), 3)
    for stream, one in enumerate(together):
        alone = Draws(7, 3, tf.range(5), stream)
        for index in (0, READY - 1, READY + 4):
            np.testing.assert_array_equal(one.bits(index), alone.bits(index))


@pytest.mark.parametrize("other", [{"stream": 1}, {"epoch": 1}, {"step": 0}, {"step": 1}])
def test_another_place_gives_other_draws(other: dict[str, int]) -> None:
    assert not np.any(np.asarray(draws(50).bits(0)) == np.asarray(draws(50, **other).bits(0)))


def test_the_parts_of_an_operation_have_draws_of_their_own() -> None:
    whole = draws(50)
    found = [np.asarray(one.bits(0)) for one in (whole, whole.within(0), whole.within(1))]
    assert len(np.unique(np.concatenate(found))) == 150


def test_epochs_may_differ_from_image_to_image() -> None:
    found = np.asarray(Draws(5, tf.constant([1, 2]), tf.constant([7, 7]), 0).bits(0))
    assert found.tolist() == [int(np.asarray(Draws(5, epoch, tf.constant([7]), 0).bits(0))[0]) for epoch in (1, 2)]


def test_normal_draws_have_mean_0_and_deviation_1_and_differ_from_image_to_image() -> None:
    found = np.asarray(draws(4).normal(0, 20_000))
    assert np.abs(found.mean(axis=1)).max() < 0.03
    assert np.abs(found.std(axis=1) - 1).max() < 0.03
    assert np.abs(np.corrcoef(found) - np.eye(4)).max() < 0.03
    within_one = np.mean(np.abs(found) < 1)
    assert within_one == pytest.approx(0.6827, abs=0.01)
