"""Adaptive pooling: windows that cover the map, whether they divide it or not."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from engine.geometry import Lookup
from engine.layers.adaptive_average_pooling2d import AdaptiveAveragePooling2D
from engine.layers.adaptive_max_pooling2d import AdaptiveMaxPooling2D
from engine.layers.adaptive_pooling import AdaptivePooling2D


def test_windows_overlap_where_they_do_not_divide_the_map() -> None:
    geometry = AdaptiveMaxPooling2D((3, 2)).geometry(((7, 4, 2),))
    assert geometry == Lookup(((0, 1, 2), (2, 3, 4), (4, 5, 6)), ((0, 1), (2, 3)), (Fraction(7, 3), Fraction(2)))


@pytest.mark.parametrize("type", [AdaptiveAveragePooling2D((3, 4)), AdaptiveMaxPooling2D((5, 1))])
@pytest.mark.parametrize("sides", [(1, 1), (2, 3), (7, 5), (11, 13)])
def test_every_value_equals_keras(type: AdaptivePooling2D, sides: tuple[int, int]) -> None:
    image = np.random.default_rng(0).normal(size=(*sides, 2)).astype(np.float32)
    theirs = np.asarray(type.build("layer")(image[None]))[0]
    ours = [type.arithmetic(image, {}, at).output for at in np.ndindex(*theirs.shape)]
    np.testing.assert_allclose(ours, theirs.ravel(), rtol=1e-5, atol=1e-6)


def test_uneven_windows_are_said() -> None:
    assert "overlap or differ" in AdaptiveMaxPooling2D((3, 2)).explain(((7, 4, 2),))
    assert "overlap or differ" not in AdaptiveMaxPooling2D((7, 2)).explain(((7, 4, 2),))
