from __future__ import annotations

import numpy as np
import pytest

from engine.data.samples import shapes


def test_a_seed_gives_the_same_images_and_another_seed_others() -> None:
    first = shapes.draw(0, 0)
    assert (first.shape, first.dtype) == ((shapes.CHUNK, *shapes.SHAPE), np.uint8)
    np.testing.assert_array_equal(first, shapes.draw(0, 0))
    assert not np.array_equal(first, shapes.draw(1, 0))
    assert not np.array_equal(first, shapes.draw(0, 1))


def test_every_class_has_the_same_number_within_one() -> None:
    counts = np.bincount(shapes.labels(1000), minlength=6)
    assert counts.max() - counts.min() <= 1
    np.testing.assert_array_equal(shapes.labels(10), shapes.labels(1000)[:10])


@pytest.mark.parametrize("name", shapes.CLASS_NAMES)
def test_a_shape_covers_its_share_of_the_square_around_it(name: str) -> None:
    rows, columns = (np.mgrid[0:400, 0:400] + 0.5) / 200 - 1
    covered = float(shapes._INSIDE[name](columns, rows).mean()) * 4
    expected = {
        "circle": np.pi * 0.8,
        "ring": np.pi * 0.7,
        "square": (2 * 0.78) ** 2,
        "cross": 2 * (2 * 0.6) - 0.36,
        "triangle": 3 * np.sqrt(3) / 4,
        "star": 10 * 0.5 * 1.0 * 0.4 * np.sin(np.pi / 5),
    }
    assert covered == pytest.approx(expected[name], rel=0.02)


def test_neither_colour_nor_brightness_gives_the_class_away() -> None:
    images = np.concatenate([shapes.draw(5, chunk) for chunk in range(6)]).astype(np.float64)
    labels = shapes.labels(len(images))
    means = images.mean(axis=(1, 2))
    half = len(images) // 2
    centres = np.stack([means[:half][labels[:half] == one].mean(axis=0) for one in range(6)])
    guess = ((means[half:, None] - centres) ** 2).sum(axis=-1).argmin(axis=1)
    assert (guess == labels[half:]).mean() < 0.22  # by chance a sixth
