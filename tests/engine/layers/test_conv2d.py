"""A convolution by hand: where its windows stand, what they cost, what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import EngineError
from engine.geometry import Window
from engine.layers.base import Weight
from engine.layers.conv2d import Conv2D

IMAGE = np.arange(25, dtype=np.float32).reshape(5, 5, 1)
ONES = {"kernel": np.ones((3, 3, 1, 1)), "bias": np.zeros(1)}


@pytest.mark.parametrize(
    ("settings", "size"),
    [
        ({}, (5, 4)),
        ({"padding": "same"}, (7, 6)),
        ({"strides": (2, 2)}, (3, 2)),
        ({"padding": "same", "strides": (2, 2)}, (4, 3)),
        ({"padding": "same", "strides": (3, 1)}, (3, 6)),
        ({"kernel_size": (1, 1)}, (7, 6)),
        ({"kernel_size": (7, 6)}, (1, 1)),
        ({"dilation_rate": (2, 2)}, (3, 2)),
        ({"dilation_rate": (3, 2), "padding": "same"}, (7, 6)),
    ],
)
def test_the_size_of_its_maps(settings: dict[str, object], size: tuple[int, int]) -> None:
    assert Conv2D(4).changed(**settings).output_shape(((7, 6, 3),)) == (*size, 4)


def test_what_it_learns_and_costs() -> None:
    layer, inputs = Conv2D(8, (3, 5)), ((10, 10, 4),)
    assert layer.weights(inputs) == (Weight("kernel", (3, 5, 4, 8)), Weight("bias", (8,)))
    assert layer.macs(inputs) == 8 * 6 * 8 * 3 * 5 * 4
    assert layer.changed(use_bias=False).weights(inputs) == (Weight("kernel", (3, 5, 4, 8)),)
    grouped = layer.changed(groups=2)
    assert grouped.weights(inputs)[0] == Weight("kernel", (3, 5, 2, 8))
    assert grouped.macs(inputs) == layer.macs(inputs) // 2


def test_one_pixel_with_a_stride_and_a_border() -> None:
    layer = Conv2D(1, (3, 3), strides=(2, 2), padding="same")
    corner = layer.arithmetic(IMAGE, ONES, (0, 0, 0))
    assert corner.output == 0 + 1 + 5 + 6
    assert [(one.row, one.column) for one in corner.terms][:4] == [(-1, -1), (-1, 0), (-1, 1), (0, -1)]
    assert [one.padding for one in corner.terms] == [True] * 4 + [False, False, True, False, False]
    middle = layer.arithmetic(IMAGE, ONES, (1, 1, 0))
    assert middle.output == 9 * 12
    last = layer.arithmetic(IMAGE, ONES, (2, 2, 0))
    assert last.output == 18 + 19 + 23 + 24
    assert layer.geometry((IMAGE.shape,)) == Window((3, 3), (2, 2), (1, 1), (1, 1))


def test_one_pixel_on_an_even_side_has_the_odd_border_pixel_below() -> None:
    image = np.arange(16, dtype=np.float32).reshape(4, 4, 1)
    layer = Conv2D(1, (3, 3), strides=(2, 2), padding="same")
    assert layer.arithmetic(image, ONES, (0, 0, 0)).output == 0 + 1 + 2 + 4 + 5 + 6 + 8 + 9 + 10
    assert layer.arithmetic(image, ONES, (1, 1, 0)).output == 10 + 11 + 14 + 15


def test_one_pixel_of_a_window_that_is_spread_out() -> None:
    ours = Conv2D(1, (3, 3), dilation_rate=(2, 2)).arithmetic(IMAGE, ONES, (0, 0, 0))
    assert [one.input for one in ours.terms] == [0, 2, 4, 10, 12, 14, 20, 22, 24]


def test_a_group_sees_its_own_channels_alone() -> None:
    image = np.arange(4, dtype=np.float32).reshape(1, 1, 4)
    layer = Conv2D(4, (1, 1), groups=2)
    weights = {"kernel": np.ones((1, 1, 2, 4)), "bias": np.array([0.0, 0.0, 10.0, 0.0])}
    assert [one.channel for one in layer.arithmetic(image, weights, (0, 0, 1)).terms] == [0, 1]
    third = layer.arithmetic(image, weights, (0, 0, 2))
    assert ([one.channel for one in third.terms], third.bias, third.output) == ([2, 3], 10.0, 2 + 3 + 10)


@pytest.mark.parametrize(
    ("settings", "what", "fix"),
    [
        ({"strides": (2, 1), "dilation_rate": (1, 2)}, "Strides of 2 × 1 and a dilation rate of 1 × 2", "back to 1"),
        ({"groups": 2}, "3 channels and 4 filters cannot be split into 2 equal groups", "Set groups to 1"),
        ({"groups": 3}, "3 channels and 4 filters cannot be split into 3 equal groups", "Set groups to 1"),
        ({"kernel_size": (9, 3)}, "The window of 9 × 3 does not fit on maps of 8 × 8", "Lower kernel_size"),
        ({"kernel_size": (5, 5), "dilation_rate": (2, 2)}, "covers 9 × 9 with its dilation", "Lower kernel_size"),
        ({"filters": 1, "activation": "softmax"}, "Softmax over a single value always gives 1", "one output for each"),
    ],
)
def test_what_cannot_be_is_said_with_a_way_out(settings: dict[str, object], what: str, fix: str) -> None:
    (fault, *_) = Conv2D(4).changed(**settings).faults(((8, 8, 3),))
    assert what in fault.what
    assert fault.expected
    assert fix in fault.fix


def test_a_list_of_numbers_has_no_places_to_slide_over() -> None:
    (fault,) = Conv2D(4).faults(((12,),))
    assert "list of 12 numbers" in fault.what
    assert "Flatten" in fault.fix


@pytest.mark.parametrize("values", [{"filters": 0}, {"filters": -1}, {"kernel_size": (0, 3)}, {"padding": "full"}])
def test_a_setting_that_makes_no_sense_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="cannot be"):
        Conv2D().changed(**values)


def test_the_card_names_what_matters() -> None:
    assert Conv2D(32, padding="same", activation="relu").caption() == "32 filters, 3 × 3, same, ReLU"
