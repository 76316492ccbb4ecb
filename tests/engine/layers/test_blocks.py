"""The ready-made blocks: their parameters as the papers give them, their shortcuts, and how they learn."""

from __future__ import annotations

import pytest

from engine.analysis import Analysis, analyse
from engine.geometry import Window
from engine.layers import LayerType, layer_types
from engine.layers.activation import Activation
from engine.layers.average_pooling2d import AveragePooling2D
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.block import Block
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dense_block import DenseBlock
from engine.layers.fire import Fire
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.inception import Inception
from engine.layers.input import Input
from engine.layers.inverted_residual import InvertedResidual
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.relu import ReLU
from engine.layers.residual import Residual
from engine.layers.squeeze_and_excitation import SqueezeAndExcitation
from engine.network import Network

READY = [kind for kind, one in layer_types().items() if issubclass(one, Block)]


def after(channels: int, *types: LayerType, side: int = 8) -> Analysis:
    """What is known of these layers on `channels` maps; the first layer makes the maps."""
    first = Conv2D(filters=channels, padding="same")
    return analyse(Network.of(Input(side, side), [first, *types, GlobalAveragePooling2D(), Dense(2)]))


def inside(analysis: Analysis, id: str = "layer_002") -> list[str]:
    return [path.removeprefix(f"{id}/") for path in analysis.facts if path.startswith(f"{id}/")]


@pytest.mark.parametrize("kind", READY)
def test_a_block_says_no_on_a_list_of_numbers_and_stands_on_maps_of_any_size(kind: str) -> None:
    for side in (1, 2, 5, 8):
        assert after(4, layer_types()[kind](), side=side).graph is not None
    (problem,) = analyse(Network.of(Input(8, 8), [GlobalAveragePooling2D(), layer_types()[kind]()])).problems
    assert problem.layer.split("/")[0] == "layer_002"
    assert "list of 3 numbers" in problem.what


def test_the_first_inception_block_of_googlenet_has_its_163_696_parameters() -> None:
    # GoogLeNet, table 1: inception 3a on 192 maps, "159K" without biases and "128M" multiplications on 28 x 28.
    found = after(192, Inception(), side=28)
    assert found.facts["layer_002"].parameters == 163_696
    assert found.facts["layer_002"].output_shape == (28, 28, 256)
    assert found.facts["layer_002"].macs == 28 * 28 * (192 * (64 + 96 + 16 + 32) + 96 * 9 * 128 + 16 * 25 * 32)
    assert found.facts["layer_002"].receptive_field == (7, 7)


def test_fire_blocks_make_the_squeezenet_1_1_of_1_235_496_parameters() -> None:
    # torchvision's squeezenet1_1: 1,235,496.
    pool = MaxPooling2D(pool_size=(3, 3), strides=(2, 2))
    stack = [Conv2D(filters=64, strides=(2, 2), activation="relu"), pool, Fire(16, 64), Fire(16, 64), pool]
    stack += [Fire(32, 128), Fire(32, 128), pool, Fire(48, 192), Fire(48, 192), Fire(64, 256), Fire(64, 256)]
    stack += [Conv2D(filters=1000, kernel_size=(1, 1), activation="relu"), GlobalAveragePooling2D()]
    assert analyse(Network.of(Input(224, 224), stack)).parameters == 1_235_496


def test_dense_blocks_make_the_densenet_121_of_8_062_504_parameters() -> None:
    # Keras's DenseNet121: 8,062,504, of which 83,648 are not trained.
    epsilon, filters = 1.001e-5, 64
    stack: list[LayerType] = [
        Conv2D(filters=64, kernel_size=(7, 7), strides=(2, 2), padding="same", use_bias=False),
        BatchNormalization(epsilon=epsilon),
        ReLU(),
        MaxPooling2D(pool_size=(3, 3), strides=(2, 2), padding="same"),
    ]
    for layers in (6, 12, 24, 16):
        stack.append(DenseBlock(layers, 32, epsilon=epsilon))
        filters = (filters + 32 * layers) // 2
        if layers != 16:
            stack += [BatchNormalization(epsilon=epsilon), ReLU()]
            stack += [Conv2D(filters=filters, kernel_size=(1, 1), use_bias=False), AveragePooling2D()]
    stack += [BatchNormalization(epsilon=epsilon), ReLU(), GlobalAveragePooling2D(), Dense(1000)]
    found = analyse(Network.of(Input(224, 224), stack))
    assert found.parameters == 8_062_504
    assert found.trainable == 8_062_504 - 83_648


def test_squeeze_and_excitation_costs_two_narrow_layers_and_keeps_the_shape() -> None:
    found = after(32, SqueezeAndExcitation(ratio=4))
    facts = found.facts["layer_002"]
    assert facts.parameters == (32 * 8 + 8) + (8 * 32 + 32)
    assert facts.output_shape == (8, 8, 32)
    assert facts.receptive_field == (8, 8)
    assert after(4, SqueezeAndExcitation(ratio=16)).facts["layer_002/reduce"].output_shape == (1, 1, 1)


def test_a_residual_projects_only_where_shapes_differ() -> None:
    same = ["conv1", "bn1", "activation1", "conv2", "bn2", "add", "activation"]
    projected = [*same[:5], "shortcut", "shortcut_bn", *same[5:]]
    assert inside(after(16, Residual(16))) == same
    assert inside(after(16, Residual(32))) == projected
    found = after(16, Residual(16, strides=(2, 2)))
    assert inside(found) == projected
    assert found.facts["layer_002"].output_shape == (4, 4, 16)
    assert found.facts["layer_002"].parameters == 2 * (9 * 16 * 16) + 16 * 16 + 3 * 4 * 16
    assert inside(after(64, Residual(16, "bottleneck")))[-2:] == ["add", "activation"]
    assert after(64, Residual(16, "bottleneck")).facts["layer_002"].output_shape == (8, 8, 64)


def test_a_pre_activated_residual_keeps_its_shortcut_free() -> None:
    found = after(16, Residual(16, preactivation=True))
    assert inside(found) == ["bn1", "activation1", "conv1", "bn2", "activation2", "conv2", "add"]
    assert found.graph is not None
    assert found.graph.node("layer_002/add").inputs == ("layer_001", "layer_002/conv2")
    wider = after(16, Residual(32, preactivation=True, activation="linear"))
    assert inside(wider) == ["bn1", "conv1", "bn2", "conv2", "shortcut", "add"]
    assert wider.graph is not None
    assert wider.graph.node("layer_002/shortcut").inputs == ("layer_002/bn1",)


def test_an_inverted_residual_has_its_shortcut_where_as_many_maps_leave_as_enter() -> None:
    found = after(16, InvertedResidual(16))
    expected = (16 * 96 + 4 * 96) + (9 * 96 + 4 * 96) + (96 * 16 + 4 * 16)
    assert found.facts["layer_002"].parameters == expected
    assert inside(found)[-1] == "add"
    assert inside(after(16, InvertedResidual(24)))[-1] == "bn_project"
    assert inside(after(16, InvertedResidual(16, strides=(2, 2))))[-1] == "bn_project"
    assert inside(after(16, InvertedResidual(16, expansion=1)))[0] == "depthwise"
    (problem,) = after(16, InvertedResidual(16, strides=(2, 1))).problems
    assert (problem.layer, "2 × 1" in problem.what) == ("layer_002/depthwise", True)


@pytest.mark.parametrize("side", [7, 8])
@pytest.mark.parametrize("kernel", [3, 5])
def test_padding_before_a_stride_of_two_is_that_of_keras_correct_pad(side: int, kernel: int) -> None:
    import keras
    from keras.src.applications.imagenet_utils import correct_pad

    (above, below), (left, right) = correct_pad(keras.Input((side, side, 3)), kernel)
    found = after(4, InvertedResidual(4, kernel_size=(kernel, kernel), strides=(2, 2)), side=side)
    assert found.graph is not None
    window = found.graph.node("layer_002/depthwise").type.geometry(((side, side, 24),))
    assert isinstance(window, Window)
    assert (window.before, window.after) == ((above, left), (below, right))


def test_blocks_bend_so_nothing_is_said_of_straight_layers_around_them() -> None:
    for block in (Residual(4, preactivation=True), InvertedResidual(4), SqueezeAndExcitation(), Fire(), Inception()):
        found = after(4, block, Conv2D(filters=4, padding="same"), Activation("relu"))
        assert not [one for one in found.advice if "bends" in one.what]
    found = after(4, Residual(4, activation="linear"), Conv2D(filters=4), Activation("relu"))
    assert [one.layer for one in found.advice if "bends" in one.what] == ["layer_001"]
