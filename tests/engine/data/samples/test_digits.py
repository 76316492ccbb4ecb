from __future__ import annotations

import numpy as np

from engine.data.samples import digits


def test_there_are_1797_digits_of_eight_by_eight() -> None:
    images, labels = digits.read()
    assert (images.shape, images.dtype, labels.dtype) == ((1797, *digits.SHAPE), np.uint8, np.int32)
    assert (images.min(), images.max()) == (0, 255)
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert len(digits.CLASS_NAMES) == 10


def test_the_first_is_the_zero_that_the_data_set_begins_with() -> None:
    images, labels = digits.read()
    assert labels[0] == 0
    assert np.round(images[0, :, :, 0] * (16 / 255)).astype(int).tolist() == [
        [0, 0, 5, 13, 9, 1, 0, 0],
        [0, 0, 13, 15, 10, 15, 5, 0],
        [0, 3, 15, 2, 0, 11, 8, 0],
        [0, 4, 12, 0, 0, 8, 8, 0],
        [0, 5, 8, 0, 0, 9, 8, 0],
        [0, 4, 11, 0, 1, 12, 7, 0],
        [0, 2, 14, 5, 10, 12, 0, 0],
        [0, 0, 6, 13, 10, 0, 0, 0],
    ]


def test_the_licence_travels_with_them() -> None:
    notes = [one.read_text("utf-8") for one in digits.FILE.parent.iterdir() if one.suffix in {".md", ".txt", ""}]
    assert any("CC BY 4.0" in one or "Creative Commons Attribution 4.0" in one for one in notes)
