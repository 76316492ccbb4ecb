from __future__ import annotations

import numpy as np
import pytest

from engine.images.thumbnails import sheet


@pytest.mark.parametrize("channels", [1, 3])
def test_a_small_image_is_enlarged_without_blurring(channels: int) -> None:
    image = np.random.default_rng(0).integers(0, 256, (1, 4, 4, channels)).astype(np.uint8)
    square = sheet(image, 16)
    assert (square.shape, square.dtype) == ((1, 16, 16, 3), np.uint8)
    np.testing.assert_array_equal(
        square[0], np.kron(np.broadcast_to(image[0], (4, 4, 3)), np.ones((4, 4, 1), np.uint8))
    )


def test_what_is_not_square_has_black_bars() -> None:
    square = sheet(np.full((1, 4, 8, 3), 200, np.uint8), 8)[0]
    assert (square[2:6] == 200).all()
    assert not square[:2].any()
    assert not square[6:].any()


def test_a_large_image_becomes_smaller() -> None:
    ramp = np.tile(np.arange(200, dtype=np.uint8)[:, None], (1, 200))[None, ..., None]
    square = sheet(ramp, 20)[0, :, 10, 0].astype(int)
    assert (np.diff(square) > 0).all()
    assert abs(square[0] - 4.5) < 2


def test_a_line_of_pixels_and_no_image_at_all_are_possible() -> None:
    assert sheet(np.full((2, 1, 300, 1), 9, np.uint8), 16).shape == (2, 16, 16, 3)
    assert sheet(np.zeros((0, 8, 8, 3), np.uint8), 16).shape == (0, 16, 16, 3)
