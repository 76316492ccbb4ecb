from __future__ import annotations

import numpy as np

from engine.layers.rescaling import Rescaling


def test_pixels_end_in_a_small_range() -> None:
    pixels = np.array([[[0.0], [255.0]]], np.float32)
    layer = Rescaling(1 / 127.5, -1.0)
    assert [layer.arithmetic(pixels, {}, (0, place, 0)).output for place in (0, 1)] == [-1.0, 1.0]
    assert "from -1 to 1" in layer.explain(((1, 2, 1),)).replace("−", "-")


def test_the_card_says_the_sum() -> None:
    assert Rescaling().caption() == "× 1/255"
    assert Rescaling(1 / 127.5, -1.0).caption() == "× 1/127.5 − 1"
