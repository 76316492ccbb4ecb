from __future__ import annotations

import numpy as np

from engine.augmentation.random_noise import RandomNoise
from tests.engine.augmentation.given import changed, drawn


def test_the_noise_has_the_drawn_deviation_in_every_image() -> None:
    middle = np.full((8, 40, 40, 3), 128.0, np.float32)
    noise = changed(RandomNoise(0.1), middle) - 128
    deviations = drawn(0, 0.0, 25.5, 8).ravel()
    np.testing.assert_allclose(noise.reshape(8, -1).std(axis=1), deviations, rtol=0.05)
    assert np.abs(noise.reshape(8, -1).mean(axis=1)).max() < 1.5


def test_images_and_channels_have_noise_of_their_own() -> None:
    noise = changed(RandomNoise(0.1), np.full((4, 40, 40, 3), 128.0, np.float32)) - 128
    flat = noise.transpose(0, 3, 1, 2).reshape(12, -1)
    assert np.abs(np.corrcoef(flat) - np.eye(12)).max() < 0.1
