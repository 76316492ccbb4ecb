"""Reshape: where each value goes, and which shapes cannot be filled."""

from __future__ import annotations

import numpy as np
import pytest

from engine.layers.reshape import Reshape

IMAGE = np.arange(24, dtype=np.float32).reshape(2, 3, 4)


@pytest.mark.parametrize("target", [(4, -1), (3, 2, 4), (24,), (-1,), (1, -1, 1)])
def test_each_value_stands_where_numpy_puts_it(target: tuple[int, ...]) -> None:
    expected = IMAGE.reshape(target)
    assert Reshape(target).output_shape((IMAGE.shape,)) == expected.shape
    ours = [Reshape(target).arithmetic(IMAGE, {}, at).output for at in np.ndindex(*expected.shape)]
    assert ours == expected.ravel().tolist()


@pytest.mark.parametrize(
    ("target", "word"), [((-1, -1), "left open"), ((5, -1), "do not fill"), ((25,), "do not fill"), ((0, -1), "0 × −1")]
)
def test_a_shape_that_cannot_be_filled_is_said(target: tuple[int, ...], word: str) -> None:
    (fault,) = Reshape(target).faults((IMAGE.shape,))
    assert word in fault.what


def test_probabilities_stay_only_where_the_last_side_does() -> None:
    assert Reshape((1, 1, 4)).keeps_probabilities(((4,),))
    assert not Reshape((2, 2)).keeps_probabilities(((4,),))
