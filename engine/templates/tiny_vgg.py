"""TinyVGG: the network of the CNN Explainer."""

from __future__ import annotations

from typing import ClassVar

from engine.layers import LayerType
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.rescaling import Rescaling
from engine.optimizers import Adam
from engine.recipe import Recipe
from engine.templates.base import Template, needs_side


class TinyVGG(Template):
    """The network of Wang and others, "CNN Explainer", 2020."""

    name: ClassVar[str] = "tiny_vgg"
    title: ClassVar[str] = "TinyVGG"
    summary: ClassVar[str] = "Four convolutions of ten filters each: small enough to look at every map."
    why: ClassVar[str] = (
        "It was made to be looked into. Ten maps in each layer are few enough to see them all, and what each "
        "filter answers to can be told by eye. For best results take a larger network."
    )
    own_input: ClassVar[Input] = Input(64, 64)

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        needs_side(self.title, input, 16)
        convolutions = [Conv2D(filters=10, activation="relu")] * 2
        return (
            Rescaling(),
            *convolutions,
            MaxPooling2D(),
            *convolutions,
            MaxPooling2D(),
            Flatten(),
            Dense(units=classes, activation="softmax"),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=20, batch_size=32, optimizer=Adam(learning_rate=0.001))
