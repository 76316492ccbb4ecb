from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from engine.augmentation.beta import beta
from engine.augmentation.cut_mix import CutMix
from tests.engine.augmentation.given import IMAGES, draws

TARGETS = np.eye(3, dtype=np.float32)[[0, 1, 2, 0, 1, 2]]
PARTNERS = np.array([3, 0, 5, 1, 4, 2], np.int32)


def test_a_rectangle_comes_from_the_partner_and_targets_mix_as_the_areas_do() -> None:
    mix, given = CutMix(probability=1.0), draws(step=2)
    found = mix.mix(tf.constant(IMAGES), tf.constant(TARGETS), tf.constant(PARTNERS), given)
    kept = np.asarray(beta(given, 1.0), np.float64)
    middle = [np.asarray(given.uniform(index, 0.0, side)) for index, side in ((2, 9.0), (3, 7.0))]
    for number, partner in enumerate(PARTNERS):
        expected = IMAGES[number].copy()
        ends = []
        for place, length in ((middle[0][number], 9), (middle[1][number], 7)):
            half = np.sqrt(1 - kept[number]) * length / 2
            ends.append(slice(*np.clip(np.round([place - half, place + half]), 0, length).astype(int)))
        expected[ends[0], ends[1]] = IMAGES[partner][ends[0], ends[1]]
        pasted = (ends[0].stop - ends[0].start) * (ends[1].stop - ends[1].start) / 63
        np.testing.assert_array_equal(np.asarray(found[0])[number], expected)
        target = (1 - pasted) * TARGETS[number] + pasted * TARGETS[partner]
        np.testing.assert_allclose(np.asarray(found[1])[number], target, atol=1e-6)


def test_half_of_the_images_are_chosen_and_their_pieces_have_the_mean_of_the_definition() -> None:
    pasted = np.asarray(CutMix().pasted(draws(4000), 40, 40))
    chosen = pasted.any(axis=(1, 2))
    assert abs(chosen.mean() - 0.5) < 0.04
    # The area 1 - Beta(1, 1) is 1/2 in the mean; a side s of the image keeps 1 - s/4 of itself inside, and both count.
    sides = np.sqrt(np.random.default_rng(0).random(100_000))
    expected = np.mean((sides - sides**2 / 4) ** 2)
    assert pasted[chosen].mean() == pytest.approx(expected, abs=0.03)
