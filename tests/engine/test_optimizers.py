"""The optimizers are Keras's, with Keras's defaults."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from engine.errors import EngineError
from engine.optimizers import SGD, Adam, Optimizer, optimizer_type, optimizer_types

KINDS = tuple(optimizer_types())


def test_the_optimizers_of_the_first_release_are_all_there() -> None:
    assert set(KINDS) == {"SGD", "Adam", "AdamW", "Adagrad", "Adadelta", "RMSprop", "Nadam"}


@pytest.mark.parametrize("kind", KINDS)
def test_our_defaults_are_those_of_keras(kind: str) -> None:
    config = getattr(keras.optimizers, kind)().get_config()
    for name, value in optimizer_types()[kind]().values().items():
        assert config[name] == pytest.approx(value, rel=1e-6), name


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_built_has_the_values_that_were_set(kind: str) -> None:
    ours = optimizer_types()[kind](learning_rate=0.25)
    for name, value in list(ours.values().items())[1:]:
        ours = ours.changed(**{name: not value if isinstance(value, bool) else 0.5})
    config = ours.build().get_config()
    assert {name: config[name] for name in ours.values()} == ours.values()


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_goes_down_the_slope(kind: str) -> None:
    weight = keras.Variable(np.ones(3, np.float32))
    optimizer_types()[kind]().build().apply([keras.ops.ones(3)], [weight])
    assert np.asarray(weight.value).max() < 1.0


@pytest.mark.parametrize("kind", KINDS)
def test_every_optimizer_and_parameter_says_what_it_is_for(kind: str) -> None:
    type = optimizer_types()[kind]
    assert type.summary.endswith(".")
    assert all(one.help.endswith(".") for one in type.parameters())


@pytest.mark.parametrize("rate", [0, -0.1, float("nan"), float("inf"), 1e39, True, "0.1"])
def test_a_learning_rate_that_is_no_step_is_refused(rate: float) -> None:
    with pytest.raises(EngineError, match="Learning rate cannot be") as caught:
        Adam(learning_rate=rate)
    assert caught.value.expected == "Learning rate must be a number above 0 and at most 1e+38."


def test_a_learning_rate_that_makes_a_run_diverge_is_possible() -> None:
    assert float(SGD(learning_rate=1e30).build().learning_rate) == pytest.approx(1e30)


def test_a_kind_is_found_in_capitals_or_not() -> None:
    assert optimizer_type("rmsprop") is optimizer_types()["RMSprop"]
    with pytest.raises(EngineError, match="no optimizer called 'Lion'"):
        optimizer_type("Lion")


@pytest.mark.parametrize(
    "optimizer",
    [
        *(one() for one in optimizer_types().values()),
        SGD(momentum=0.9),
        Adam(amsgrad=True),
        optimizer_type("AdamW")().changed(amsgrad=True),
        optimizer_type("RMSprop")().changed(momentum=0.5, centered=True),
    ],
    ids=str,
)
def test_an_optimizer_keeps_as_many_numbers_of_each_weight_as_keras_s(optimizer: Optimizer) -> None:
    built = optimizer.build()
    built.build([keras.Variable(np.ones((3, 5), np.float32))])
    assert optimizer.kept_per_weight == sum(tuple(one.shape) == (3, 5) for one in built.variables)
