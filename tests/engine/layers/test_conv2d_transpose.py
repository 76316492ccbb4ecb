"""Conv2DTranspose: what is its own, beside what holds for every layer type."""

from __future__ import annotations

import numpy as np
import pytest

from engine.geometry import Lookup
from engine.layers.conv2d_transpose import Conv2DTranspose


@pytest.mark.parametrize(
    ("settings", "sides"),
    [
        ({}, (6, 7)),
        ({"padding": "same"}, (4, 5)),
        ({"strides": (2, 2)}, (9, 11)),
        ({"strides": (2, 2), "padding": "same"}, (8, 10)),
        ({"strides": (4, 5)}, (16, 25)),
        ({"strides": (2, 2), "output_padding": (1, 0)}, (10, 11)),
        ({"strides": (2, 2), "padding": "same", "output_padding": (1, 0)}, (8, 9)),
    ],
)
def test_the_size_is_keras_s_rule(settings: dict[str, object], sides: tuple[int, int]) -> None:
    assert Conv2DTranspose(2).changed(**settings).output_shape(((4, 5, 3),)) == (*sides, 2)


def test_patterns_add_up_where_they_overlap() -> None:
    image = np.array([[[1.0], [10.0]]], np.float32)
    kernel = np.arange(1.0, 4.0, dtype=np.float32).reshape(1, 3, 1, 1)
    layer = Conv2DTranspose(1, (1, 3), (1, 2), use_bias=False)
    painted = [layer.arithmetic(image, {"kernel": kernel}, (0, place, 0)) for place in range(5)]
    assert [one.output for one in painted] == [1.0, 2.0, 3.0 + 10.0, 20.0, 30.0]
    assert [(one.column, one.weight) for one in painted[2].terms] == [(0, 3.0), (1, 1.0)]
    geometry = layer.geometry(((1, 2, 1),))
    assert isinstance(geometry, Lookup)
    assert geometry.columns == ((0,), (0,), (0, 1), (1,), (1,))


def test_a_place_that_nothing_paints_is_the_bias() -> None:
    layer = Conv2DTranspose(1, (1, 1), (2, 2))
    weights = {"kernel": np.ones((1, 1, 1, 1), np.float32), "bias": np.array([0.5], np.float32)}
    ours = layer.arithmetic(np.ones((2, 2, 1), np.float32), weights, (1, 1, 0))
    assert (ours.terms, ours.output) == ((), 0.5)


def test_costs_count_every_pixel_times_what_it_paints() -> None:
    # The last layer of DCGAN: Radford and others, 2016: 32 × 32 × 128 to 64 × 64 × 3 by 5 × 5, a stride of 2.
    layer = Conv2DTranspose(3, (5, 5), (2, 2), "same")
    assert layer.output_shape(((32, 32, 128),)) == (64, 64, 3)
    assert layer.macs(((32, 32, 128),)) == 32 * 32 * 128 * 25 * 3


def test_an_output_padding_that_cannot_be_is_said_with_its_rule() -> None:
    (fault,) = Conv2DTranspose(strides=(2, 2), output_padding=(2, 0)).faults(((4, 4, 1),))
    assert fault.expected == "It is less than the strides."
    (fault,) = Conv2DTranspose(2, (2, 2), (2, 2), "same", output_padding=(0, 0)).faults(((4, 4, 1),))
    assert "at least 1" in fault.expected


def test_a_map_of_one_place_is_said_as_such() -> None:
    text = Conv2DTranspose(4).explain(((1, 1, 2),))
    assert text.startswith("Each place of the 1 × 1 maps paints 4 patterns")
