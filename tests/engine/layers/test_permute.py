"""Permute: where each value goes, and which orders cannot be."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from engine.layers.permute import Permute

IMAGE = np.arange(24, dtype=np.float32).reshape(2, 3, 4)


@pytest.mark.parametrize("dims", list(itertools.permutations((1, 2, 3))))
def test_each_value_stands_where_numpy_puts_it(dims: tuple[int, ...]) -> None:
    expected = IMAGE.transpose([one - 1 for one in dims])
    assert Permute(dims).output_shape((IMAGE.shape,)) == expected.shape
    ours = [Permute(dims).arithmetic(IMAGE, {}, at).output for at in np.ndindex(*expected.shape)]
    assert ours == expected.ravel().tolist()


@pytest.mark.parametrize(("dims", "axes"), [((1, 1, 2), 3), ((1, 2), 3), ((1, 2, 3), 1), ((1, 3), 2)])
def test_an_order_that_cannot_be_is_said(dims: tuple[int, ...], axes: int) -> None:
    (fault,) = Permute(dims).faults(((2, 3, 4)[:axes],) if axes > 1 else ((5,),))
    assert f"has {axes} ax" in fault.what
