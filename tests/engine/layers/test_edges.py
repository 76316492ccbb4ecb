"""The four edges of a map, in all the forms in which they are given."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import EngineError
from engine.layers.cropping2d import Cropping2D
from engine.layers.zero_padding2d import ZeroPadding2D


@pytest.mark.parametrize(
    ("given", "sides"),
    [
        (2, (2, 2, 2, 2)),
        ((1, 3), (1, 1, 3, 3)),
        (((1, 2), (3, 4)), (1, 2, 3, 4)),
        ([[1, 2], 3], (1, 2, 3, 3)),
        ((1, 2, 3, 4), (1, 2, 3, 4)),
    ],
)
def test_sides_are_taken_in_keras_s_forms_too(given: Any, sides: tuple[int, ...]) -> None:
    assert ZeroPadding2D(given).padding == Cropping2D(given).cropping == sides


@pytest.mark.parametrize("given", [True, "1", (1, 2, 3), ((1, 2, 3), (4, 5)), -1, (1.5, 2), None])
def test_sides_that_cannot_be_are_refused(given: Any) -> None:
    with pytest.raises(EngineError, match="Padding must be 4 whole numbers"):
        ZeroPadding2D(given)


def test_sides_are_typed_as_one_two_or_four_numbers() -> None:
    parameter = ZeroPadding2D.parameter("padding")
    assert [parameter.parse(text) for text in ("3", "1, 2", "1 2 3 4")] == [(3,) * 4, (1, 1, 2, 2), (1, 2, 3, 4)]
