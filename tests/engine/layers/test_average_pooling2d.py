from __future__ import annotations

import numpy as np

from engine.layers.average_pooling2d import AveragePooling2D

IMAGE = np.arange(16, dtype=np.float32).reshape(4, 4, 1)


def test_one_pixel_is_the_mean_under_its_window() -> None:
    found = AveragePooling2D().arithmetic(IMAGE, {}, (0, 1, 0))
    assert (found.output, found.rule) == ((2 + 3 + 6 + 7) / 4, "the mean of 4 values")
    assert [one.weight for one in found.terms] == [0.25] * 4
    assert sum(one.product for one in found.terms) == found.output


def test_windows_may_overlap() -> None:
    layer = AveragePooling2D((2, 2), (1, 1))
    assert layer.output_shape((IMAGE.shape,)) == (3, 3, 1)
    assert layer.arithmetic(IMAGE, {}, (1, 1, 0)).output == (5 + 6 + 9 + 10) / 4


def test_a_window_that_would_leave_nothing_of_the_image_is_a_fault() -> None:
    (fault,) = AveragePooling2D((5, 5)).faults((IMAGE.shape,))
    assert "nothing would be left of the image" in fault.what
