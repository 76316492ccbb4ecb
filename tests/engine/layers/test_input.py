from __future__ import annotations

import numpy as np
import pytest

from engine import limits
from engine.errors import EngineError
from engine.layers.input import Input


@pytest.mark.parametrize("shape", [(8, 6, 1), (1, 1, 3)])
def test_its_shape_is_that_of_the_images(shape: tuple[int, int, int]) -> None:
    layer = Input.of(shape)
    assert layer.shape == layer.output_shape(()) == shape
    assert layer.build("input").output.shape == (None, *shape)
    assert (layer.weights(()), layer.macs(()), layer.faults(())) == ((), 0, ())


def test_its_value_is_the_pixel() -> None:
    image = np.arange(12, dtype=np.float32).reshape(2, 2, 3)
    found = Input(2, 2).arithmetic(image, {}, (1, 0, 2))
    assert (found.output, found.rule) == (8.0, "the pixel itself")


def test_it_stands_at_the_top_only() -> None:
    (fault,) = Input().faults(((8, 8, 3),))
    assert "middle of the network" in fault.what
    assert "Remove this layer" in fault.fix


@pytest.mark.parametrize("values", [{"height": 0}, {"width": limits.MAX_INPUT_SIDE + 1}, {"channels": "rgba"}])
def test_an_image_that_cannot_be_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="cannot be"):
        Input().changed(**values)
