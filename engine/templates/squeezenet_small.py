"""SqueezeNet-small: Fire blocks for small images."""

from __future__ import annotations

from typing import ClassVar

from engine.layers import LayerType
from engine.layers.conv2d import Conv2D
from engine.layers.dropout import Dropout
from engine.layers.fire import Fire
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.rescaling import Rescaling
from engine.layers.softmax import Softmax
from engine.optimizers import Adam
from engine.recipe import Recipe
from engine.templates.base import Template


class SqueezeNetSmall(Template):
    """Fire blocks (Iandola and others, "SqueezeNet", 2016), fewer of them, and no early halving of small images."""

    name: ClassVar[str] = "squeezenet_small"
    title: ClassVar[str] = "SqueezeNet-small"
    summary: ClassVar[str] = "Fire blocks for small images: a small file with a good answer."
    why: ClassVar[str] = (
        "Each block first squeezes the maps with 1 × 1 and then looks with 1 × 1 and 3 × 3 side by side, so that "
        "the large windows meet few maps. 1 × 1 gives one map for each class, and its mean is the answer."
    )

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        pool = MaxPooling2D(pool_size=(3, 3), strides=(2, 2), padding="same")
        return (
            Rescaling(),
            Conv2D(filters=32, padding="same", activation="relu"),
            pool,
            Fire(16, 32),
            Fire(16, 32),
            pool,
            Fire(32, 64),
            Fire(32, 64),
            pool,
            Fire(48, 96),
            Dropout(0.5),
            Conv2D(filters=classes, kernel_size=(1, 1)),
            GlobalAveragePooling2D(),
            Softmax(),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=40, batch_size=64, optimizer=Adam(learning_rate=0.001))
