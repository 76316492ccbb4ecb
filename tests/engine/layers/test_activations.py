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
    with np.errstate(over="ignore"):  # e to the power of 300 is beyond float32, here and in Keras
        ours = ACTIVATIONS[name].formula(rows.astype(np.float64)).astype(np.float32)
    finite = np.isfinite(theirs)
    np.testing.assert_array_equal(np.isfinite(ours), finite)
    lost = 1e-7 * np.abs(rows) if name == "squareplus" else 0.0 * rows  # Keras's is the difference of large numbers
    allowed = 2e-6 + 2e-5 * np.abs(theirs[finite]) + lost[finite]
    np.testing.assert_array_less(np.abs(ours[finite] - theirs[finite]), allowed)


def test_every_activation_of_keras_that_a_layer_can_use_is_there() -> None:
    theirs = {one for one in vars(keras.activations) if not one.startswith("_")} - {"get", "serialize", "deserialize"}
    aliases = {"hard_swish", "swish"}
    assert theirs - aliases - set(ACTIVATIONS) == {"glu", "threshold", "sparsemax"}
    layer = keras.layers.Activation("glu")  # says that the channels stay, and halves them
    assert layer.compute_output_shape((None, 4)) == (None, 4)
    assert layer(np.ones((1, 4), np.float32)).shape == (1, 2)
    shares = keras.activations.sparsemax(np.array([[0.3, 0.2, 0.1, -1.0]], np.float32))
    assert float(np.asarray(shares).sum()) < 0.5  # they are to add up to 1


def test_softmax_along_the_channels_adds_up_to_one_at_each_place() -> None:
    maps = np.random.default_rng(0).normal(size=(3, 4, 5)) * 100
    np.testing.assert_allclose(ACTIVATIONS["softmax"].formula(maps).sum(axis=-1), 1.0)
    np.testing.assert_allclose(np.exp(ACTIVATIONS["log_softmax"].formula(maps)).sum(axis=-1), 1.0)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_only_those_that_compare_channels_change_with_the_other_channels(name: str) -> None:
    formula = ACTIVATIONS[name].formula
    alone, beside = formula(np.array([0.3, 0.2])), formula(np.array([0.3, 0.9]))
    assert bool(alone[0] != beside[0]) is ACTIVATIONS[name].across


def test_the_rule_names_what_happens() -> None:
    assert weighted_sum_rule("relu", bias=True) == "sum of input × weight, plus bias, then ReLU"
    assert weighted_sum_rule("linear", bias=False) == "sum of input × weight"
