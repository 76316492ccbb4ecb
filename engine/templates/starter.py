"""The starter: a small convolutional network for a first experiment."""

from __future__ import annotations

from typing import ClassVar

from engine.layers import LayerType
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.rescaling import Rescaling
from engine.optimizers import Adam
from engine.recipe import Recipe
from engine.templates.base import Template


class Starter(Template):
    """Rounds of convolution and pooling, then two Dense layers: the small network of many first tutorials."""

    name: ClassVar[str] = "starter"
    title: ClassVar[str] = "Starter"
    summary: ClassVar[str] = "A small network for a first experiment: a few convolutions with pooling, then Dense."
    why: ClassVar[str] = (
        "Each round looks for patterns and then halves the maps, so that the next one sees more of the image at once; "
        "small images get fewer rounds. Two Dense layers weigh what was found, and dropout keeps them from learning by "
        "heart."
    )

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        height, width, _ = input.shape
        rounds: list[LayerType] = []
        for filters in _filters(min(height, width)):
            rounds += [Conv2D(filters, padding="same", activation="relu"), MaxPooling2D()]
        return (
            Rescaling(),
            *rounds,
            Dropout(0.25),
            Flatten(),
            Dense(128, activation="relu"),
            Dropout(0.5),
            Dense(classes, activation="softmax"),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=20, batch_size=32, optimizer=Adam(learning_rate=0.001))


def _filters(side: int) -> tuple[int, ...]:
    """Filters of each round: pooling goes on until some four to eight pixels are left, at least twice if they last."""
    possible = max(0, side.bit_length() - 1)
    wanted = max(2, side.bit_length() - 3)
    return (32, 64, 128, 128, 128, 128, 128, 128, 128)[: min(possible, wanted)]
