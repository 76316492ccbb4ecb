"""MLP: a network without any convolution, to compare with."""

from __future__ import annotations

from typing import ClassVar, Final

from engine.layers import LayerType
from engine.layers.average_pooling2d import AveragePooling2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.rescaling import Rescaling
from engine.optimizers import Adam
from engine.recipe import Recipe
from engine.templates.base import Template

LARGEST: Final = 32
"""Height and width above which images are averaged down."""


class MLP(Template):
    """Dense layers alone, on images of at most some 32 pixels a side."""

    name: ClassVar[str] = "mlp"
    title: ClassVar[str] = "MLP"
    summary: ClassVar[str] = "Dense layers alone: what a network does that knows nothing of images. To compare with."
    why: ClassVar[str] = (
        "It sees the pixels as one long list and has to learn anew at each place what an edge looks like. A "
        "convolutional network with as many weights does better; by how much is worth seeing. Large images are "
        "averaged down first, as every pixel costs 256 weights."
    )

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        pool = (-(-input.height // LARGEST), -(-input.width // LARGEST))
        shrink = [AveragePooling2D(pool_size=pool, padding="same")] if max(pool) > 1 else []
        return (
            Rescaling(),
            *shrink,
            Flatten(),
            Dense(units=256, activation="relu"),
            Dropout(0.3),
            Dense(units=128, activation="relu"),
            Dropout(0.3),
            Dense(units=classes, activation="softmax"),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=20, batch_size=64, optimizer=Adam(learning_rate=0.001))
