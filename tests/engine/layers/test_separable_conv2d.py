"""SeparableConv2D: what is its own, beside what holds for every layer type."""

from __future__ import annotations

import math

from engine.layers.separable_conv2d import SeparableConv2D


def test_costs_are_those_of_its_two_steps() -> None:
    # A layer of Xception's middle flow: Chollet, 2017, 19 × 19 × 728, 3 × 3.
    layer = SeparableConv2D(728, padding="same", use_bias=False)
    assert layer.macs(((19, 19, 728),)) == 19 * 19 * 728 * (9 + 728)
    assert sum(math.prod(one.shape) for one in layer.weights(((19, 19, 728),))) == 9 * 728 + 728 * 728


def test_the_explanation_compares_it_with_one_step() -> None:
    said = SeparableConv2D(10).explain(((9, 9, 3),))
    assert "It learns 67 numbers; a Conv2D of this size would learn 280." in said
