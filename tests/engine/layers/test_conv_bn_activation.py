"""The block is its three layers, in one card."""

from __future__ import annotations

import numpy as np
import pytest

from engine.analysis import analyse
from engine.build import build, set_weights, weights_of
from engine.layers import LayerType
from engine.layers.activation import Activation
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.conv2d import Conv2D
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Network


def test_its_children_stand_in_a_row_and_the_convolution_has_no_bias() -> None:
    block = ConvBNActivation(8, (5, 3), (2, 1), "valid", "silu", 0.9, "he_normal")
    children = block.children(((16, 16, 3),))
    assert [(one.name, one.inputs) for one in children] == [("conv", ("",)), ("bn", ("conv",)), ("activation", ("bn",))]
    assert [one.type for one in children] == [
        Conv2D(8, (5, 3), (2, 1), "valid", use_bias=False, kernel_initializer="he_normal"),
        BatchNormalization(0.9),
        Activation("silu"),
    ]


@pytest.mark.parametrize(
    "block", [ConvBNActivation(4), ConvBNActivation(3, (2, 3), (2, 1), "valid", "tanh")], ids=["usual", "other"]
)
def test_it_computes_and_costs_what_the_three_layers_do(block: ConvBNActivation) -> None:
    ending: list[LayerType] = [Flatten(), Dense(2)]
    inside: list[LayerType] = [one.type for one in block.children(((8, 8, 3),))]
    as_block = analyse(Network.of(Input(8, 8), [block, *ending]), 2)
    as_layers = analyse(Network.of(Input(8, 8), [*inside, *ending]), 2)
    for name in ("parameters", "trainable", "macs"):
        assert getattr(as_block, name) == getattr(as_layers, name)
    assert as_block.graph is not None
    assert as_layers.graph is not None
    one, other = build(as_block.graph, 1), build(as_layers.graph, 2)
    given = list(weights_of(one, as_block.graph).values())
    set_weights(other, as_layers.graph, dict(zip(weights_of(other, as_layers.graph), given, strict=True)))
    images = np.random.default_rng(0).normal(size=(3, 8, 8, 3)).astype(np.float32)
    for training in (False, True):
        np.testing.assert_array_equal(
            np.asarray(one(images, training=training)), np.asarray(other(images, training=training))
        )


def test_a_block_inside_a_stack_says_what_leaves_it() -> None:
    assert ConvBNActivation(activation="softmax").gives_probabilities()
    assert ConvBNActivation().last_activation() == "relu"
    assert ConvBNActivation(16, strides=(2, 2)).caption() == "16 filters, 3 × 3, stride 2 × 2, same, ReLU"
