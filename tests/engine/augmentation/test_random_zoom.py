from __future__ import annotations

import numpy as np

from engine.augmentation.random_zoom import RandomZoom
from tests.engine.augmentation.given import IMAGES, changed, drawn, looked_up


def test_zoom_scales_around_the_centre() -> None:
    ramp = np.broadcast_to(np.arange(21, dtype=np.float32)[None, None, :, None], (3, 21, 21, 1))
    given = changed(RandomZoom(0.5), ramp)
    np.testing.assert_allclose(given[:, 10, 13, 0], 10 + 3 / drawn(0, 0.5, 1.5, 3).ravel(), atol=0.01)


def test_every_pixel_is_that_of_the_definition() -> None:
    transforms = np.zeros((6, 3, 3))
    scale = 1 / drawn(0, 0.6, 1.4).ravel()
    transforms[:, 0, 0] = transforms[:, 1, 1] = scale
    transforms[:, 0, 2], transforms[:, 1, 2], transforms[:, 2, 2] = 3 - 3 * scale, 4 - 4 * scale, 1
    np.testing.assert_allclose(changed(RandomZoom(0.4)), looked_up(IMAGES, transforms), atol=0.05)
