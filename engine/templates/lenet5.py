"""LeNet-5: the network that read cheques."""

from __future__ import annotations

from typing import ClassVar

from engine.layers import LayerType
from engine.layers.average_pooling2d import AveragePooling2D
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.rescaling import Rescaling
from engine.optimizers import Adam
from engine.recipe import Recipe
from engine.templates.base import Template, needs_side


class LeNet5(Template):
    """LeCun and others, "Gradient-based learning applied to document recognition", 1998, with full connections."""

    name: ClassVar[str] = "lenet5"
    title: ClassVar[str] = "LeNet-5"
    summary: ClassVar[str] = "The first convolutional network in wide use: two convolutions read handwritten digits."
    why: ClassVar[str] = (
        "It set the pattern that networks follow to this day: convolutions find strokes, pooling makes their "
        "exact place unimportant, and Dense layers put them together to digits. It bends with tanh and pools by "
        "means, as ReLU and maxima came later."
    )
    own_input: ClassVar[Input] = Input(28, 28, "grayscale")

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        needs_side(self.title, input, 12)
        return (
            Rescaling(),
            Conv2D(filters=6, kernel_size=(5, 5), padding="same", activation="tanh"),
            AveragePooling2D(),
            Conv2D(filters=16, kernel_size=(5, 5), activation="tanh"),
            AveragePooling2D(),
            Flatten(),
            Dense(units=120, activation="tanh"),
            Dense(units=84, activation="tanh"),
            Dense(units=classes, activation="softmax"),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=15, batch_size=32, optimizer=Adam(learning_rate=0.001))
