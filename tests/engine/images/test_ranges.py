"""Which values become black and which white."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.errors import EngineError
from engine.images.preprocessing import Preprocessing
from engine.images.ranges import eight_bits

Array = np.ndarray[Any, Any]


def by(range: str, values: Array) -> Array:
    return eight_bits(values, Preprocessing(range=range))


pixels = st.sampled_from([np.uint16, np.int32, np.float32]).flatmap(
    lambda kind: arrays.arrays(kind, arrays.array_shapes(min_dims=2, max_dims=2, max_side=6))
)


@given(pixels, st.floats(-1e6, 1e6), st.floats(0.5, 1e6))
def test_between_two_values_black_and_white_are_where_they_were_asked_for(
    values: Array, low: float, span: float
) -> None:
    found = by(f"between({low}, {low + span})", values)
    assert found.dtype == np.uint8
    numbers = np.where(np.isfinite(values), values, 0).astype(float)
    assert (found[numbers <= low] == 0).all()
    assert (found[numbers >= low + span] == 255).all()
    wanted = np.clip((numbers - low) / span * 255, 0, 255)
    assert np.abs(found - wanted).max(initial=0) <= 0.501


@given(pixels)
def test_its_own_range_uses_all_shades_and_keeps_the_order(values: Array) -> None:
    found = by("own", values)
    finite = np.isfinite(values)
    inside = values[finite].astype(float)
    if inside.size and inside.max() > inside.min():
        assert (found[finite].min(), found[finite].max()) == (0, 255)
        order = np.argsort(inside)
        assert (np.diff(found[finite][order].astype(int)) >= 0).all()
    else:
        assert not found[finite].any()


@given(pixels)
def test_the_automatic_range_takes_whatever_there_is(values: Array) -> None:
    assert by("automatic", values).shape == values.shape


def test_in_full_16_bit_dark_stays_dark() -> None:
    values = np.array([[0, 257, 4095, 65_535]], np.uint16)
    assert by("full_16_bit", values).tolist() == by("automatic", values).tolist() == [[0, 1, 16, 255]]
    assert by("full_16_bit", values.astype(np.float32)).tolist() == [[0, 1, 16, 255]]


def test_the_range_of_a_camera_of_12_bits() -> None:
    values = np.array([[0, 2048, 4095, 9000]], np.uint16)
    assert by("between", values).tolist() == [[0, 128, 255, 255]]
    assert by("between(1, 1)", values).tolist() == [[0, 255, 255, 255]]


def test_what_is_no_number_is_not_part_of_an_images_own_range() -> None:
    values = np.array([[np.nan, np.inf, -np.inf, 2.0, 4.0]], np.float32)
    assert by("own", values).tolist() == [[0, 0, 0, 0, 255]]
    assert by("own", values[:, :2]).tolist() == [[0, 0]]


@pytest.mark.parametrize("range", ["between(5, 1)", "between(nan, 1)", "between(0, inf)", "other", "between(0, 1, 2)"])
def test_a_range_that_makes_no_sense_is_refused(range: str) -> None:
    with pytest.raises(EngineError, match="cannot be"):
        Preprocessing(range=range)
