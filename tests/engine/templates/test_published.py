"""The well-known templates have the figures that are known of them: parameters published, MACs by paper and pencil."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from engine.analysis import Analysis, analyse
from engine.templates import template, templates

PARAMETERS = {
    # keras.io/api/applications and the summaries of Keras's own models, classifier included
    "vgg16": 138_357_544,
    "resnet50": 25_636_712,
    "mobilenet_v2": 3_538_984,
    "lenet5": 61_706,  # with full connections between the second pooling and the second convolution
    "keras_mnist_convnet": 34_826,  # keras.io/examples/vision/mnist_convnet
    "tiny_vgg": 19_920,  # poloclub/cnn-explainer
    "all_cnn": 1_369_738,  # "1.3 M" in table 3 of the paper
    "network_in_network": 966_986,  # "0.97 M" in table 1 of "Striving for simplicity"
}


def analysed(name: str) -> Analysis:
    one = templates()[name]
    return analyse(template(name, one.own_input, one.own_classes), one.own_classes)


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters_are_as_published(name: str) -> None:
    assert analysed(name).parameters == PARAMETERS[name]


def conv(side: int, window: int, entering: int, leaving: int) -> int:
    """MACs of a convolution: places x window x channels that enter x channels that leave."""
    return side * side * window * window * entering * leaving


def test_macs_of_lenet_5() -> None:
    expected = conv(28, 5, 1, 6) + conv(10, 5, 6, 16) + 5 * 5 * 16 * 120 + 120 * 84 + 84 * 10
    assert analysed("lenet5").macs == expected == 416_520


def test_macs_of_the_keras_mnist_convnet() -> None:
    expected = conv(26, 3, 1, 32) + conv(11, 3, 32, 64) + 5 * 5 * 64 * 10
    assert analysed("keras_mnist_convnet").macs == expected == 2_440_960


def test_macs_of_tiny_vgg() -> None:
    expected = conv(62, 3, 3, 10) + conv(60, 3, 10, 10) + conv(28, 3, 10, 10) + conv(26, 3, 10, 10) + 13 * 13 * 10 * 10
    assert analysed("tiny_vgg").macs == expected == 5_608_780


def test_macs_of_vgg_16() -> None:
    rounds = ((224, 3, 64, 2), (112, 64, 128, 2), (56, 128, 256, 3), (28, 256, 512, 3), (14, 512, 512, 3))
    expected = 7 * 7 * 512 * 4096 + 4096 * 4096 + 4096 * 1000
    for side, entering, leaving, times in rounds:
        expected += conv(side, 3, entering, leaving) + (times - 1) * conv(side, 3, leaving, leaving)
    assert analysed("vgg16").macs == expected == 15_470_264_320  # "15.5 billion"


def test_macs_of_resnet_50() -> None:
    # Keras's halves the maps in the first 1 x 1 of a stage, as the paper does ("3.8 billion").
    expected = conv(112, 7, 3, 64) + 2048 * 1000
    entering = 64
    for side, filters, blocks in ((56, 64, 3), (28, 128, 4), (14, 256, 6), (7, 512, 3)):
        rest = conv(side, 3, filters, filters) + conv(side, 1, filters, 4 * filters)
        expected += conv(side, 1, entering, 4 * filters)  # the shortcut of the first block
        expected += conv(side, 1, entering, filters) + rest
        expected += (blocks - 1) * (conv(side, 1, 4 * filters, filters) + rest)
        entering = 4 * filters
    assert analysed("resnet50").macs == expected == 3_857_973_248


def test_macs_of_mobilenet_v2() -> None:
    # Table 2 of the paper: expansion, filters, blocks, stride, and the side that the first block gets.
    table = (
        *((1, 16, 1, 1, 112), (6, 24, 2, 2, 112), (6, 32, 3, 2, 56), (6, 64, 4, 2, 28)),
        *((6, 96, 3, 1, 14), (6, 160, 3, 2, 14), (6, 320, 1, 1, 7)),
    )
    expected = conv(112, 3, 3, 32) + conv(7, 1, 320, 1280) + 1280 * 1000
    entering = 32
    for expansion, filters, blocks, stride, side in table:
        for block in range(blocks):
            inner, after = expansion * entering, side // (stride if block == 0 else 1)
            expected += conv(side, 1, entering, inner) if expansion > 1 else 0
            expected += after * after * 9 * inner + conv(after, 1, inner, filters)
            entering, side = filters, after
    assert analysed("mobilenet_v2").macs == expected == 300_774_272  # "300 M"


def test_parameters_of_the_small_resnets() -> None:
    for name, blocks in (("resnet8", 1), ("resnet20", 3)):
        expected = 9 * 3 * 16 + 4 * 16 + 64 * 10 + 10
        entering = 16
        for filters in (16, 32, 64):
            expected += 9 * entering * filters + (2 * blocks - 1) * 9 * filters * filters + 2 * blocks * 4 * filters
            expected += 0 if entering == filters else entering * filters + 4 * filters  # the shortcut of the stage
            entering = filters
        assert analysed(name).parameters == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "theirs"), [("vgg16", "VGG16"), ("resnet50", "ResNet50"), ("mobilenet_v2", "MobileNetV2")]
)
def test_every_weight_array_is_one_of_keras_own_model(name: str, theirs: str) -> None:
    import keras

    model = getattr(keras.applications, theirs)(weights=None)
    graph, facts = analysed(name).graph, analysed(name).facts
    assert graph is not None
    ours = [
        (weight.name, weight.shape, weight.trainable)
        for node in graph
        for weight in node.type.weights(facts[node.path].inputs or ())
    ]
    assert Counter(ours) == Counter((one.name, tuple(one.shape), one.trainable) for one in model.weights)
    assert analysed(name).trainable == sum(math.prod(one.shape) for one in model.trainable_weights)
    kinds = Counter(type(one).__name__ for one in model.layers)
    for kind in ("Conv2D", "DepthwiseConv2D", "BatchNormalization", "Add", "Dense", "MaxPooling2D"):
        assert sum(node.type.kind == kind for node in graph) == kinds[kind]
