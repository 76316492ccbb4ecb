"""Reshape, Permute and RepeatVector on small numbers; Normalization's numbers."""

from __future__ import annotations

import numpy as np
import pytest

from engine.layers.base import Array, LayerType
from engine.layers.normalization import Normalization
from engine.layers.permute import Permute
from engine.layers.repeat_vector import RepeatVector
from engine.layers.reshape import Reshape

IMAGE = np.arange(24, dtype=np.float32).reshape(2, 3, 4)


@pytest.mark.parametrize(
    ("type", "expected"),
    [
        (Reshape((4, -1)), IMAGE.reshape(4, 6)),
        (Reshape((3, 2, 4)), IMAGE.reshape(3, 2, 4)),
        (Permute((2, 1, 3)), IMAGE.transpose(1, 0, 2)),
        (Permute((3, 1, 2)), IMAGE.transpose(2, 0, 1)),
    ],
)
def test_each_value_stands_where_numpy_puts_it(type: LayerType, expected: Array) -> None:
    assert type.output_shape((IMAGE.shape,)) == expected.shape
    ours = [type.arithmetic(IMAGE, {}, at).output for at in np.ndindex(*expected.shape)]
    assert ours == expected.ravel().tolist()


def test_a_list_is_repeated_as_rows() -> None:
    ours = RepeatVector(3).arithmetic(np.array([5.0, 6.0], np.float32), {}, (2, 1))
    assert (ours.output, ours.terms[0].channel) == (6.0, 1)


@pytest.mark.parametrize(
    ("type", "word"),
    [
        (Reshape((-1, -1)), "left open"),
        (Reshape((5, -1)), "do not fill"),
        (Reshape((25,)), "do not fill"),
        (Permute((1, 1, 2)), "3 axes"),
        (RepeatVector(), "not a list"),
        (Normalization((1.0, 2.0), (1.0, 2.0)), "2 means"),
        (Normalization((1.0,) * 4, (1.0,)), "4 means and 1 variance"),
    ],
)
def test_what_does_not_fit_is_said(type: LayerType, word: str) -> None:
    (fault,) = type.faults((IMAGE.shape,))
    assert word in fault.what


def test_numbers_of_each_channel_are_used_for_it_and_no_deviation_divides_by_zero() -> None:
    layer = Normalization((0.0, 1.0, 2.0, 3.0), (1.0, 4.0, 0.0, 1.0))
    assert layer.arithmetic(IMAGE, {}, (0, 0, 1)).output == 0.0
    assert layer.arithmetic(IMAGE, {}, (1, 0, 1)).output == 6.0
    assert layer.arithmetic(IMAGE, {}, (0, 1, 2)).output == pytest.approx(4e7)
    assert layer.changed(invert=True).arithmetic(IMAGE, {}, (1, 0, 1)).output == 13.0 * 2.0 + 1.0
