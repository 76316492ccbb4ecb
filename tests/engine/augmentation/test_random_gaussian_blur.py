from __future__ import annotations

import numpy as np

from engine.augmentation.random_gaussian_blur import RandomGaussianBlur
from tests.engine.augmentation.given import IMAGES, changed, drawn


def test_every_pixel_is_the_weighted_mean_of_all() -> None:
    given = changed(RandomGaussianBlur(2.0, probability=1.0))
    sigmas = drawn(0, 0.0, 2.0).ravel()
    places = np.mgrid[:9, :7]
    for number, row, column in np.ndindex(IMAGES.shape[:3]):
        apart = (places[0] - row) ** 2 + (places[1] - column) ** 2
        weights = np.exp(-apart / (2 * sigmas[number].astype(np.float64) ** 2))
        expected = (weights[..., None] * IMAGES[number]).sum(axis=(0, 1)) / weights.sum()
        np.testing.assert_allclose(given[number, row, column], expected, atol=0.05)


def test_no_blur_is_the_image() -> None:
    np.testing.assert_allclose(changed(RandomGaussianBlur(0.0, probability=1.0)), IMAGES, atol=1e-3)
