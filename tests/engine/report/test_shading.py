"""Numbers as colours."""

from __future__ import annotations

import numpy as np

from engine.report.colourmaps import DIVERGING, VIRIDIS
from engine.report.shading import Shading, wrapped


def test_values_without_a_sign_run_from_the_lowest_to_the_highest_colour() -> None:
    values = np.array([[2.0, 3.0, 4.0]], np.float32)
    shading = Shading.of(values)
    assert (shading.low, shading.high, shading.signed) == (2.0, 4.0, False)
    assert np.array_equal(shading.colours(values)[0, [0, 2]], VIRIDIS[[0, 255]])


def test_zero_is_in_the_middle_of_values_with_a_sign() -> None:
    values = np.array([[-1.0, 0.0, 3.0]], np.float32)
    shading = Shading.of(values)
    assert (shading.low, shading.high, shading.signed) == (-3.0, 3.0, True)
    found = shading.colours(values)[0]
    assert np.array_equal(found[1], DIVERGING[128])
    assert np.array_equal(found[2], DIVERGING[255])
    assert np.array_equal(found[0], DIVERGING[85])


def test_equal_values_and_none_at_all_have_a_scale_too() -> None:
    assert Shading.of(np.zeros((2, 2))) == Shading(0.0, 1.0, signed=False)
    assert Shading.of(np.full(3, np.nan)) == Shading(0.0, 1.0, signed=False)


def test_where_there_is_no_value_there_is_no_colour() -> None:
    found = Shading(0.0, 1.0, signed=False).colours(np.array([np.nan, np.inf, -np.inf]), (1, 2, 3))
    assert found.tolist() == [[1, 2, 3], VIRIDIS[255].tolist(), VIRIDIS[0].tolist()]


def test_a_value_is_a_square_of_whole_pixels() -> None:
    picture = Shading(0.0, 1.0, signed=False).picture(np.eye(3), 100)
    assert picture.size == (99, 99)
    assert picture.getpixel((32, 32)) == tuple(VIRIDIS[255])
    assert picture.getpixel((33, 32)) == tuple(VIRIDIS[0])
    assert Shading(0.0, 1.0, signed=False).picture(np.zeros((500, 2)), 100).size == (2, 500)


def test_plain_values_are_broken_into_lines() -> None:
    found = wrapped(np.arange(12, dtype=np.float32))
    assert found.shape == (2, 10)
    assert found[1, :2].tolist() == [10.0, 11.0]
    assert np.isnan(found[1, 2:]).all()
