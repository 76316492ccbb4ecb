"""Advice names what is unwise, and is silent about what is usual."""

from __future__ import annotations

import pytest

from engine.analysis import analyse
from engine.layers import LayerType
from engine.layers.activation import Activation
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.conv2d import Conv2D
from engine.layers.conv2d_transpose import Conv2DTranspose
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.relu import ReLU
from engine.layers.rescaling import Rescaling
from engine.layers.separable_conv2d import SeparableConv2D
from engine.network import Network


def advised(*types: LayerType) -> list[tuple[str, str]]:
    found = analyse(Network.of(Input(8, 8), types), 10)
    return [(one.layer, one.what) for one in found.advice]


def test_a_usual_network_gets_none() -> None:
    assert not advised(
        Rescaling(), Conv2D(4, activation="relu"), MaxPooling2D(), Flatten(), Dropout(), Dense(10, activation="softmax")
    )


def test_logits_without_softmax_are_fine() -> None:
    assert not advised(Rescaling(), Conv2D(4), BatchNormalization(), ReLU(), Flatten(), Dense(10))


def test_raw_pixels_want_rescaling() -> None:
    ((layer, what),) = advised(Conv2D(4, activation="relu"), Rescaling(), Flatten(), Dense(10))
    assert layer == "layer_001"
    assert "0 to 255" in what


def test_relu_on_the_numbers_of_the_classes_is_unwise() -> None:
    assert advised(Rescaling(), Flatten(), Dense(10, activation="relu"))[0][0] == "layer_003"
    ((layer, what),) = advised(Rescaling(), Flatten(), Dense(10), ReLU())
    assert layer == "layer_004"
    assert "go through ReLU" in what


def test_dropout_after_the_last_dense_silences_classes() -> None:
    ((layer, what),) = advised(Rescaling(), Flatten(), Dense(10, activation="softmax"), Dropout())
    assert layer == "layer_004"
    assert "silences" in what


def test_softmax_twice_or_too_early_is_unwise() -> None:
    ((layer, what),) = advised(Rescaling(), Flatten(), Dense(10, activation="softmax"), Activation("softmax"))
    assert (layer, "to probabilities" in what) == ("layer_004", True)
    ((layer, what),) = advised(Rescaling(), Flatten(), Dense(5, activation="softmax"), Dense(10))
    assert (layer, "in the middle" in what) == ("layer_003", True)


def test_two_layers_with_nothing_bent_between_them_are_pointed_out() -> None:
    ((layer, what),) = advised(Rescaling(), Conv2D(4), Dropout(), Flatten(), Dense(10))
    assert layer == "layer_002"
    assert "between Conv2D (layer_002) and Dense (layer_005)" in what


def test_advice_is_given_where_there_are_problems_too() -> None:
    assert advised(Conv2D(4), MaxPooling2D((9, 9)))[0][0] == "layer_001"


def test_normalisation_after_the_last_dense_hides_how_sure_the_network_is() -> None:
    ((layer, what),) = advised(Rescaling(), Flatten(), Dense(10), BatchNormalization())
    assert layer == "layer_004"
    assert "to one size" in what


def test_dropout_before_the_last_dense_is_usual() -> None:
    assert not advised(Rescaling(), Flatten(), Dropout(), Dense(10))


def test_a_dense_layer_that_holds_nearly_all_weights_is_pointed_out() -> None:
    wide = Dense(2000, activation="relu")
    ((layer, what),) = advised(Rescaling(), Conv2D(32, activation="relu"), Flatten(), wide, Dense(10))
    assert layer == "layer_004"
    assert what.startswith("99 % of the parameters are in Dense (layer_004): 2,306,000 of 2,3")
    assert not advised(Rescaling(), Flatten(), wide, Dense(10))
    assert not advised(Rescaling(), Conv2D(32, activation="relu"), Flatten(), Dense(20, activation="relu"), Dense(10))


@pytest.mark.parametrize(
    ("conv", "unwise"),
    [
        (Conv2D(4, (4, 4), activation="relu"), True),
        (Conv2D(4, (3, 2), activation="relu"), True),
        (Conv2D(4, (3, 3), activation="relu"), False),
        (Conv2D(4, (2, 2), strides=(2, 2), activation="relu"), False),
        (Conv2D(4, (8, 8), activation="relu"), False),
        (SeparableConv2D(4, (2, 2), activation="relu"), True),
        (Conv2DTranspose(4, (4, 4), strides=(2, 2), activation="relu"), False),
    ],
)
def test_a_window_that_slides_pixel_by_pixel_wants_a_middle(conv: LayerType, unwise: bool) -> None:
    found = advised(Rescaling(), conv, Flatten(), Dense(10))
    assert [layer for layer, what in found if "no pixel in its middle" in what] == ["layer_002"] * unwise
