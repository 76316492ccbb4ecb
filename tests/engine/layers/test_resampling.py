"""Layers that look their output up: their sizes and what they do at the edges."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from engine.layers.base import Array
from engine.layers.center_crop import CenterCrop
from engine.layers.cropping2d import Cropping2D
from engine.layers.resampling import Resampling2D
from engine.layers.resizing import Resizing
from engine.layers.up_sampling2d import UpSampling2D
from engine.layers.zero_padding2d import ZeroPadding2D


def whole(type: Resampling2D, image: Array) -> Array:
    """Every value that leaves, by our arithmetic."""
    places = np.ndindex(*type.output_shape((image.shape,)))
    values = [type.arithmetic(image, {}, at).output for at in places]
    return np.array(values).reshape(type.output_shape((image.shape,)))


@pytest.mark.parametrize("interpolation", ["nearest", "bilinear"])
@pytest.mark.parametrize("side", range(1, 18))
def test_every_pixel_of_every_size_equals_keras(interpolation: str, side: int) -> None:
    image = np.random.default_rng(side).normal(size=(7, side, 1)).astype(np.float32)
    for width in range(1, 18):
        type = Resizing(5, width, interpolation)
        theirs = np.asarray(type.build("layer")(image[None]))[0]
        np.testing.assert_allclose(whole(type, image), theirs, atol=2e-5)


@pytest.mark.parametrize(
    "type",
    [
        Resizing(6, 4, crop_to_aspect_ratio=True),
        Resizing(4, 9, pad_to_aspect_ratio=True),
        Resizing(9, 4, pad_to_aspect_ratio=True),
        CenterCrop(4, 5),
        CenterCrop(12, 5),
        CenterCrop(3, 30),
        UpSampling2D((2, 3), "bilinear"),
    ],
)
@pytest.mark.parametrize("sides", [(7, 5), (5, 8), (1, 3), (4, 4)])
def test_whole_images_equal_keras(type: Resampling2D, sides: tuple[int, int]) -> None:
    image = np.random.default_rng(0).normal(size=(*sides, 2)).astype(np.float32)
    model_in = keras.Input(image.shape)
    theirs = np.asarray(keras.Model(model_in, type.build("layer")(model_in))(image[None]))[0]
    np.testing.assert_allclose(whole(type, image), theirs, atol=2e-5)


def test_cutting_all_away_is_a_fault() -> None:
    (fault,) = Cropping2D((2, 2, 0, 0)).faults(((4, 4, 1),))
    assert "2 rows at the top, 2 at the bottom" in fault.what


def test_the_border_is_marked_as_padding() -> None:
    ours = ZeroPadding2D((1, 1)).arithmetic(np.ones((2, 2, 1), np.float32), {}, (0, 1, 0))
    assert (ours.output, ours.rule) == (0.0, "0, as it lies in the border")
    assert ours.terms[0].padding
