from __future__ import annotations

import numpy as np
import pytest

from engine.errors import EngineError
from engine.geometry import Full, Window
from engine.layers.base import Weight
from engine.layers.dense import Dense


def test_on_a_list_every_unit_sees_every_number() -> None:
    layer, inputs = Dense(5), ((12,),)
    assert layer.output_shape(inputs) == (5,)
    assert layer.weights(inputs) == (Weight("kernel", (12, 5)), Weight("bias", (5,)))
    assert layer.macs(inputs) == 60
    assert layer.geometry(inputs) == Full()


def test_before_flatten_it_works_at_each_place_by_itself_and_says_so() -> None:
    layer, inputs = Dense(5), ((8, 6, 3),)
    assert layer.faults(inputs) == ()  # Keras takes it, and so do we; the network's end says what is wrong
    assert layer.output_shape(inputs) == (8, 6, 5)
    assert layer.weights(inputs)[0] == Weight("kernel", (3, 5))
    assert layer.macs(inputs) == 8 * 6 * 3 * 5
    assert layer.geometry(inputs) == Window((1, 1))
    assert "put Flatten or global pooling before it" in layer.explain(inputs)


def test_one_number_by_hand() -> None:
    weights = {"kernel": np.array([[1.0, -1.0], [2.0, 0.5]]), "bias": np.array([0.5, -3.0])}
    found = Dense(2, activation="relu").arithmetic(np.array([3.0, 4.0], np.float32), weights, (1,))
    assert [(one.channel, one.product) for one in found.terms] == [(0, -3.0), (1, 2.0)]
    assert (found.bias, found.before_activation, found.output) == (-3.0, -4.0, 0.0)


def test_softmax_looks_at_all_units() -> None:
    weights = {"kernel": np.eye(2), "bias": np.zeros(2)}
    found = Dense(2, activation="softmax").arithmetic(np.log(np.array([1.0, 3.0])), weights, (1,))
    assert found.output == pytest.approx(0.75)


def test_softmax_over_one_unit_is_a_fault() -> None:
    (fault,) = Dense(1, activation="softmax").faults(((12,),))
    assert "always gives 1" in fault.what
    assert Dense(1, activation="sigmoid").faults(((12,),)) == ()


@pytest.mark.parametrize("units", [0, -1, 1.5, True, 10**9])
def test_units_that_make_no_sense_are_refused(units: object) -> None:
    with pytest.raises(EngineError, match="cannot be"):
        Dense().changed(units=units)
