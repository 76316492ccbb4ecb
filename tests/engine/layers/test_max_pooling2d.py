from __future__ import annotations

import numpy as np
import pytest

from engine.layers.max_pooling2d import MaxPooling2D

IMAGE = np.arange(25, dtype=np.float32).reshape(5, 5, 1)


@pytest.mark.parametrize(
    ("layer", "size"),
    [
        (MaxPooling2D(), (2, 2)),
        (MaxPooling2D(padding="same"), (3, 3)),
        (MaxPooling2D((3, 3), (1, 1)), (3, 3)),
        (MaxPooling2D((5, 1)), (1, 5)),
        (MaxPooling2D((9, 9), padding="same"), (1, 1)),
    ],
)
def test_the_size_of_its_maps(layer: MaxPooling2D, size: tuple[int, int]) -> None:
    assert layer.output_shape((IMAGE.shape,)) == (*size, 1)
    assert (layer.weights((IMAGE.shape,)), layer.macs((IMAGE.shape,))) == ((), 0)


def test_the_window_moves_as_far_as_it_is_wide_unless_told_otherwise() -> None:
    assert MaxPooling2D((3, 2)).steps == (3, 2)
    assert MaxPooling2D((3, 2), (1, 1)).steps == (1, 1)


def test_one_pixel_is_the_largest_under_its_window_in_its_own_channel() -> None:
    image = np.stack([IMAGE[..., 0], -IMAGE[..., 0]], axis=-1)
    found = MaxPooling2D().arithmetic(image, {}, (1, 0, 1))
    assert (found.output, found.rule) == (-10.0, "the largest of 4 values")
    assert {(one.row, one.column, one.channel) for one in found.terms} == {(2, 0, 1), (2, 1, 1), (3, 0, 1), (3, 1, 1)}


def test_what_no_window_reaches_is_said() -> None:
    assert "1 row and 1 column at the edge fill no window" in MaxPooling2D().explain((IMAGE.shape,))
    assert "fill no window" not in MaxPooling2D(padding="same").explain((IMAGE.shape,))


def test_a_window_that_would_leave_nothing_of_the_image_is_a_fault() -> None:
    (fault,) = MaxPooling2D((2, 2)).faults(((1, 8, 4),))
    assert fault.what == "The window of 2 × 2 does not fit on maps of 1 × 8: nothing would be left of the image."
    assert "at least 2 × 2" in fault.expected
    assert "Lower pool_size, set padding to same, or remove a pooling layer" in fault.fix
    assert MaxPooling2D(padding="same").faults(((1, 8, 4),)) == ()


def test_a_list_of_numbers_cannot_be_pooled() -> None:
    (fault,) = MaxPooling2D().faults(((12,),))
    assert "list of 12 numbers" in fault.what
