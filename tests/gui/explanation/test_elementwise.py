from __future__ import annotations

from typing import Any

from engine.layers.activity_regularization import ActivityRegularization
from engine.layers.prelu import PReLU
from engine.layers.relu import ReLU
from engine.layers.rescaling import Rescaling
from tests.gui.explanation.frames import film


def test_the_curve_is_the_layer_s_own(qapp: Any) -> None:
    assert "−4 becomes −0.4, 2 becomes 2, 8 becomes 8" in film(ReLU(negative_slope=0.1), (5,)).words()
    assert "8 becomes 6" in film(ReLU(max_value=6.0), (5,)).words()
    assert "255 becomes 1" in film(Rescaling(), (8, 8, 3)).words()


def test_what_is_learned_is_drawn_for_several_numbers_and_said(qapp: Any) -> None:
    assert film(PReLU(), (4, 4, 2)).note() == "Drawn for learned numbers of 0, 0.25 and 0.5."
    assert film(ReLU(), (4, 4, 2)).note() == ""


def test_what_values_cost_is_said(qapp: Any) -> None:
    assert "costs in training: 0.64 for 8" in film(ActivityRegularization(l2=0.01), (4,)).words()
    assert "costs" not in film(ActivityRegularization(), (4,)).words()
