"""Receptive fields, costs and shapes of networks whose figures are known from paper and pencil."""

from __future__ import annotations

import pytest

from engine.analysis import Analysis, analyse
from engine.layers import LayerType
from engine.layers.activation import Activation
from engine.layers.adaptive_average_pooling2d import AdaptiveAveragePooling2D
from engine.layers.average_pooling2d import AveragePooling2D
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.conv2d import Conv2D
from engine.layers.conv2d_transpose import Conv2DTranspose
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.cropping2d import Cropping2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.input import Input
from engine.layers.layer_normalization import LayerNormalization
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.up_sampling2d import UpSampling2D
from engine.layers.zero_padding2d import ZeroPadding2D
from engine.network import Network

GREY = Input(28, 28, "grayscale")


def analysed(input: Input, *types: LayerType) -> Analysis:
    return analyse(Network.of(input, types), 10)


def fields(analysis: Analysis) -> list[tuple[int, int] | None]:
    return [one.receptive_field for one in analysis.facts.values()]


def vgg16() -> list[LayerType]:
    stack: list[LayerType] = []
    for filters, times in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        stack += [Conv2D(filters, padding="same", activation="relu")] * times + [MaxPooling2D()]
    return stack


def test_lenet_5() -> None:
    found = analysed(
        GREY,
        Conv2D(6, (5, 5), padding="same", activation="tanh"),
        AveragePooling2D(),
        Conv2D(16, (5, 5), activation="tanh"),
        AveragePooling2D(),
        Flatten(),
        Dense(120, activation="tanh"),
        Dense(84, activation="tanh"),
        Dense(10, activation="softmax"),
    )
    assert found.parameters == found.trainable == 61_706
    assert [one.macs for one in found.facts.values()] == [0, 117_600, 0, 240_000, 0, 0, 48_000, 10_080, 840]
    assert found.macs == 416_520
    assert fields(found)[:6] == [(1, 1), (5, 5), (6, 6), (14, 14), (16, 16), (16, 16)]
    assert fields(found)[6:] == [(28, 28)] * 3
    assert found.graph is not None


def test_the_first_network_of_the_keras_documentation() -> None:
    found = analysed(
        GREY,
        Conv2D(32, activation="relu"),
        MaxPooling2D(),
        Conv2D(64, activation="relu"),
        MaxPooling2D(),
        Flatten(),
        Dropout(0.5),
        Dense(10, activation="softmax"),
    )
    assert found.parameters == 34_826
    assert found.macs == 26 * 26 * 9 * 32 + 11 * 11 * 9 * 32 * 64 + 1_600 * 10
    assert [one.unused for one in found.facts.values()].index((1, 1)) == 4


def test_vgg_16_on_its_own_input() -> None:
    types = [*vgg16(), Flatten(), Dense(4096, "relu"), Dense(4096, "relu"), Dense(1000, "softmax")]
    found = analyse(Network.of(Input(224, 224), types), 1000)
    assert found.parameters == 138_357_544
    assert found.macs == 15_470_264_320
    convolutions = [one for one in found.facts.values() if one.kind in ("Conv2D", "MaxPooling2D")]
    ends = [3, 5, 6, 10, 14, 16, 24, 32, 40, 44, 60, 76, 92, 100, 132, 164, 196, 212]
    assert [one.receptive_field for one in convolutions] == [(side, side) for side in ends]


def test_a_field_is_as_tall_and_wide_as_the_windows_are() -> None:
    found = analysed(
        Input(32, 32), Conv2D(4, (3, 1), strides=(2, 1)), Conv2D(4, (1, 5), dilation_rate=(1, 2)), Conv2D(4, (3, 3))
    )
    assert fields(found)[1:] == [(3, 1), (3, 9), (7, 11)]


def test_normalising_over_the_batch_leaves_the_field_and_pooling_the_whole_map_fills_it() -> None:
    found = analysed(Input(16, 16), Conv2D(4), BatchNormalization(), LayerNormalization(), GlobalAveragePooling2D())
    assert fields(found)[1:] == [(3, 3), (3, 3), (3, 3), (16, 16)]


def test_enlarging_halves_the_step_so_that_windows_after_it_see_less() -> None:
    # Two fine pixels lie on one coarse one: three of them touch at most two, four at most three.
    found = analysed(GREY, MaxPooling2D(), UpSampling2D(), Conv2D(4), Conv2D(4, (4, 4)))
    assert fields(found)[1:] == [(2, 2), (2, 2), (4, 4), (7, 7)]


def test_what_a_transposed_window_sees() -> None:
    # With strides of 2 a window of 4 covers each output pixel from two sides.
    found = analysed(GREY, Conv2D(2, (2, 2), (2, 2)), Conv2DTranspose(2, (4, 4), (2, 2), "same"))
    assert fields(found)[1:] == [(2, 2), (4, 4)]
    assert found.facts["layer_002"].output_shape == (28, 28, 2)


def test_a_border_sees_nothing_and_leaves_the_field_as_it_was() -> None:
    found = analysed(GREY, ZeroPadding2D((1, 2)), Cropping2D((0, 3)), AdaptiveAveragePooling2D((7, 4)))
    assert fields(found)[1:] == [(1, 1), (1, 1), (6, 7)]


def test_a_block_is_one_card_with_its_children_inside() -> None:
    found = analysed(Input(8, 8), ConvBNActivation(4, strides=(2, 2)), Flatten(), Dense(10))
    assert list(found.facts) == [
        *("input", "layer_001", "layer_001/conv", "layer_001/bn", "layer_001/activation", "layer_002", "layer_003")
    ]
    block = found.facts["layer_001"]
    assert (block.kind, block.inputs, block.output_shape) == ("ConvBNActivation", ((8, 8, 3),), (4, 4, 4))
    assert (block.parameters, block.trainable) == (3 * 3 * 3 * 4 + 4 * 4, 3 * 3 * 3 * 4 + 2 * 4)
    assert (block.macs, block.receptive_field) == (4 * 4 * 4 * 27, (3, 3))
    assert found.graph is not None
    assert [one.path for one in found.graph] == [path for path in found.facts if path != "layer_001"]
    assert found.graph.node("layer_002").inputs == ("layer_001/activation",)
    assert found.graph.node("layer_001/conv").keras_name == "layer_001.conv"


def test_a_fault_inside_a_block_stands_on_its_child_and_belongs_to_its_card() -> None:
    found = analysed(Input(8, 8), ConvBNActivation(4, (9, 9), padding="valid"), Flatten(), Dense(10))
    (problem,) = found.problems
    assert problem.layer == "layer_001/conv"
    assert problem.what.startswith("ConvBNActivation (layer_001), conv: The window of 9 × 9")
    assert found.problems_of("layer_001") == (problem,)
    assert found.problems_of("layer_00") == ()


def test_below_a_fault_all_is_unknown_and_so_are_the_totals() -> None:
    found = analysed(Input(8, 8), Conv2D(4), MaxPooling2D((9, 9)), Flatten(), Dense(10))
    assert (found.parameters, found.trainable, found.macs, found.graph) == (None, None, None, None)
    assert found.facts["layer_001"].parameters == 112
    assert found.facts["layer_002"].inputs == ((6, 6, 4),)
    assert found.facts["layer_002"].output_shape is None
    assert found.facts["layer_004"].inputs is None
    assert [one.layer for one in found.problems] == ["layer_002"]


def test_a_pool_that_leaves_nothing_says_both_sizes_and_its_name() -> None:
    network = Network.of(Input(8, 8), [Conv2D(4), MaxPooling2D((9, 9)), Flatten(), Dense(10)])
    (problem,) = analyse(network.renamed("layer_002", "Shrink"), 10).problems
    assert problem.what == (
        "Shrink (layer_002): The window of 9 × 9 does not fit on maps of 6 × 6: nothing would be left of the image."
    )
    assert problem.expected == "With padding 'valid' what enters is at least 9 × 9."
    assert "Lower pool_size" in problem.fix


def test_a_convolution_after_flatten_says_why_not() -> None:
    (problem,) = analysed(Input(8, 8), Flatten(), Conv2D(4)).problems
    assert "list of 192 numbers" in problem.what


def test_an_input_in_the_middle_is_a_fault() -> None:
    (problem,) = analysed(Input(8, 8), Input(8, 8), Flatten(), Dense(10)).problems
    assert "middle of the network" in problem.what


def test_a_disabled_layer_takes_no_part() -> None:
    network = Network.of(GREY, [MaxPooling2D((99, 99)), Flatten(), Dense(10)]).set_enabled("layer_001", False)
    found = analyse(network, 10)
    assert found.graph is not None
    assert "layer_001" not in found.facts


@pytest.mark.parametrize(
    ("types", "word"),
    [
        ((Conv2D(65_536, padding="same"), Flatten(), Dense(10)), "268,435,456,000 values"),
        ((Flatten(), Dense(65_536), Dense(65_536), Dense(10)), "parameters"),
    ],
)
def test_what_no_computer_could_hold_is_refused_before_it_is_built(types: tuple[LayerType, ...], word: str) -> None:
    side = 2_048 if isinstance(types[0], Conv2D) else 32
    found = analyse(Network.of(Input(side, 2_000 if side > 32 else 32), types), 10)
    assert found.graph is None
    assert any(word in one.what for one in found.problems)


def test_activations_cost_no_weights() -> None:
    found = analysed(GREY, Activation("tanh"), Flatten(), Dense(10))
    assert found.facts["layer_001"].parameters == found.facts["layer_001"].macs == 0
