"""From the graph to Keras and back: names, weights, seeds."""

from __future__ import annotations

import numpy as np
import pytest

from engine.analysis import analyse
from engine.build import AT_ONCE, ROOM, build, images_at_once, seed_for, set_weights, weights_of
from engine.errors import EngineError
from engine.graph import Graph
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.conv2d import Conv2D
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Network

NETWORK = Network.of(
    Input(8, 8), [ConvBNActivation(4), Conv2D(3), BatchNormalization(), Flatten(), Dropout(0.5), Dense(2)]
)
IMAGES = np.random.default_rng(0).uniform(0, 255, (2, 8, 8, 3)).astype(np.float32)


def graph_of(network: Network) -> Graph:
    graph = analyse(network).graph
    assert graph is not None
    return graph


GRAPH = graph_of(NETWORK)


def test_every_layer_is_found_under_its_path_in_the_order_of_the_stack() -> None:
    model = build(GRAPH, seed=0)
    assert [one.name for one in model.layers] == [
        *("input", "layer_001.conv", "layer_001.bn", "layer_001.activation"),
        *("layer_002", "layer_003", "layer_004", "layer_005", "layer_006"),
    ]
    assert (model.input_shape, model.output_shape) == ((None, 8, 8, 3), (None, 2))


def test_a_disabled_layer_and_a_label_leave_no_trace_in_the_model() -> None:
    network = NETWORK.set_enabled("layer_005", False).renamed("layer_006", "Größe / <b>")
    names = [one.name for one in build(graph_of(network), 0).layers]
    assert names[-1] == "layer_006"
    assert "layer_005" not in names


def test_a_seed_decides_the_weights_layer_by_layer() -> None:
    first, same = weights_of(build(GRAPH, 1), GRAPH), weights_of(build(GRAPH, 1), GRAPH)
    assert all(np.array_equal(first[key], same[key]) for key in first)
    other = weights_of(build(GRAPH, 2), GRAPH)
    assert not np.array_equal(first["layer_006", "kernel"], other["layer_006", "kernel"])
    fewer = graph_of(NETWORK.removed(["layer_003"]))
    kept = weights_of(build(fewer, 1), fewer)
    assert all(np.array_equal(first[key], kept[key]) for key in kept)


def test_the_seed_of_a_layer_is_a_whole_number_that_keras_takes() -> None:
    seeds = {seed_for(run, f"layer_{number:03d}") for run in range(20) for number in range(50)}
    assert len(seeds) == 1000
    assert all(0 <= one < 2**31 for one in seeds)


def test_weights_are_copied_out_and_put_back() -> None:
    model, other = build(GRAPH, 1), build(GRAPH, 2)
    taken = weights_of(model, GRAPH)
    assert list(taken)[:2] == [("layer_001/conv", "kernel"), ("layer_001/bn", "gamma")]
    assert ("layer_001/bn", "moving_variance") in taken
    answer = np.asarray(model(IMAGES, training=False))
    set_weights(other, GRAPH, taken)
    np.testing.assert_array_equal(np.asarray(other(IMAGES, training=False)), answer)
    taken["layer_006", "bias"] += 1
    np.testing.assert_array_equal(np.asarray(model(IMAGES, training=False)), answer)


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda weights: weights.pop(("layer_006", "bias")), "'bias' of layer layer_006 are missing"),
        (
            lambda weights: weights.update({("layer_006", "bias"): np.zeros(3, np.float32)}),
            "'bias' of layer layer_006 have the shape 3",
        ),
        (
            lambda weights: weights.update({("layer_001/conv", "kernel"): np.zeros((3, 3, 1, 4), np.float32)}),
            "'kernel' of layer layer_001/conv have the shape 3 × 3 × 1 × 4",
        ),
    ],
)
def test_weights_that_do_not_fit_are_refused_and_none_is_changed(spoil: object, what: str) -> None:
    model = build(GRAPH, 1)
    weights = {key: value + 1 for key, value in weights_of(model, GRAPH).items()}
    spoil(weights)  # type: ignore[operator]
    before = weights_of(model, GRAPH)
    with pytest.raises(EngineError, match=what):
        set_weights(model, GRAPH, weights)
    after = weights_of(model, GRAPH)
    assert all(np.array_equal(before[key], after[key]) for key in before)


def test_large_maps_go_through_in_smaller_batches() -> None:
    assert images_at_once(build(GRAPH, 0)) == AT_ONCE
    large = graph_of(Network.of(Input(512, 512), [Conv2D(16, padding="same"), Flatten(), Dense(1)]))
    assert images_at_once(build(large, 0)) == ROOM // (512 * 512 * 16) == 15
