from __future__ import annotations

import numpy as np
import pytest

from engine.augmentation.random_shear import RandomShear
from tests.engine.augmentation.given import IMAGES, changed, draws, looked_up


def test_every_pixel_is_that_of_a_slant_sideways_and_then_down() -> None:
    sideways = np.tan(np.asarray(draws().uniform(0, -np.radians(30), np.radians(30))))
    down = np.tan(np.asarray(draws().uniform(1, -np.radians(20), np.radians(20))))
    transforms = np.empty((6, 3, 3))
    for number in range(6):
        to_centre, from_centre = np.eye(3), np.eye(3)
        to_centre[:2, 2], from_centre[:2, 2] = (-3, -4), (3, 4)
        first = np.array([[1, sideways[number], 0], [0, 1, 0], [0, 0, 1]])
        second = np.array([[1, 0, 0], [down[number], 1, 0], [0, 0, 1]])
        transforms[number] = from_centre @ first @ second @ to_centre
    np.testing.assert_allclose(changed(RandomShear(30.0, 20.0)), looked_up(IMAGES, transforms), atol=0.05)


def test_upright_lines_lean_by_the_angle() -> None:
    line = np.zeros((1, 41, 41, 1), np.float32)
    line[:, :, 20] = 255.0
    found = changed(RandomShear(30.0), line)[0, ..., 0]
    leans = np.arctan((found[10].argmax() - found[30].argmax()) / 20)
    expected = float(np.asarray(draws(1).uniform(0, -np.radians(30), np.radians(30)))[0])
    assert abs(leans) == pytest.approx(abs(expected), abs=0.06)


def test_it_is_no_mirror_however_strong() -> None:
    transforms = np.asarray(RandomShear(60.0, 60.0).transform(draws(500), 9, 7))
    np.testing.assert_allclose(np.linalg.det(transforms), 1.0, atol=1e-3)
