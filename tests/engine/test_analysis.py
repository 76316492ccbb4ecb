"""The analysis is quick, and knows whether a network gives probabilities."""

from __future__ import annotations

import statistics
import time

import pytest

from engine import expansion
from engine.analysis import analyse
from engine.layers import LayerType
from engine.layers.activation import Activation
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.global_max_pooling2d import GlobalMaxPooling2D
from engine.layers.input import Input
from engine.layers.rescaling import Rescaling
from engine.network import Network

PROBABILITIES: list[tuple[LayerType, ...]] = [
    (Flatten(), Dense(10, activation="softmax")),
    (Flatten(), Dense(10), Activation("softmax")),
    (Flatten(), Dense(10, activation="softmax"), Dropout(0.1), Activation("linear"), Flatten()),
    (Conv2D(10, activation="softmax"), GlobalAveragePooling2D()),
    (Conv2D(10, (8, 8), activation="softmax"), Flatten()),
]
OTHERS: list[tuple[LayerType, ...]] = [
    (Flatten(), Dense(10)),
    (Flatten(), Dense(10, activation="sigmoid")),
    (Flatten(), Dense(10, activation="softmax"), Rescaling(2.0)),
    (Conv2D(10, activation="softmax"), GlobalMaxPooling2D()),
    (Dense(3, activation="softmax"), Flatten()),
]


@pytest.mark.parametrize("types", PROBABILITIES)
def test_these_end_in_probabilities(types: tuple[LayerType, ...]) -> None:
    graph = analyse(Network.of(Input(8, 8), types)).graph
    assert graph is not None
    assert graph.gives_probabilities


@pytest.mark.parametrize("types", OTHERS)
def test_these_do_not(types: tuple[LayerType, ...]) -> None:
    graph = analyse(Network.of(Input(8, 8), types)).graph
    assert graph is not None
    assert not graph.gives_probabilities


def test_two_hundred_layers_are_analysed_between_two_frames() -> None:
    types = [Rescaling(), *[Conv2D(16, padding="same", activation="relu")] * 197, Flatten(), Dense(10)]
    network = Network.of(Input(32, 32), types)
    expansion.judge.cache_clear()
    times = []
    for filters in range(1, 12):
        network = network.set_type("layer_002", Conv2D(filters, padding="same", activation="relu"))
        start = time.perf_counter()
        assert analyse(network, 10).graph is not None
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 0.016
