"""Axes with round numbers, and lines where the values are."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.report.chart import Axis, Series, draw_chart, round_step
from engine.report.paper import LIGHT, SCALE, Paper


@pytest.mark.parametrize(("width", "step"), [(0.03, 0.05), (1.0, 1.0), (1.1, 2.0), (3.0, 5.0), (700.0, 1000.0)])
def test_steps_are_round(width: float, step: float) -> None:
    assert round_step(width) == pytest.approx(step)


def test_an_axis_holds_its_values_between_round_numbers() -> None:
    axis = Axis.over([0.234, 1.91, math.nan])
    assert (axis.low, axis.high) == (0.0, 2.0)
    assert [axis.label(tick) for tick in axis.ticks] == ["0.0", "0.5", "1.0", "1.5", "2.0"]
    assert axis.share(0.5) == 0.25


def test_shares_are_written_as_percent_with_the_digits_they_need() -> None:
    wide = Axis.over([0.25, 0.98], percent=True)
    assert [wide.label(tick) for tick in wide.ticks] == ["20 %", "40 %", "60 %", "80 %", "100 %"]
    narrow = Axis.over([0.981, 0.983], percent=True)
    assert narrow.label(narrow.ticks[0]) == "98.10 %"


def test_epochs_are_whole_numbers_to_the_last() -> None:
    axis = Axis.over(list(range(1, 21)), 8, whole=True)
    assert (axis.low, axis.high, axis.ticks) == (1, 20, (5.0, 10.0, 15.0, 20.0))
    assert [axis.label(tick) for tick in Axis.over([1, 2], 8, whole=True).ticks] == ["1", "2"]


@pytest.mark.parametrize("values", [[], [1.0], [0.0, 0.0], [math.nan], [1e-9, 2e-9], [1e9, 3e9]])
def test_any_values_make_an_axis(values: list[float]) -> None:
    for whole in (False, True):
        axis = Axis.over(values, whole=whole)
        assert axis.high > axis.low
        assert len(axis.ticks) < 12 or whole
        assert all(isinstance(axis.label(tick), str) for tick in axis.ticks)


def drawn(series: Series) -> np.ndarray:
    paper = Paper(300, 200)
    draw_chart(paper, (0, 0, 300, 200), "Loss", Axis(0, 10, (0, 5, 10)), Axis(0, 1, (0.0, 1.0)), "epoch", [series])
    return np.asarray(paper.taken())


def near(pixels: np.ndarray, colour: str) -> np.ndarray:
    wanted = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])
    found: np.ndarray = np.abs(pixels.astype(int) - wanted).max(axis=-1) < 30
    return found


def test_a_line_goes_through_its_points_and_not_through_gaps() -> None:
    points = ((0.0, 0.5), (4.0, 0.5), (5.0, math.nan), (6.0, 0.5), (10.0, 0.5))
    found = near(drawn(Series("training", LIGHT.training, points)), LIGHT.training)
    middle = round((48 + (200 - 48 - 40) / 2) * SCALE)
    left, width = 52 * SCALE, (300 - 52 - 16) * SCALE
    row = found[middle]
    assert row[left + round(width * 0.2)]
    assert not row[left + round(width * 0.5)]
    assert row[left + round(width * 0.9)]
    assert not found[middle + 20, left + 4 : left + width].any()


def test_lines_are_smooth() -> None:
    slanted = drawn(Series("training", LIGHT.training, ((0.0, 0.1), (10.0, 0.9))))
    part = slanted[60 * SCALE : 150 * SCALE, 60 * SCALE : 280 * SCALE].reshape(-1, 3)
    assert len(np.unique(part, axis=0)) > 6  # between the line's colour and the paper's
