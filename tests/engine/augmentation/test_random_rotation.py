from __future__ import annotations

import numpy as np
from PIL import Image

from engine.augmentation.random_rotation import RandomRotation
from tests.engine.augmentation.given import changed, drawn


def test_rotation_by_a_known_angle_moves_a_corner_where_geometry_says() -> None:
    spot = np.zeros((1, 21, 21, 1), np.float32)
    spot[0, 10, 16] = 255.0
    given = changed(RandomRotation(90.0), spot)[0, ..., 0]
    angle = float(drawn(0, -np.pi / 2, np.pi / 2, 1).ravel()[0])
    row, column = np.unravel_index(int(given.argmax()), given.shape)
    assert abs(row - (10 - 6 * np.sin(angle))) <= 1
    assert abs(column - (10 + 6 * np.cos(angle))) <= 1


def test_away_from_the_border_it_is_the_rotation_of_pillow() -> None:
    images = np.random.default_rng(2).integers(0, 256, (4, 31, 31, 1)).astype(np.float32)
    given = changed(RandomRotation(30.0), images)
    rows, columns = np.mgrid[:31, :31]
    inside = np.hypot(rows - 15, columns - 15) < 13
    for image, found, degrees in zip(images, given, drawn(0, -30.0, 30.0, 4).ravel(), strict=True):
        theirs = Image.fromarray(image[..., 0]).rotate(float(degrees), Image.Resampling.BILINEAR)
        np.testing.assert_allclose(found[..., 0][inside], np.asarray(theirs)[inside], atol=0.5)
