import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.plots.decimate import decimate


def test_few_points_are_left_alone() -> None:
    x = np.arange(10.0)
    assert decimate(x, x, 5)[0] is x


def test_a_single_peak_and_a_single_dip_survive() -> None:
    x = np.arange(60_000.0)
    y = np.zeros(60_000)
    y[31_337], y[41_001] = 9.0, -9.0
    thin_x, thin_y = decimate(x, y, 700)
    assert len(thin_x) <= 2 * 700 + 2
    assert thin_y.max() == 9.0
    assert thin_y.min() == -9.0
    assert thin_x[thin_y.argmax()] == 31_337


def test_the_last_point_is_kept() -> None:
    x = np.arange(1_007.0)
    assert decimate(x, x, 10)[0][-1] == 1_006


def test_values_that_are_no_numbers_do_not_hide_the_others() -> None:
    x = np.arange(1_000.0)
    y = np.full(1_000, np.nan)
    y[500] = 3.0
    assert np.nanmax(decimate(x, y, 10)[1]) == 3.0


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 3_000), st.integers(1, 200), st.integers(0, 2**31))
def test_extremes_and_order_survive_whatever_the_length(points: int, buckets: int, seed: int) -> None:
    x = np.arange(float(points))
    y = np.random.default_rng(seed).normal(size=points)
    thin_x, thin_y = decimate(x, y, buckets)
    assert np.all(np.diff(thin_x) >= 0)
    if points:
        assert thin_y.min() == y.min()
        assert thin_y.max() == y.max()
        assert thin_x[-1] == points - 1
        assert np.all(np.diff(thin_x) < 2 * (points / buckets + 1) + 1), "no stretch is left out"
