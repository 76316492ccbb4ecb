"""Thumbnails: small square pictures for grids."""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image, ImageOps


def sheet(images: np.ndarray[Any, Any], side: int) -> np.ndarray[Any, Any]:
    """The images as squares.

    Args:
        images: uint8, (images, height, width, 1 or 3).
        side: Height and width of a square, in pixels.

    Returns:
        uint8, (images, side, side, 3); what is not square has black bars. Small images are enlarged without blurring,
        so that their pixels can be seen.
    """
    squares = np.zeros((len(images), side, side, 3), np.uint8)
    for square, image in zip(squares, images, strict=True):
        grey = image.shape[-1] == 1
        picture = Image.fromarray(image[..., 0] if grey else image).convert("RGB")
        enlarged = max(picture.size) < side
        resampling = Image.Resampling.NEAREST if enlarged else Image.Resampling.BILINEAR
        square[:] = np.asarray(ImageOps.pad(picture, (side, side), resampling))
    return squares
