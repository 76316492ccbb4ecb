"""Whether two images show the same."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from engine.data.doctor.alignment import SIDE, pictures, same
from tests.engine.data.doctor.scenes import COPIES, scene


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB").resize((64, 64), Image.Resampling.BILINEAR))


def judged(first: list[np.ndarray], second: list[np.ndarray]) -> list[bool]:
    return [bool(one) for one in same(pictures(np.stack(first)), pictures(np.stack(second)))]


@pytest.mark.parametrize("kind", COPIES)
def test_copies_are_the_same_in_both_directions(kind: str) -> None:
    rng = np.random.default_rng(3)
    originals = [scene(seed) for seed in range(12)]
    copies = [pixels(Image.open(io.BytesIO(COPIES[kind](one, rng)[0]))) for one in originals]
    first = [pixels(one) for one in originals]
    assert all(judged(first, copies))
    assert all(judged(copies, first))


def test_other_scenes_other_colours_and_large_shifts_are_not() -> None:
    one = pixels(scene(1))
    shifted = np.roll(one, 20, axis=1)
    red, grey = one[..., [1, 0, 2]], np.repeat(one.mean(axis=-1, keepdims=True), 3, axis=-1).astype(np.uint8)
    others = [pixels(scene(2)), shifted, red, grey]
    assert judged([one] * 4, others) == [False] * 4


def test_grain_of_its_own_makes_another_image() -> None:
    rng = np.random.default_rng(0)
    plain = np.full((64, 64, 3), 120.0)
    first, second = (np.clip(plain + rng.normal(0, 40, plain.shape), 0, 255).astype(np.uint8) for _ in range(2))
    assert judged([first, first], [second, first]) == [False, True]


def test_any_size_and_colour_becomes_a_picture() -> None:
    grey = np.arange(3 * 5 * 7, dtype=np.uint8).reshape(3, 5, 7, 1)
    assert pictures(grey).shape == (3, SIDE, SIDE, 3)
    assert same(pictures(grey[:0]), pictures(grey[:0])).shape == (0,)
