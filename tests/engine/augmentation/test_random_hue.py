from __future__ import annotations

import colorsys

import numpy as np

from engine.augmentation.random_hue import RandomHue
from tests.engine.augmentation.given import IMAGES, changed, drawn


def test_the_wheel_of_colours_turns_by_the_draw() -> None:
    given = changed(RandomHue(0.5))
    turns = drawn(0, -0.5, 0.5).ravel()
    for number, row, column in np.ndindex(IMAGES.shape[:3]):
        hue, saturation, value = colorsys.rgb_to_hsv(*(float(one) / 255 for one in IMAGES[number, row, column]))
        expected = np.array(colorsys.hsv_to_rgb(float(hue + turns[number]) % 1, saturation, value)) * 255
        np.testing.assert_allclose(given[number, row, column], expected, atol=0.05)
