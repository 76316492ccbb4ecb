from __future__ import annotations

import numpy as np
import pytest

from engine.errors import EngineError
from engine.geometry import Elementwise, Full, Window
from engine.layers.activation import Activation


def test_softmax_takes_the_channels_at_a_place_together_and_others_each_value() -> None:
    softmax = Activation("softmax")
    assert softmax.geometry(((4, 4, 3),)) == Window((1, 1))
    assert softmax.geometry(((3,),)) == Full()
    assert Activation("relu").geometry(((4, 4, 3),)) == Elementwise()
    found = softmax.arithmetic(np.log(np.array([[[1.0, 3.0, 4.0]]])), {}, (0, 0, 1))
    assert found.output == pytest.approx(3 / 8)
    assert len(found.terms) == 3


def test_softmax_over_a_single_channel_is_a_fault() -> None:
    (fault,) = Activation("softmax").faults(((4, 4, 1),))
    assert "always gives 1 (here on 4 × 4 × 1)" in fault.what


def test_it_says_what_leaves() -> None:
    assert Activation("softmax").gives_probabilities()
    assert not Activation("sigmoid").gives_probabilities()
    assert Activation("linear").keeps_probabilities(((3,),))
    assert Activation("tanh").last_activation() == "tanh"


def test_an_unknown_function_is_refused_with_the_known_ones() -> None:
    with pytest.raises(EngineError, match="cannot be") as caught:
        Activation().changed(activation="swoosh")
    assert "relu" in caught.value.expected
