"""What we say about a layer without Keras is what Keras says; what Keras refuses we refuse."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from engine.analysis import analyse
from engine.build import build
from engine.geometry import Shape
from engine.layers import LayerType, layer_types
from engine.layers.edges import Sides
from engine.layers.initializers import Initializer
from engine.network import Network
from tests.engine.layers.agreement import CALM, SINGLE, agree, networks, stacks_agree
from tests.engine.layers.strategies import MAPS, SHAPES, layers, settings_of


@pytest.mark.parametrize("kind", SINGLE)
def test_shapes_weights_and_refusals_equal_keras(kind: str) -> None:
    @settings(deadline=None, max_examples=200 if kind == "Conv2D" else 60, suppress_health_check=CALM)
    @given(settings_of(layer_types()[kind]), SHAPES)
    def check(type: LayerType, shape: Shape) -> None:
        event(f"accepted: {agree(type, shape)}")

    check()


@settings(deadline=None, max_examples=100, suppress_health_check=CALM)
@given(settings_of(layer_types()["Conv2D"]), MAPS)
def test_what_a_convolution_takes_it_can_also_learn_from(type: LayerType, shape: Shape) -> None:
    type = type.changed(groups=1)
    assume(not type.faults((shape,)))
    layer = type.build("layer", seed=1)
    image = tf.constant(np.random.default_rng(0).normal(size=(2, *shape)), tf.float32)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(layer(image, training=True) ** 2)
    assert all(one is not None for one in tape.gradient(loss, layer.trainable_variables))


@settings(deadline=None, max_examples=100, suppress_health_check=CALM)
@given(networks())
def test_a_whole_stack_equals_the_model_keras_builds(network: Network) -> None:
    event(f"accepted: {stacks_agree(network)}")


@settings(deadline=None, max_examples=60, suppress_health_check=CALM)
@given(networks(), st.data())
def test_whether_a_network_gives_probabilities_is_true_of_its_numbers(network: Network, data: st.DataObject) -> None:
    ending = data.draw(st.lists(layers(("Activation", "Dropout", "ReLU", "Flatten", "Dense")), max_size=3))
    for one in ending:
        network = network.added(one)
    graph = analyse(network).graph
    assume(graph is not None)
    assert graph is not None
    pixels = np.random.default_rng(0).uniform(0, 255, (4, *graph.input_shape)).astype(np.float32)
    answer = np.asarray(build(graph, seed=0)(pixels, training=False))
    if graph.gives_probabilities:
        np.testing.assert_allclose(answer.sum(axis=-1), 1.0, rtol=1e-4)
        assert answer.min() >= 0


@pytest.mark.parametrize("kind", [kind for kind in SINGLE if "kernel_initializer" in layer_types()[kind]().values()])
def test_one_seed_gives_the_same_first_weights_and_another_seed_others(kind: str) -> None:
    def kernel(seed: int) -> Any:
        layer = layer_types()[kind]().build("layer", seed)
        layer.build((None, 8, 8, 3))
        return np.asarray(layer.kernel)

    np.testing.assert_array_equal(kernel(1), kernel(1))
    assert not np.array_equal(kernel(1), kernel(2))


RANDOM = tuple(kind for kind in SINGLE if "seed" in inspect.signature(getattr(keras.layers, kind)).parameters)


@pytest.mark.parametrize("kind", RANDOM)
def test_one_seed_gives_the_same_noise_and_another_seed_another(kind: str) -> None:
    def dropped(seed: int) -> Any:
        layer = layer_types()[kind]().build("layer", seed)
        return np.asarray(layer(np.ones((1, 4, 4, 64), np.float32), training=True))

    np.testing.assert_array_equal(dropped(1), dropped(1))
    assert not np.array_equal(dropped(1), dropped(2))


@pytest.mark.parametrize("kind", SINGLE)
def test_our_defaults_are_those_of_keras_where_keras_has_any(kind: str) -> None:
    ours = layer_types()[kind]()
    keras_kind = getattr(keras.layers, kind)
    asked = [one.name for one in inspect.signature(keras_kind).parameters.values() if one.default is one.empty]
    config = keras_kind(**{name: value for name, value in ours.values().items() if name in asked}).get_config()
    for name, value in ours.values().items():
        parameter, expected = ours.parameter(name), config[name]
        if name == "strides" and value is None:
            assert tuple(expected) == tuple(config["pool_size"])
        elif isinstance(parameter, Initializer):
            assert expected["class_name"] == parameter.chosen(value)[0].keras_class
        elif isinstance(parameter, Sides):
            assert parameter.check(expected) == value
        elif kind != "Normalization" or name == "invert":
            # Keras has Normalization measure its data first; ours changes nothing until it has its numbers.
            assert value == (tuple(expected) if isinstance(expected, list) else expected), name


def test_every_field_of_a_layer_type_is_a_declared_parameter() -> None:
    inside = {"Branches": ["inside"]}  # a graph is edited in place, not in a form
    for type in layer_types().values():
        fields = [one.name for one in dataclasses.fields(type)]
        assert fields == [*inside.get(type.kind, []), *(one.name for one in type.parameters())]
