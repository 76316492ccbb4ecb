"""One image under many draws: what the training of a draft would show of it in its first epochs."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from engine.augmentation.chain import Augmentation
from engine.jobs import Context, Quiet

Array = np.ndarray[Any, Any]

_VALUES_AT_ONCE: Final = 600_000
"""Of images that are changed at once, so that large ones take no gigabytes."""


def preview(
    augmentation: Augmentation,
    image: Array,
    number: int,
    label: int,
    others: Array,
    labels: Array,
    seed: int,
    context: Context | None = None,
) -> tuple[Array, Array]:
    """The image as each of the first epochs shows it.

    What mixes images draws by the batch that an image is in, which is not known before; here the image meets each of
    the others in turn.

    Args:
        image: uint8, (height, width, channels).
        number: Its place in the dataset.
        label: Its class.
        others: uint8, (epochs, height, width, channels): the images that it is mixed with.
        labels: int32, (epochs,): their classes.
        seed: Of the next run.
        context: Asked between some of the images whether the user wants no more.

    Returns:
        uint8, (epochs, height, width, channels), and float32, (epochs, classes): how much of each class each shows.
    """
    import tensorflow as tf

    context = context or Quiet()
    classes = int(max(label, labels.max())) + 1
    pixels, shares = [], []
    at_once = max(1, min(len(others), _VALUES_AT_ONCE // image.size))
    for start in range(0, len(others), at_once):
        context.check()
        mates = others[start : start + at_once]
        count = len(mates)
        epochs = tf.concat([tf.range(start + 1, start + count + 1)] * 2, 0)
        numbers = tf.concat([tf.fill([count], number), tf.fill([count], number + 1)], 0)
        images = tf.cast(np.concatenate([np.repeat(image[None], count, axis=0), mates]), tf.float32)
        targets = tf.one_hot(np.concatenate([np.full(count, label), labels[start : start + count]]), classes)
        images = augmentation.apply(images, seed, epochs, numbers)
        partners = tf.concat([tf.range(count, 2 * count), tf.range(count)], 0)
        images, targets = augmentation.mix(images, targets, seed, epochs, 0, partners)
        pixels.append(np.asarray(tf.cast(tf.clip_by_value(tf.round(images[:count]), 0.0, 255.0), tf.uint8)))
        shares.append(np.asarray(targets[:count]))
    return np.concatenate(pixels), np.concatenate(shares)
