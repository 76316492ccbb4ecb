"""Initializers, regularizers and constraints: each is Keras's own, with our numbers."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from engine.layers import layer_types
from engine.layers.base import LayerType
from engine.layers.block import Block
from engine.layers.constraints import CONSTRAINTS, Constraint
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.initializers import FOR_ANY, ORTHOGONAL, Initializer
from engine.layers.regularizers import REGULARIZERS, Regularizer
from engine.variants import Alternative

LEARNING = [kind for kind, one in layer_types().items() if any(isinstance(p, Initializer) for p in one.parameters())]


def built(type: LayerType, name: str) -> Any:
    """Keras's object for one parameter."""
    return getattr(type.build("layer", seed=1), name)


@pytest.mark.parametrize("one", [*FOR_ANY, ORTHOGONAL], ids=lambda one: one.name)
def test_an_initializer_is_keras_s_and_its_usual_numbers_too(one: Alternative) -> None:
    made = built(Conv2D(kernel_initializer=one.name), "kernel_initializer")
    # Keras gives no constant without its number.
    usual = {} if one.name == "constant" else keras.initializers.get(one.name).get_config()
    assert type(made) is getattr(keras.initializers, one.name)
    config = made.get_config()
    for number in one.numbers:
        assert config[number.name] == usual.get(number.name, number.default)
    if "seed" in config:
        assert config["seed"] == 1


@pytest.mark.parametrize("one", [*REGULARIZERS, *CONSTRAINTS], ids=lambda one: one.name)
def test_a_penalty_or_rule_is_keras_s_with_our_numbers(one: Alternative) -> None:
    name = "kernel_regularizer" if one in REGULARIZERS else "kernel_constraint"
    numbers = {number.name: 0.125 * (place + 1) for place, number in enumerate(one.numbers)}
    made = built(Conv2D().changed(**{name: one.written(numbers)}), name)
    assert type(made).__name__ == one.keras_class
    config = made.get_config()
    assert {number: float(config[number]) for number in numbers} == numbers
    if "axis" in config:
        assert config["axis"] == [0, 1, 2]


def test_weights_of_one_layer_begin_with_numbers_of_their_own() -> None:
    layer = Dense(4, kernel_initializer="random_normal", bias_initializer="random_normal").build("layer", seed=5)
    layer.build((None, 1))
    assert not np.array_equal(np.asarray(layer.kernel)[0], np.asarray(layer.bias))


@pytest.mark.parametrize("kind", LEARNING)
def test_every_weight_that_is_learned_has_all_three_settings_and_a_block_says_how_its_weights_begin(kind: str) -> None:
    kinds: dict[str, set[type]] = {}
    for parameter in layer_types()[kind].parameters():
        if isinstance(parameter, Initializer | Regularizer | Constraint):
            kinds.setdefault(parameter.name.rpartition("_")[0], set()).add(type(parameter))
            assert parameter.advanced
    expected = {Initializer} if issubclass(layer_types()[kind], Block) else {Initializer, Regularizer, Constraint}
    assert kinds
    assert all(found == expected for found in kinds.values())


def test_a_project_of_an_earlier_version_still_opens() -> None:
    old = {"filters": 4, "kernel_size": [3, 3], "kernel_initializer": "random_normal"}
    assert Conv2D.from_json(old) == Conv2D(4, kernel_initializer="random_normal(0, 0.05)")
