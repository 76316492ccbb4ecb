"""The activation functions in numpy are Keras's."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from engine.layers.activations import ACTIVATIONS, weighted_sum_rule


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_formula_equals_keras_also_far_out(name: str) -> None:
    values = np.concatenate([np.linspace(-8, 8, 161), [-300.0, -50.0, 50.0, 300.0], [0.0]]).astype(np.float32)
    rows = np.stack([values, values[::-1]])
    theirs = np.asarray(keras.activations.get(name)(keras.ops.convert_to_tensor(rows)))
    np.testing.assert_allclose(ACTIVATIONS[name].formula(rows.astype(np.float64)), theirs, rtol=2e-5, atol=2e-6)


def test_softmax_along_the_channels_adds_up_to_one_at_each_place() -> None:
    maps = np.random.default_rng(0).normal(size=(3, 4, 5)) * 100
    np.testing.assert_allclose(ACTIVATIONS["softmax"].formula(maps).sum(axis=-1), 1.0)


def test_the_rule_names_what_happens() -> None:
    assert weighted_sum_rule("relu", bias=True) == "sum of input × weight, plus bias, then ReLU"
    assert weighted_sum_rule("linear", bias=False) == "sum of input × weight"
