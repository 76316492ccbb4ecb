from __future__ import annotations

import numpy as np
import pytest

from engine.augmentation.random_erasing import RandomErasing
from tests.engine.augmentation.given import IMAGES, Array, changed, draws


def covered(area: float, count: int, height: int, width: int) -> Array:
    """By the definition: area, stretch, and a place where it fits."""
    found = np.zeros((count, height, width), bool)
    share = np.asarray(draws(count).uniform(0, 0.02, area))
    stretch = np.exp(np.asarray(draws(count).uniform(1, np.log(0.3), -np.log(0.3))))
    places = np.stack([np.asarray(draws(count).uniform(index, 0.0, 1.0)) for index in (2, 3)], axis=1)
    for number in range(count):
        high = int(np.clip(np.round(np.sqrt(share[number] / stretch[number]) * height), 1, height))
        wide = int(np.clip(np.round(np.sqrt(share[number] * stretch[number]) * width), 1, width))
        top = int(places[number, 0] * (height - high + 1))
        left = int(places[number, 1] * (width - wide + 1))
        found[number, top : top + high, left : left + wide] = True
    return found


@pytest.mark.parametrize("fill", ["mean", "black"])
def test_a_rectangle_is_covered_and_the_rest_stays(fill: str) -> None:
    cover = IMAGES.mean(axis=(1, 2), keepdims=True) if fill == "mean" else 0.0
    expected = np.where(covered(0.5, 6, 9, 7)[..., None], cover, IMAGES)
    np.testing.assert_allclose(changed(RandomErasing(0.5, fill, probability=1.0)), expected, atol=0.01)


def test_noise_covers_evenly_over_all_values() -> None:
    images = np.full((40, 20, 20, 1), -1.0, np.float32)
    given = changed(RandomErasing(0.5, "noise", probability=1.0), images)
    values = given[covered(0.5, 40, 20, 20)].ravel()
    assert abs(values.mean() - 127.5) < 5
    assert np.histogram(values, 8, (0, 255))[0].min() > 0.1 * len(values)
    np.testing.assert_array_equal(given[~covered(0.5, 40, 20, 20)], -1)


def test_areas_are_as_asked() -> None:
    areas = np.asarray(RandomErasing(0.4).covered(draws(3000), 40, 40)).mean(axis=(1, 2))
    assert areas.max() < 0.42
    assert areas.min() < 0.03
    assert abs(areas.mean() - 0.21) < 0.015
