from __future__ import annotations

import numpy as np

from engine.augmentation.random_grayscale import RandomGrayscale
from tests.engine.augmentation.given import IMAGES, changed, draws


def test_the_chosen_images_lose_their_colours() -> None:
    given = changed(RandomGrayscale(probability=0.5))
    chosen = np.asarray(draws().chance(7, 0.5))
    assert 0 < chosen.sum() < 6
    np.testing.assert_array_equal(given[~chosen], IMAGES[~chosen])
    grey = (IMAGES[chosen] * (0.299, 0.587, 0.114)).sum(axis=-1, keepdims=True)
    np.testing.assert_allclose(given[chosen], np.repeat(grey, 3, axis=-1), atol=1e-2)
