"""The first network of the Keras documentation."""

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
from engine.templates.base import Template, needs_side


class KerasMnistConvnet(Template):
    """The "Simple MNIST convnet" of Chollet, keras.io, 2015."""

    name: ClassVar[str] = "keras_mnist_convnet"
    title: ClassVar[str] = "Keras MNIST convnet"
    summary: ClassVar[str] = "The first example of the Keras documentation: digits, 99 % right, in 34,826 weights."
    why: ClassVar[str] = (
        "Two rounds of convolution and pooling, and one Dense layer on what is left of them: nothing more is "
        "needed to read digits. Half of the values are dropped before the Dense layer, which keeps it from "
        "learning by heart."
    )
    own_input: ClassVar[Input] = Input(28, 28, "grayscale")

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        needs_side(self.title, input, 10)
        return (
            Rescaling(),
            Conv2D(filters=32, activation="relu"),
            MaxPooling2D(),
            Conv2D(filters=64, activation="relu"),
            MaxPooling2D(),
            Flatten(),
            Dropout(0.5),
            Dense(units=classes, activation="softmax"),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=15, batch_size=128, optimizer=Adam(learning_rate=0.001))
