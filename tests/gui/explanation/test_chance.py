from __future__ import annotations

import re
from typing import Any

import pytest

from engine.layers.dropout import Dropout
from engine.layers.spatial_dropout2d import SpatialDropout2D
from tests.gui.explanation.frames import film, painted


@pytest.mark.parametrize("rate", [0.0, 0.25, 0.75])
def test_about_as_many_values_become_0_as_the_rate_says(qapp: Any, rate: float) -> None:
    found = re.search(r"(\d+)% of them became 0", film(Dropout(rate=rate), (8, 8, 4)).words())
    assert found is not None
    assert abs(int(found.group(1)) / 100 - rate) < 0.08


def test_each_step_draws_anew_and_the_film_is_always_the_same(qapp: Any) -> None:
    one, other = film(SpatialDropout2D(), (8, 8, 4)), film(SpatialDropout2D(), (8, 8, 4))
    assert painted(one, 0) != painted(one, 1)
    assert painted(one, 3) == painted(other, 3)
