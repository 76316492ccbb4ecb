from __future__ import annotations

import numpy as np
import pytest

from engine.errors import EngineError
from engine.layers.relu import ReLU


@pytest.mark.parametrize(
    ("layer", "values"),
    [
        (ReLU(), [0.0, 0.0, 0.5, 9.0]),
        (ReLU(max_value=6.0), [0.0, 0.0, 0.5, 6.0]),
        (ReLU(negative_slope=0.1), [-0.2, 0.0, 0.5, 9.0]),
        (ReLU(threshold=1.0), [0.0, 0.0, 0.0, 9.0]),
        (ReLU(negative_slope=0.1, threshold=1.0), [-0.3, -0.1, -0.05, 9.0]),
    ],
)
def test_the_bend(layer: ReLU, values: list[float]) -> None:
    numbers = np.array([-2.0, 0.0, 0.5, 9.0], np.float32)
    assert [layer.arithmetic(numbers, {}, (place,)).output for place in range(4)] == pytest.approx(values)


def test_an_empty_limit_is_none() -> None:
    assert ReLU.parameter("max_value").parse("no limit") is None
    assert ReLU().caption() == ""
    assert ReLU(6.0, 0.1).caption() == "at most 6, slope 0.1"


@pytest.mark.parametrize("values", [{"max_value": -1.0}, {"negative_slope": -0.1}, {"threshold": float("inf")}])
def test_a_bend_that_keras_does_not_know_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="cannot be"):
        ReLU().changed(**values)
