from __future__ import annotations

import numpy as np

from engine.augmentation.random_contrast import RandomContrast
from tests.engine.augmentation.given import GREY, IMAGES, Array, changed, drawn


def expected(images: Array, share: float) -> Array:
    mean = images.astype(np.float64).mean(axis=(1, 2), keepdims=True)
    found: Array = np.clip(mean + drawn(0, 1 - share, 1 + share) * (images - mean), 0, 255)
    return found


def test_values_move_from_the_mean_of_their_channel() -> None:
    np.testing.assert_allclose(changed(RandomContrast(0.8)), expected(IMAGES, 0.8), atol=1e-2)
    np.testing.assert_allclose(changed(RandomContrast(0.8), GREY), expected(GREY, 0.8), atol=1e-2)


def test_it_is_the_contrast_of_keras_at_the_same_factor() -> None:
    import keras

    gentle = 100 + IMAGES / 10
    factors = drawn(0, 0.7, 1.3).ravel()
    for image, found, factor in zip(gentle, changed(RandomContrast(0.3), gentle), factors, strict=True):
        layer = keras.layers.RandomContrast((1 - factor, factor - 1) if factor >= 1 else (1 - factor, 0.0))
        theirs = layer.transform_images(image[None], {"contrast_factor": np.full((1, 1, 1, 1), factor)}, training=True)
        np.testing.assert_allclose(found, np.asarray(theirs)[0], atol=0.05)
