"""All-CNN: nothing but convolutions."""

from __future__ import annotations

from typing import ClassVar

from engine.layers import LayerType
from engine.layers.conv2d import Conv2D
from engine.layers.dropout import Dropout
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.input import Input
from engine.layers.rescaling import Rescaling
from engine.layers.softmax import Softmax
from engine.optimizers import Adam
from engine.recipe import Recipe
from engine.templates.base import Template


class AllCNN(Template):
    """All-CNN-C of Springenberg and others, "Striving for simplicity", 2014."""

    name: ClassVar[str] = "all_cnn"
    title: ClassVar[str] = "All-CNN"
    summary: ClassVar[str] = "Nothing but convolutions: steps of two replace the pooling, 1 × 1 the Dense layers."
    why: ClassVar[str] = (
        "It asks what a network really needs. A convolution that moves in steps of two shrinks the maps and "
        "learns how; 1 × 1 gives one map for each class, and the mean of that map is the answer, so it shows "
        "where it saw the class."
    )

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        narrow = Conv2D(filters=96, padding="same", activation="relu")
        wide = narrow.changed(filters=192)
        pixel = wide.changed(kernel_size=(1, 1))
        return (
            Rescaling(),
            narrow,
            narrow,
            narrow.changed(strides=(2, 2)),
            Dropout(0.5),
            wide,
            wide,
            wide.changed(strides=(2, 2)),
            Dropout(0.5),
            wide,
            pixel,
            pixel.changed(filters=classes, activation="linear"),
            GlobalAveragePooling2D(),
            Softmax(),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=40, batch_size=64, optimizer=Adam(learning_rate=0.0005))
