from __future__ import annotations

import numpy as np
import pytest

from engine.errors import EngineError
from engine.layers.dropout import Dropout


def test_at_prediction_nothing_is_dropped() -> None:
    image = np.random.default_rng(0).normal(size=(3, 3, 2)).astype(np.float32)
    found = Dropout(0.9).arithmetic(image, {}, (2, 1, 1))
    assert found.output == float(image[2, 1, 1])
    layer = Dropout(0.9).build("layer", seed=1)
    np.testing.assert_array_equal(np.asarray(layer(image[None], training=False))[0], image)


def test_in_training_the_rest_makes_up_for_what_is_dropped() -> None:
    values = np.asarray(Dropout(0.25).build("layer", seed=1)(np.ones((1, 10_000), np.float32), training=True))
    assert set(np.unique(values.round(5))) == {np.float32(0.0), np.float32(1.33333)}
    assert (values == 0).mean() == pytest.approx(0.25, abs=0.02)
    assert "multiplied by 1.333" in Dropout(0.25).explain(((10,),))


@pytest.mark.parametrize("rate", [1.0, -0.1, 2, "half", float("nan")])
def test_a_share_that_would_leave_nothing_or_is_none_is_refused(rate: object) -> None:
    with pytest.raises(EngineError, match="cannot be"):
        Dropout().changed(rate=rate)
