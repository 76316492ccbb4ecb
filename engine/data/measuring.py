"""Measuring: mean and variance of each channel over the training images."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.data.dataset import Dataset
from engine.data.split import PARTS, Part
from engine.errors import EngineError
from engine.jobs import Context, Quiet
from engine.layers.base import Moments

_PIECE: Final = 1 << 22
"""Values that are in memory at once."""


def measure(dataset: Dataset, context: Context | None = None) -> Moments:
    """Mean and variance of each channel of the training images, 0 to 255; exact, by counting the 256 values.

    Neither validation nor test images are read. The variance is that of all pixels of all images together, divided
    by their number.

    Raises:
        EngineError: where there is no training image.
        Cancelled: where the user ended it.
    """
    context = context or Quiet()
    training = np.flatnonzero(dataset.parts == PARTS.index(Part.TRAIN))
    if not len(training):
        raise EngineError(
            "The dataset has no image for training.",
            "Mean and deviation are measured on the training images.",
            "Lower the shares for validation and test on the Data page, or add images.",
        )
    height, width, channels = dataset.shape
    counts = np.zeros((channels, 256), np.int64)
    step = max(1, _PIECE // (height * width * channels))
    for start in range(0, len(training), step):
        context.progress(start, len(training), "images")
        images = np.asarray(dataset.images[training[start : start + step]])
        for channel in range(channels):
            counts[channel] += np.bincount(images[..., channel].ravel(), minlength=256)
    values = np.arange(256, dtype=np.int64)
    pixels = len(training) * height * width
    mean = [int(one) / pixels for one in counts @ values]
    variance = [float((own * (values - middle) ** 2).sum() / pixels) for own, middle in zip(counts, mean, strict=True)]
    return Moments(tuple(mean), tuple(variance))
