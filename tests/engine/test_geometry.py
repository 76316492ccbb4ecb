"""Windows: where they stand, what they cover, what they leave out."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.geometry import Lookup, Window, place, same_padding, window

SIDES = st.integers(1, 12)
PAIRS = st.tuples(st.integers(1, 4), st.integers(1, 4))


def test_same_padding_puts_the_odd_pixel_after() -> None:
    assert same_padding(5, 3, 1) == (1, 1)
    assert same_padding(5, 2, 1) == (0, 1)
    assert same_padding(8, 3, 2) == (0, 1)
    assert same_padding(3, 2, 5) == (0, 0)


def test_a_dilated_window_covers_its_gaps() -> None:
    seen = Window((3, 2), dilation=(2, 4))
    assert seen.extent == (5, 5)
    assert seen.pixels(0, 1) == (1, 3, 5)
    assert seen.pixels(1, 0) == (0, 4)


def test_pooling_an_odd_side_leaves_out_its_last_row() -> None:
    assert Window((2, 2), (2, 2)).unused((11, 10, 1)) == (1, 0)
    assert Window((3, 3), (1, 1)).unused((11, 10, 1)) == (0, 0)
    assert Window((1, 1), (5, 5)).unused((4, 6, 1)) == (3, 0)


def test_a_lookup_tells_what_each_output_sees_and_how_far_that_reaches() -> None:
    seen = Lookup(((), (0, 1, 2), (2, 3)), ((0,), (4,)), (Fraction(4, 3), Fraction(2)))
    assert seen.places((4, 5, 1)) == (3, 2)
    assert (seen.pixels(0, 1), seen.pixels(1, 1)) == ((0, 1, 2), (4,))
    assert seen.extent == (3, 1)


def test_the_place_of_a_value_in_a_list_a_table_and_maps() -> None:
    assert [place(at) for at in ((7,), (2, 7), (1, 2, 7))] == [(0, 0, 7), (2, 0, 7), (1, 2, 7)]


@settings(deadline=None)
@given(SIDES, SIDES, PAIRS, PAIRS, PAIRS, st.sampled_from(["valid", "same"]))
def test_what_is_unused_is_what_no_window_marks(
    height: int, width: int, size: tuple[int, int], strides: tuple[int, int], dilation: tuple[int, int], padding: str
) -> None:
    shape = (height, width, 1)
    seen = window(shape, size, strides, padding, dilation)
    rows, columns = seen.places(shape)
    assume(rows > 0 and columns > 0)
    last_row = max(one for place in range(rows) for one in seen.pixels(0, place))
    last_column = max(one for place in range(columns) for one in seen.pixels(1, place))
    assert seen.unused(shape) == (max(0, height - 1 - last_row), max(0, width - 1 - last_column))
    if padding == "same":
        assert (rows, columns) == tuple(np.ceil(np.array([height, width]) / strides))
