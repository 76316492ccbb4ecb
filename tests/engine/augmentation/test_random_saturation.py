from __future__ import annotations

import numpy as np
from PIL import Image, ImageEnhance

from engine.augmentation.random_saturation import RandomSaturation
from tests.engine.augmentation.given import IMAGES, changed, drawn


def test_it_is_pillows_colour_at_the_same_factor() -> None:
    given = changed(RandomSaturation(0.9))
    for image, found, factor in zip(IMAGES, given, drawn(0, 0.1, 1.9).ravel(), strict=True):
        theirs = ImageEnhance.Color(Image.fromarray(image.astype(np.uint8))).enhance(float(factor))
        np.testing.assert_allclose(found, np.asarray(theirs), atol=2)
