"""The two layers that make one number of each map."""

from __future__ import annotations

import numpy as np
import pytest

from engine.geometry import Full
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.global_max_pooling2d import GlobalMaxPooling2D
from engine.layers.global_pooling import GlobalPooling2D

IMAGE = np.stack([np.arange(6.0).reshape(2, 3), -np.arange(6.0).reshape(2, 3)], axis=-1).astype(np.float32)
BOTH = [GlobalAveragePooling2D, GlobalMaxPooling2D]


@pytest.mark.parametrize(("type", "values"), [(GlobalAveragePooling2D, (2.5, -2.5)), (GlobalMaxPooling2D, (5.0, 0.0))])
def test_one_number_stands_for_a_whole_map(type: type[GlobalPooling2D], values: tuple[float, float]) -> None:
    for channel, value in enumerate(values):
        found = type().arithmetic(IMAGE, {}, (channel,))
        assert (found.output, len(found.terms)) == (value, 6)
        assert {one.channel for one in found.terms} == {channel}
        assert type(keepdims=True).arithmetic(IMAGE, {}, (0, 0, channel)).output == value


@pytest.mark.parametrize("type", BOTH)
def test_the_size_of_the_image_does_not_matter(type: type[GlobalPooling2D]) -> None:
    for side in (1, 7, 500):
        assert type().output_shape(((side, side, 4),)) == (4,)
        assert type(keepdims=True).output_shape(((side, side, 4),)) == (1, 1, 4)
    assert type().geometry(((7, 7, 4),)) == Full(per_channel=True)


@pytest.mark.parametrize("type", BOTH)
def test_a_list_of_numbers_cannot_be_pooled(type: type[GlobalPooling2D]) -> None:
    (fault,) = type().faults(((12,),))
    assert "without rows and columns" in fault.what
