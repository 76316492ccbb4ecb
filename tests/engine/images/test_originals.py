"""Originals, as their files hold them."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.images.decoding import UnreadableImage
from engine.images.originals import read_original


def file_of(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


GRADIENT = np.arange(12 * 20 * 3, dtype=np.uint8).reshape(12, 20, 3)


def test_an_original_keeps_its_size_and_says_what_it_is() -> None:
    data = file_of(Image.fromarray(GRADIENT))
    original = read_original(data, "a.png")
    np.testing.assert_array_equal(original.pixels, GRADIENT)
    facts = original.facts
    assert (facts.format, facts.mode, facts.size, facts.orientation, facts.taken) == ("PNG", "RGB", len(data), 1, "")


def test_the_cameras_orientation_is_obeyed_and_said() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0132] = "2024:05:06 07:08:09"
    original = read_original(file_of(Image.fromarray(GRADIENT), "JPEG", exif=exif), "a.jpg")
    assert original.pixels.shape == (20, 12, 3)
    assert (original.facts.orientation, original.facts.taken) == (6, "2024:05:06 07:08:09")


def test_sixteen_bits_become_eight_as_in_training() -> None:
    values = np.array([[0, 257, 65_535]], np.uint16)
    original = read_original(file_of(Image.fromarray(values)), "a.png")
    assert original.pixels[..., 0].tolist() == [[0, 1, 255]]
    assert original.facts.mode == "I;16"


def test_the_histogram_counts_every_pixel_of_every_channel() -> None:
    pixels = np.zeros((2, 2, 3), np.uint8)
    pixels[0, 0] = (255, 7, 0)
    histogram = read_original(pixels, "x").histogram()
    assert histogram.shape == (3, 256)
    assert (histogram[0, 255], histogram[0, 0], histogram[1, 7], histogram[2, 0]) == (1, 3, 1, 4)


@pytest.mark.parametrize(
    ("box", "side", "expected", "shape"),
    [
        (None, 100, (0, 0, 12, 20), (12, 20, 3)),
        (None, 10, (0, 0, 12, 20), (6, 10, 3)),
        ((2, 3, 4, 5), 100, (2, 3, 4, 5), (4, 5, 3)),
        ((-4, 15, 100, 100), 100, (0, 15, 12, 5), (12, 5, 3)),
        ((50, 50, 9, 9), 100, (11, 19, 1, 1), (1, 1, 3)),
    ],
)
def test_a_part_lies_within_the_image_and_is_as_large_as_asked(
    box: Any, side: int, expected: tuple[int, ...], shape: tuple[int, ...]
) -> None:
    found, pixels = read_original(GRADIENT, "x").part(box, side)
    assert (found, pixels.shape) == (expected, shape)
    if max(shape) == max(expected[2:]):
        top, left, rows, columns = expected
        np.testing.assert_array_equal(pixels, GRADIENT[top : top + rows, left : left + columns])


def test_grey_arrays_keep_one_channel() -> None:
    original = read_original(np.full((40, 4), 9, np.uint8), "x")
    assert original.pixels.shape == (40, 4, 1)
    assert original.part(None, 10)[1].tolist() == [[[9]]] * 10
    assert original.facts.mode == "L"


def test_half_a_file_is_none() -> None:
    data = file_of(Image.fromarray(GRADIENT))
    with pytest.raises(UnreadableImage, match=r"a\.png could not be read"):
        read_original(data[: len(data) // 2], "a.png")
