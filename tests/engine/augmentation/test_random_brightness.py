from __future__ import annotations

import numpy as np

from engine.augmentation.random_brightness import RandomBrightness
from tests.engine.augmentation.given import GREY, IMAGES, changed, drawn


def test_brightness_adds_the_draw_and_stays_in_range() -> None:
    expected = np.clip(IMAGES + drawn(0, -255.0, 255.0), 0, 255)
    np.testing.assert_allclose(changed(RandomBrightness(1.0)), expected, atol=1e-3)


def test_grey_images_too() -> None:
    expected = np.clip(GREY + drawn(0, -51.0, 51.0), 0, 255)
    np.testing.assert_allclose(changed(RandomBrightness(), GREY), expected, atol=1e-3)
