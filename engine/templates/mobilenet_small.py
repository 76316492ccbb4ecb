"""MobileNet-small: the lean blocks of MobileNetV2 for small images."""

from __future__ import annotations

from typing import ClassVar, Final

from engine.layers import LayerType
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.input import Input
from engine.layers.inverted_residual import InvertedResidual
from engine.layers.rescaling import Rescaling
from engine.optimizers import Adam
from engine.recipe import Recipe
from engine.templates.base import Template

STAGES: Final = ((16, 1, 1), (24, 4, 2), (24, 4, 1), (32, 4, 2), (32, 4, 1), (64, 4, 2), (64, 4, 1))
"""Filters, expansion and strides of each block."""


class MobileNetSmall(Template):
    """Inverted residuals (Sandler and others, 2018), fewer and narrower, and no early halving of small images."""

    name: ClassVar[str] = "mobilenet_small"
    title: ClassVar[str] = "MobileNet-small"
    summary: ClassVar[str] = "The lean blocks of MobileNetV2 for small images: few weights, good results."
    why: ClassVar[str] = (
        "A window looks at each map by itself, and 1 × 1 mixes the maps afterwards: an eighth of the work of full "
        "convolutions. Small images are not halved at once, as in the large network, since little would be left "
        "of them."
    )

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        blocks = [
            InvertedResidual(filters, expansion, strides=(steps, steps), momentum=0.9)
            for filters, expansion, steps in STAGES
        ]
        return (
            Rescaling(1 / 127.5, -1.0),
            ConvBNActivation(16, activation="relu6", momentum=0.9),
            *blocks,
            ConvBNActivation(128, (1, 1), activation="relu6", momentum=0.9),
            GlobalAveragePooling2D(),
            Dropout(0.2),
            Dense(units=classes, activation="softmax"),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=40, batch_size=64, optimizer=Adam(learning_rate=0.001))
