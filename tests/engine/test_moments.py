"""Mean and variance of each channel on their way into the stack."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.analysis import analyse
from engine.errors import EngineError
from engine.layers.base import Moments
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.normalization import Normalization
from engine.layers.rescaling import Rescaling
from engine.moments import filled, normalized, obstacle
from engine.network import Network

IMAGES = np.random.default_rng(0).integers(0, 200, (6, 5, 4, 3)).astype(float) * [1.0, 0.5, 0.1]
PIXELS = Moments(tuple(IMAGES.mean(axis=(0, 1, 2)).tolist()), tuple(IMAGES.var(axis=(0, 1, 2)).tolist()))
REST = (Conv2D(4), Flatten(), Dense(2, activation="softmax"))


def network(*types: Any) -> Network:
    return Network.of(Input(5, 4, "rgb"), [*types, *REST])


def leaving(stack: Network, id: str) -> np.ndarray[Any, Any]:
    """What leaves a layer, by Keras."""
    values = IMAGES.astype(np.float32)
    for one in stack.layers[: stack.index(id) + 1]:
        if one.enabled:
            values = np.asarray(one.type.build(one.id)(values))
    return values


@pytest.mark.parametrize(
    "above",
    [
        (),
        (Rescaling(),),
        (Rescaling(1 / 127.5, -1.0), Rescaling(2.0, 3.0)),
        (Normalization((1.0, 2.0, 3.0), (4.0, 9.0, 0.25)),),
        (Normalization((1.0,), (4.0,), invert=True), Rescaling()),
    ],
)
def test_what_leaves_the_layer_has_mean_0_and_deviation_1(above: tuple[Any, ...]) -> None:
    stack = network(*above, Normalization())
    id = stack.layers[len(above)].id
    found = filled(stack, id, PIXELS).on_network(stack)
    values = leaving(found, id)
    np.testing.assert_allclose(values.mean(axis=(0, 1, 2)), 0.0, atol=1e-3)
    np.testing.assert_allclose(values.std(axis=(0, 1, 2)), 1.0, atol=1e-3)
    assert not [one for one in analyse(found).advice if "changes nothing" in one.what and one.layer == id]


def test_a_channel_that_is_the_same_everywhere_is_shifted_and_not_blown_up() -> None:
    stack = network(Normalization())
    found = filled(stack, "layer_001", Moments((255.0, 0.0, 7.0), (0.0, 0.0, 4.0))).on_network(stack)
    assert found.layers[0].type.values()["variance"] == (1.0, 1.0, 4.0)


def test_a_layer_that_learns_above_is_an_obstacle_and_named() -> None:
    stack = network(Rescaling(), Conv2D(3), Normalization())
    found = obstacle(stack, "layer_003")
    assert found is not None
    assert found.id == "layer_002"
    with pytest.raises(EngineError, match=r"layer_002\) stands above it"):
        filled(stack, "layer_003", PIXELS)
    without = stack.set_enabled("layer_002", False)
    assert obstacle(without, "layer_003") is None
    assert filled(without, "layer_003", PIXELS).on_network(without) != without


def test_numbers_that_do_not_fit_the_channels_are_an_obstacle_and_no_crash() -> None:
    stack = network(Normalization((1.0, 2.0), (1.0, 2.0)), Normalization())
    found = obstacle(stack, "layer_002")
    assert found is not None
    assert found.id == "layer_001"


def test_a_network_without_one_gets_one_after_what_only_rescales() -> None:
    found = normalized(network(Rescaling()), PIXELS)
    assert [one.type.kind for one in found.layers[:3]] == ["Rescaling", "Normalization", "Conv2D"]
    np.testing.assert_allclose(leaving(found, found.layers[1].id).std(axis=(0, 1, 2)), 1.0, atol=1e-3)
    assert [one.type.kind for one in normalized(network(), PIXELS).layers[:2]] == ["Normalization", "Conv2D"]


def test_all_that_are_there_are_set_one_after_the_other() -> None:
    found = normalized(network(Normalization(), Rescaling(), Normalization()), PIXELS)
    assert [one.type.kind for one in found.layers[:4]] == ["Normalization", "Rescaling", "Normalization", "Conv2D"]
    values = leaving(found, found.layers[2].id)
    np.testing.assert_allclose(values.std(axis=(0, 1, 2)), 1.0, atol=1e-3)


def test_one_that_changes_nothing_is_advised_against() -> None:
    (advice,) = [one for one in analyse(network(Normalization())).advice if one.layer == "layer_001"]
    assert "changes nothing" in advice.what
    assert "Use the training set's mean and deviation" in advice.fix
