from __future__ import annotations

import pytest

from engine.picture.scale import Sides
from engine.picture.volumes import Box, faces
from tests.engine.picture.looks import PLAIN

BOX = Box(10.0, 50.0, Sides(20.0, 40.0, 30.0))


def test_a_box_lies_within_its_height_and_width() -> None:
    points = [point for face in faces(BOX, "#2f6fde", PLAIN) for point in face.points]
    assert min(x for x, _ in points) == pytest.approx(BOX.x)
    assert max(x for x, _ in points) == pytest.approx(BOX.x + BOX.width)
    assert min(y for _, y in points) == pytest.approx(BOX.top)
    assert max(y for _, y in points) == pytest.approx(BOX.bottom)


def test_a_window_is_no_larger_than_the_face_it_lies_on() -> None:
    whole = BOX.patch(1_000.0, 1_000.0)
    assert whole == tuple(BOX.on_right(along, down) for along, down in ((0, 0), (1, 0), (1, 1), (0, 1)))


def test_the_right_face_takes_the_colour_it_is_given() -> None:
    own, other = faces(BOX, "#2f6fde", PLAIN), faces(BOX, "#2f6fde", PLAIN, right="#c98a00")
    assert own[0].fill != other[0].fill
    assert own[1:] == other[1:]
