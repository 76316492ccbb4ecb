"""One image before and after a preprocessing."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from engine.images.decoding import UnreadableImage, decode
from engine.images.preparing import SIDE, prepared
from engine.images.preprocessing import Preprocessing


def png(values: np.ndarray[tuple[int, ...], np.dtype[np.generic]], format: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.fromarray(values).save(stream, format)
    return stream.getvalue()


def test_after_is_what_decoding_gives_and_before_is_all_of_it() -> None:
    data = png(np.random.default_rng(0).integers(0, 256, (400, 1000, 3)).astype(np.uint8))
    wanted = Preprocessing(20, 30, "grayscale", "pad", padding="edge")
    found = prepared(data, wanted, "a.png")
    np.testing.assert_array_equal(found.after, decode(data, wanted))
    assert found.size == (400, 1000)
    assert found.before.shape == (round(400 * SIDE / 1000), SIDE, 3)
    assert found.values is None


def test_a_small_image_is_shown_as_it_is() -> None:
    values = np.random.default_rng(0).integers(0, 256, (6, 9, 3)).astype(np.uint8)
    np.testing.assert_array_equal(prepared(png(values), Preprocessing(), "a").before, values)


@pytest.mark.parametrize("format", ["PNG", "TIFF"])
def test_the_values_of_16_bits_are_told_and_the_chosen_range_is_shown(format: str) -> None:
    values = np.array([[100, 150], [300, 4095]], np.uint16)
    found = prepared(png(values, format), Preprocessing(2, 2, "grayscale", range="between(100, 300)"), "a")
    assert found.values == (100.0, 4095.0)
    assert found.after[..., 0].tolist() == [[0, 64], [255, 255]]
    assert found.before.max() == 16


def test_arrays_of_a_source_are_prepared_too() -> None:
    grey = np.full((4, 8, 1), 90, np.uint8)
    found = prepared(grey, Preprocessing(8, 8, "rgb", "pad", padding="white"), "digit/1")
    assert found.before.shape == (4, 8, 3)
    assert found.after[0, 0].tolist() == [255, 255, 255]
    assert found.after[4, 4].tolist() == [90, 90, 90]


def test_what_is_no_image_is_refused() -> None:
    with pytest.raises(UnreadableImage):
        prepared(b"meow", Preprocessing(), "cat.jpg")
