from __future__ import annotations

import pytest

from engine.picture.scale import UNKNOWN, Scale

SHAPES = [(224, 224, 3), (56, 56, 256), (7, 7, 512), (4096,), (1000,)]


def test_lengths_grow_with_the_root_of_what_they_stand_for() -> None:
    scale = Scale.of(SHAPES)
    large, small = scale.sides((224, 224, 256)), scale.sides((56, 56, 64))
    assert large.height == pytest.approx(2 * small.height)
    assert large.depth == pytest.approx(2 * small.depth)
    assert large.thickness == pytest.approx(2 * small.thickness)
    assert scale.sides((4000,)).height == pytest.approx(2 * scale.sides((1000,)).height)


def test_rows_and_columns_may_differ() -> None:
    sides = Scale.of([(16, 64, 3)]).sides((16, 64, 3))
    assert sides.depth == pytest.approx(2 * sides.height)


def test_the_smallest_can_still_be_seen() -> None:
    scale = Scale.of(SHAPES)
    for shape in ((1, 1, 1), (1,), (1, 1)):
        sides = scale.sides(shape)
        assert min(sides.thickness, sides.height, sides.depth) >= 2


def test_what_is_unknown_has_a_size_too() -> None:
    assert Scale.of([]).sides(None) is UNKNOWN
