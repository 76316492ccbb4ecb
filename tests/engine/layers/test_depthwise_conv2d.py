"""DepthwiseConv2D: what is its own, beside what holds for every layer type."""

from __future__ import annotations

import numpy as np

from engine.geometry import Window
from engine.layers.depthwise_conv2d import DepthwiseConv2D


def test_a_map_is_made_of_one_channel_alone() -> None:
    image = np.zeros((3, 3, 2), np.float32)
    image[..., 1] = 1.0
    kernel = np.ones((3, 3, 2, 2), np.float32)
    layer = DepthwiseConv2D(depth_multiplier=2, use_bias=False)
    outputs = [layer.arithmetic(image, {"kernel": kernel}, (0, 0, one)) for one in range(4)]
    assert [one.output for one in outputs] == [0.0, 0.0, 9.0, 9.0]
    assert {term.channel for term in outputs[2].terms} == {1}


def test_costs_are_those_of_one_channel_per_window() -> None:
    # The depthwise half of a MobileNet layer: Howard and others, 2017, 14 × 14 × 512 by 3 × 3.
    layer = DepthwiseConv2D(padding="same", use_bias=False)
    assert layer.macs(((14, 14, 512),)) == 14 * 14 * 512 * 9
    assert layer.geometry(((14, 14, 512),)) == Window((3, 3), before=(1, 1), after=(1, 1), per_channel=True)


def test_steps_that_keras_cannot_take_are_refused() -> None:
    (fault,) = DepthwiseConv2D(strides=(2, 1)).faults(((9, 9, 2),))
    assert "Set strides to 2 × 2" in fault.fix
    assert not DepthwiseConv2D(strides=(2, 1), dilation_rate=(1, 2)).faults(((9, 9, 2),))
