from __future__ import annotations

import numpy as np
import pytest

from engine.geometry import Normalisation
from engine.layers.base import Weight
from engine.layers.batch_normalization import BatchNormalization


@pytest.mark.parametrize("shape", [(4, 5, 3), (3,)])
def test_two_of_its_four_weights_are_learned_and_two_are_remembered(shape: tuple[int, ...]) -> None:
    assert BatchNormalization().weights((shape,)) == (
        Weight("gamma", (3,)),
        Weight("beta", (3,)),
        Weight("moving_mean", (3,), trainable=False),
        Weight("moving_variance", (3,), trainable=False),
    )
    names = [one.name for one in BatchNormalization(center=False, scale=False).weights((shape,))]
    assert names == ["moving_mean", "moving_variance"]


def test_it_runs_over_the_places_and_remembers_for_prediction() -> None:
    assert BatchNormalization().geometry(((4, 5, 3),)) == Normalisation((0, 1), remembered=True)


def test_one_value_by_hand() -> None:
    weights = {
        "gamma": np.array([1.0, 3.0]),
        "beta": np.array([0.0, 0.5]),
        "moving_mean": np.array([9.0, 2.0]),
        "moving_variance": np.array([9.0, 4.0]),
    }
    found = BatchNormalization(epsilon=1e-9).arithmetic(np.array([[[1.0, 6.0]]], np.float32), weights, (0, 0, 1))
    assert found.output == pytest.approx((6 - 2) / 2 * 3 + 0.5)
    assert found.terms[0].product + found.bias == pytest.approx(found.output)


def test_training_moves_what_it_remembers_and_prediction_does_not() -> None:
    images = np.random.default_rng(0).normal(5, 2, (64, 3)).astype(np.float32)
    layer = BatchNormalization(momentum=0.9).build("layer")
    layer(images, training=False)
    assert np.asarray(layer.moving_mean).tolist() == [0.0, 0.0, 0.0]
    layer(images, training=True)
    np.testing.assert_allclose(np.asarray(layer.moving_mean), 0.1 * images.mean(axis=0), rtol=1e-5)
