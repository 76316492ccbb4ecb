from __future__ import annotations

import numpy as np

from engine.augmentation.random_translation import RandomTranslation
from tests.engine.augmentation.given import IMAGES, changed, drawn, looked_up


def test_translation_moves_the_picture_by_the_draw() -> None:
    ramp = np.broadcast_to(np.arange(20, dtype=np.float32)[None, None, :, None] * 10, (4, 20, 20, 1))
    given = changed(RandomTranslation(0.0, 0.2), ramp)
    np.testing.assert_allclose(given[:, 10, 10, 0], 100 - 10 * drawn(1, -4.0, 4.0, 4).ravel(), atol=0.01)


def test_every_pixel_is_that_of_the_definition() -> None:
    transforms = np.tile(np.eye(3), (6, 1, 1))
    transforms[:, 1, 2] = -drawn(0, -0.4 * 9, 0.4 * 9).ravel()
    transforms[:, 0, 2] = -drawn(1, -0.3 * 7, 0.3 * 7).ravel()
    np.testing.assert_allclose(changed(RandomTranslation(0.4, 0.3)), looked_up(IMAGES, transforms), atol=0.05)
