"""What the ResNets for small images share: three stages of residual blocks."""

from __future__ import annotations

from engine.layers import LayerType
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.rescaling import Rescaling
from engine.layers.residual import Residual


def residual_stack(blocks: int, classes: int) -> tuple[LayerType, ...]:
    """A ResNet of 6 x `blocks` + 2 layers of weights, for images of any size."""
    stages: list[LayerType] = []
    for stage, filters in enumerate((16, 32, 64)):
        for block in range(blocks):
            steps = 2 if stage and block == 0 else 1
            stages.append(Residual(filters, strides=(steps, steps), momentum=0.9, kernel_initializer="he_normal"))
    return (
        Rescaling(1 / 127.5, -1.0),
        ConvBNActivation(16, momentum=0.9, kernel_initializer="he_normal"),
        *stages,
        GlobalAveragePooling2D(),
        Dense(units=classes, activation="softmax"),
    )
