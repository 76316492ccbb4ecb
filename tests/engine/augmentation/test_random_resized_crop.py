from __future__ import annotations

import numpy as np
from PIL import Image

from engine.augmentation.random_resized_crop import RandomResizedCrop
from tests.engine.augmentation.given import changed, draws


def test_it_is_pillows_enlargement_of_the_part() -> None:
    images = np.random.default_rng(3).integers(0, 256, (5, 24, 30, 1)).astype(np.float32)
    given = changed(RandomResizedCrop(0.3, 1.5), images)
    for image, found, box in zip(images, given, boxes(5, 0.3, 1.5, 24, 30), strict=True):
        theirs = Image.fromarray(image[..., 0]).transform(
            (30, 24), Image.Transform.EXTENT, tuple(box), Image.Resampling.BILINEAR
        )
        np.testing.assert_allclose(found[1:-1, 1:-1, 0], np.asarray(theirs)[1:-1, 1:-1], atol=0.5)


def boxes(count: int, area: float, stretch: float, height: int, width: int) -> np.ndarray:
    """Left, top, right and bottom of each part."""
    share = np.asarray(draws(count).uniform(0, area, 1.0))
    ratio = np.exp(np.asarray(draws(count).uniform(1, -np.log(stretch), np.log(stretch))))
    wide = np.minimum(np.sqrt(share * ratio), 1) * width
    high = np.minimum(np.sqrt(share / ratio), 1) * height
    left = np.asarray(draws(count).uniform(2, 0.0, 1.0)) * (width - wide)
    top = np.asarray(draws(count).uniform(3, 0.0, 1.0)) * (height - high)
    return np.stack([left, top, left + wide, top + high], axis=1)


def test_parts_lie_inside_and_have_the_areas_asked_for() -> None:
    transforms = np.asarray(RandomResizedCrop(0.4, 4 / 3).transform(draws(4000), 10, 10), np.float64)
    first, last = transforms @ (-0.5, -0.5, 1), transforms @ (9.5, 9.5, 1)
    assert first[:, :2].min() > -0.501
    assert last[:, :2].max() < 9.501
    areas = np.prod((last - first)[:, :2], axis=1) / 100
    assert 0.35 < areas.min() < 0.45
    assert 0.95 < areas.max() < 1.001
    assert abs(areas.mean() - 0.68) < 0.03  # a little under 0.7: sides are cut to the image


def test_all_of_the_image_is_the_image() -> None:
    images = np.random.default_rng(3).integers(0, 256, (3, 8, 8, 1)).astype(np.float32)
    np.testing.assert_allclose(changed(RandomResizedCrop(1.0, 1.0), images), images, atol=1e-3)
