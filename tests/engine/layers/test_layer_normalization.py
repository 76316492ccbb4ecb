from __future__ import annotations

import numpy as np
import pytest

from engine.geometry import Normalisation
from engine.layers.base import Weight
from engine.layers.layer_normalization import LayerNormalization


def test_it_learns_a_spread_and_a_mean_for_each_channel_and_remembers_nothing() -> None:
    assert LayerNormalization().weights(((4, 5, 3),)) == (Weight("gamma", (3,)), Weight("beta", (3,)))
    assert LayerNormalization(center=False).weights(((3,),)) == (Weight("gamma", (3,)),)
    assert LayerNormalization().geometry(((4, 5, 3),)) == Normalisation((2,))
    assert LayerNormalization().geometry(((7,),)) == Normalisation((0,))


def test_one_value_by_hand() -> None:
    image = np.array([[[0.0, 0.0, 0.0], [1.0, 3.0, 8.0]]], np.float32)
    weights = {"gamma": np.array([1.0, 2.0, 1.0]), "beta": np.array([0.0, 0.25, 0.0])}
    found = LayerNormalization(epsilon=1e-9).arithmetic(image, weights, (0, 1, 1))
    assert found.output == pytest.approx((3 - 4) / np.std([1.0, 3.0, 8.0]) * 2 + 0.25)
    assert "the 3 channels at this place" in found.rule
