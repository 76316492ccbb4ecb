from __future__ import annotations

import numpy as np
import pytest

from engine.geometry import Permutation
from engine.layers.flatten import Flatten


@pytest.mark.parametrize(("shape", "length"), [((4, 5, 3), 60), ((1, 1, 7), 7), ((9,), 9)])
def test_all_values_become_one_list(shape: tuple[int, ...], length: int) -> None:
    assert Flatten().output_shape((shape,)) == (length,)
    assert (Flatten().weights((shape,)), Flatten().macs((shape,)), Flatten().faults((shape,))) == ((), 0, ())
    assert Flatten().geometry((shape,)) == Permutation()


def test_one_number_tells_where_it_came_from() -> None:
    image = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    (term,) = Flatten().arithmetic(image, {}, (17,)).terms
    assert (term.row, term.column, term.channel, term.input) == (1, 1, 1, 17.0)


def test_probabilities_stay_probabilities_at_a_single_place_only() -> None:
    assert Flatten().keeps_probabilities(((1, 1, 10),))
    assert Flatten().keeps_probabilities(((10,),))
    assert not Flatten().keeps_probabilities(((2, 1, 10),))
