"""MobileNetV2: seventeen lean blocks for small computers."""

from __future__ import annotations

from typing import ClassVar, Final

from engine.layers import LayerType
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.input import Input
from engine.layers.inverted_residual import InvertedResidual
from engine.layers.rescaling import Rescaling
from engine.optimizers import Adam
from engine.recipe import Recipe
from engine.templates.base import Template

STAGES: Final = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)
"""Expansion, filters, number of blocks and strides of the first of them: table 2 of the paper."""


class MobileNetV2(Template):
    """Sandler and others, "Inverted residuals and linear bottlenecks", 2018; Keras's `MobileNetV2`."""

    name: ClassVar[str] = "mobilenet_v2"
    title: ClassVar[str] = "MobileNetV2"
    summary: ClassVar[str] = "A strong network for phones and laptops: a fortieth of the weights of VGG16."
    why: ClassVar[str] = (
        "A full convolution looks at all maps and mixes them at once. Here a window looks at each map by itself "
        "and 1 × 1 mixes them afterwards, which costs an eighth. The blocks are wide inside and narrow at both "
        "ends, and their narrow ends are joined by shortcuts."
    )
    own_input: ClassVar[Input] = Input(224, 224)
    own_classes: ClassVar[int] = 1000

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        blocks: list[LayerType] = []
        for expansion, filters, times, stride in STAGES:
            for number in range(times):
                steps = stride if number == 0 else 1
                blocks.append(InvertedResidual(filters, expansion, strides=(steps, steps)))
        return (
            Rescaling(1 / 127.5, -1.0),
            ConvBNActivation(32, strides=(2, 2), activation="relu6", momentum=0.999),
            *blocks,
            ConvBNActivation(1280, (1, 1), activation="relu6", momentum=0.999),
            GlobalAveragePooling2D(),
            Dense(units=classes, activation="softmax"),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=30, batch_size=32, optimizer=Adam(learning_rate=0.001))
