from __future__ import annotations

from typing import Any

from engine.layers.flatten import Flatten
from engine.layers.permute import Permute
from engine.layers.reshape import Reshape
from tests.gui.explanation.frames import film


def test_the_order_is_the_layer_s_own(qapp: Any) -> None:
    assert "place 1 takes the value of place (0, 0, 1)" in film(Flatten(), (3, 4, 2)).words()
    assert "place 1 takes the value of place (0, 1, 0)" in film(Flatten(), (3, 4, 1)).words()
    assert "place (0, 0, 1) takes the value of place (0, 1, 0)" in film(Permute(dims=(1, 3, 2)), (3, 4, 2)).words()


def test_a_shape_that_only_fits_as_a_whole_is_drawn_as_a_whole(qapp: Any) -> None:
    assert film(Reshape(target_shape=(28, 28, 1)), (784,)).note() == "The single values are finer than can be drawn."
    assert film(Flatten(), (28, 28, 3)).note() == "Drawn with 3 × 4 × 2, in the same order."
    assert film(Flatten(), (3, 4, 2)).note() == ""
