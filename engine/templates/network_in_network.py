"""Network in Network: a small network at every place."""

from __future__ import annotations

from typing import ClassVar

from engine.layers import LayerType
from engine.layers.average_pooling2d import AveragePooling2D
from engine.layers.conv2d import Conv2D
from engine.layers.dropout import Dropout
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.rescaling import Rescaling
from engine.layers.softmax import Softmax
from engine.optimizers import Adam
from engine.recipe import Recipe
from engine.templates.base import Template


class NetworkInNetwork(Template):
    """Lin and others, "Network in network", 2013."""

    name: ClassVar[str] = "network_in_network"
    title: ClassVar[str] = "Network in Network"
    summary: ClassVar[str] = (
        "After each convolution 1 × 1 ones think about every place: the first without Dense layers."
    )
    why: ClassVar[str] = (
        "A 1 × 1 convolution is a Dense layer at each place. Two of them after each window let it find what a "
        "single sum of products cannot. The mean of each last map is the number of a class, which needs no "
        "weights at all."
    )

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        def pixel(filters: int) -> Conv2D:
            return Conv2D(filters=filters, kernel_size=(1, 1), activation="relu")

        def window(side: int) -> Conv2D:
            return Conv2D(filters=192, kernel_size=(side, side), padding="same", activation="relu")

        return (
            Rescaling(),
            window(5),
            pixel(160),
            pixel(96),
            MaxPooling2D(pool_size=(3, 3), strides=(2, 2), padding="same"),
            Dropout(0.5),
            window(5),
            pixel(192),
            pixel(192),
            AveragePooling2D(pool_size=(3, 3), strides=(2, 2), padding="same"),
            Dropout(0.5),
            window(3),
            pixel(192),
            pixel(classes).changed(activation="linear"),
            GlobalAveragePooling2D(),
            Softmax(),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=40, batch_size=64, optimizer=Adam(learning_rate=0.0005))
