"""What the tests of operations have in common: some images, and the draws that change them."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from engine.augmentation.base import ImageChange
from engine.augmentation.draws import Draws

Array = np.ndarray[Any, Any]

IMAGES: Array = np.random.default_rng(0).integers(0, 256, (6, 9, 7, 3)).astype(np.float32)
GREY: Array = IMAGES[..., :1]


def draws(count: int = len(IMAGES), *, stream: int = 0, epoch: int = 0, step: int | None = None) -> Draws:
    """The draws of so many images."""
    return Draws(5, epoch, tf.range(count), stream, step)


def changed(operation: ImageChange, images: Array = IMAGES) -> Array:
    """The images as the operation shows them, by `draws`."""
    return np.asarray(operation.apply(tf.constant(images), draws(len(images))))


def drawn(index: int, low: float, high: float, count: int = len(IMAGES)) -> Array:
    """A draw of each image, shaped to meet images."""
    return np.asarray(draws(count).uniform(index, low, high)).reshape(-1, 1, 1, 1)


def looked_up(images: Array, transforms: Array) -> Array:
    """Every output pixel read at the place of its image's transform, linearly, the border mirrored; pixel by pixel."""
    found = np.empty_like(images)
    height, width = images.shape[1:3]
    for number, row, column in np.ndindex(images.shape[:3]):
        x, y, _ = np.asarray(transforms[number], np.float64) @ (column, row, 1)
        left, top = int(np.floor(x)), int(np.floor(y))
        found[number, row, column] = sum(
            (1 - abs(x - one)) * (1 - abs(y - other)) * images[number, _mirrored(other, height), _mirrored(one, width)]
            for one in (left, left + 1)
            for other in (top, top + 1)
        )
    return found


def _mirrored(place: int, side: int) -> int:
    """Beyond the border come the pixels at the border again, in turned order: d c b a | a b c d | d c b a."""
    place %= 2 * side
    return place if place < side else 2 * side - 1 - place
