"""The arithmetic of one output value equals, to the number, what Keras computes."""

from __future__ import annotations

import itertools
import math

import keras
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.geometry import Lookup, Shape, Window
from engine.layers import LayerType, layer_types
from engine.layers.average_pooling2d import AveragePooling2D
from engine.layers.base import Array
from engine.layers.block import Block
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.max_pooling2d import MaxPooling2D
from tests.engine.layers.strategies import SHAPES, STACKABLE, settings_of

SINGLE = tuple(kind for kind in STACKABLE if not issubclass(layer_types()[kind], Block))


def computed(type: LayerType, image: Array, seed: int) -> tuple[Array, dict[str, Array]]:
    """Keras's output for `image` with random weights, and these weights."""
    layer = type.build("layer", seed=seed)
    layer.build((None, *image.shape))
    random = np.random.default_rng(seed)
    for weight in layer.weights:
        weight.assign(
            random.uniform(0.1, 2.0, weight.shape) * (1 if "variance" in weight.name else random.choice([-1, 1]))
        )
    weights = {weight.name: np.asarray(weight.value) for weight in layer.weights}
    return np.asarray(layer(image[None], training=False))[0], weights


@pytest.mark.parametrize("kind", SINGLE)
def test_every_value_equals_keras(kind: str) -> None:
    @settings(
        deadline=None,
        max_examples=100 if kind == "Conv2D" else 40,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(settings_of(layer_types()[kind]), SHAPES, st.integers(0, 10_000), st.sampled_from([1.0, 50.0]))
    def check(type: LayerType, shape: Shape, seed: int, spread: float) -> None:
        assume(not type.faults((shape,)))
        random = np.random.default_rng(seed)
        image = (random.normal(size=shape) * spread).astype(np.float32)
        output, weights = computed(type, image, seed)
        at = tuple(int(random.integers(side)) for side in output.shape)
        ours = type.arithmetic(image, weights, at)
        scale = max(1.0, sum(abs(one.product) for one in ours.terms), abs(ours.bias))
        if getattr(type, "activation", "") == "log_softmax":  # the sums of the other channels count too
            largest = [max(1.0, float(np.abs(one).max())) for one in weights.values()]
            scale = max(scale, float(np.abs(image).sum()) * math.prod(largest))
        if getattr(type, "activation", "") == "exponential":  # small differences grow as it does
            assume(ours.output < 1e30)
            scale *= max(1.0, ours.output)
        assert abs(ours.output - float(output[at])) <= 1e-5 * scale
        for term in ours.terms:
            place = (*(term.row, term.column)[: len(shape) - 1], term.channel)
            inside = all(0 <= one < side for one, side in zip(place, shape, strict=True))
            assert term.padding is not inside
            assert term.input == (float(image[place]) if inside else 0.0)
        geometry = type.geometry((shape,))
        if isinstance(geometry, Window | Lookup):
            seen = set(itertools.product(geometry.pixels(0, at[0]), geometry.pixels(1, at[1])))
            used = {(one.row, one.column) for one in ours.terms}
            assert used <= seen
            assert all(place in used or not (0 <= place[0] < shape[0] and 0 <= place[1] < shape[1]) for place in seen)
            assert not geometry.per_channel or len({one.channel for one in ours.terms}) <= 1

    check()


@pytest.mark.parametrize("type", [Conv2D(3, groups=1, use_bias=True), Dense(4)])
def test_products_and_bias_add_up_to_the_value_before_the_activation(type: LayerType) -> None:
    image = np.random.default_rng(1).normal(size=(5, 5, 2)).astype(np.float32)
    _, weights = computed(type.changed(activation="relu"), image, 1)
    ours = type.changed(activation="relu").arithmetic(image, weights, (1, 2, 2))
    assert sum(one.product for one in ours.terms) + ours.bias == pytest.approx(ours.before_activation)
    assert ours.output == max(0.0, ours.before_activation)
    assert ours.rule == "sum of input × weight, plus bias, then ReLU"


def test_a_convolution_sums_each_channel_and_marks_the_padding() -> None:
    image = np.arange(8, dtype=np.float32).reshape(2, 2, 2)
    kernel = np.ones((3, 3, 2, 1), np.float32)
    ours = Conv2D(1, padding="same").arithmetic(image, {"kernel": kernel, "bias": np.array([0.5])}, (0, 0, 0))
    assert ours.channel_sums == (0 + 2 + 4 + 6, 1 + 3 + 5 + 7)
    assert (ours.bias, ours.output) == (0.5, 28.5)
    assert sum(one.padding for one in ours.terms) == 2 * 5
    assert {(one.row, one.column) for one in ours.terms if not one.padding} == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_the_mean_at_the_edge_counts_no_padding() -> None:
    image = np.array([[1.0, 2.0, 9.0]], np.float32)[..., None]
    ours = AveragePooling2D((1, 2), padding="same").arithmetic(image, {}, (0, 1, 0))
    assert (len(ours.terms), ours.output) == (1, 9.0)
    theirs = keras.layers.AveragePooling2D((1, 2), padding="same")(image[None])
    assert float(theirs[0, 0, 1, 0]) == 9.0


def test_a_maximum_of_negative_values_at_the_edge_is_not_the_padding() -> None:
    image = np.full((3, 3, 1), -5.0, np.float32)
    assert MaxPooling2D(padding="same").arithmetic(image, {}, (1, 1, 0)).output == -5.0


def test_flatten_lists_rows_first_as_keras_does() -> None:
    image = np.random.default_rng(0).normal(size=(2, 3, 4)).astype(np.float32)
    listed = np.asarray(keras.layers.Flatten()(image[None]))[0]
    ours = [Flatten().arithmetic(image, {}, (place,)) for place in range(24)]
    assert [one.output for one in ours] == [float(one) for one in listed]
    assert (ours[5].terms[0].row, ours[5].terms[0].column, ours[5].terms[0].channel) == (0, 1, 1)
