"""PReLU: which values share a slope."""

from __future__ import annotations

import numpy as np
import pytest

from engine.layers.base import Weight
from engine.layers.prelu import PReLU


@pytest.mark.parametrize(
    ("shared", "shape"), [(None, (4, 5, 3)), ("1", (1, 5, 3)), ("2", (4, 1, 3)), ("1, 2", (1, 1, 3))]
)
def test_a_shared_axis_has_one_slope(shared: str | None, shape: tuple[int, ...]) -> None:
    assert PReLU(shared).weights(((4, 5, 3),)) == (Weight("alpha", shape),)


def test_a_negative_value_meets_the_slope_of_its_channel_and_a_positive_one_none() -> None:
    image = np.array([[[-2.0, -2.0], [3.0, 3.0]]])
    slopes = {"alpha": np.array([[[0.5, 0.25]]])}
    outputs = [
        PReLU("1, 2").arithmetic(image, slopes, (0, column, channel)).output for column, channel in np.ndindex(2, 2)
    ]
    assert outputs == [-1.0, -0.5, 3.0, 3.0]


def test_a_list_has_no_columns_to_share_along() -> None:
    assert not PReLU("1").faults(((7,),))
    (fault,) = PReLU("1, 2").faults(((7,),))
    assert "list of 7 numbers" in fault.what


def test_it_begins_as_a_relu_and_counts_as_a_bend() -> None:
    image = np.array([-3.0])
    assert PReLU().arithmetic(image, {"alpha": np.zeros(1)}, (0,)).output == 0.0
    assert PReLU().bends()
    assert "begin as zeros" in PReLU().explain(((4,),))
