"""VGG-small: pairs of convolutions for small images."""

from __future__ import annotations

from typing import ClassVar

from engine.layers import LayerType
from engine.layers.conv_bn_activation import ConvBNActivation
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.rescaling import Rescaling
from engine.optimizers import Adam
from engine.recipe import Recipe
from engine.templates.base import Template


class VGGSmall(Template):
    """Pairs of 3 × 3 convolutions with pooling, as in VGG, with normalisation and few enough filters for a laptop."""

    name: ClassVar[str] = "vgg_small"
    title: ClassVar[str] = "VGG-small"
    summary: ClassVar[str] = "Pairs of convolutions with normalisation: good results on small images in minutes."
    why: ClassVar[str] = (
        "Two windows of 3 × 3 in a row see as far as one of 5 × 5, with fewer weights. Each round halves the maps "
        "and, up to 128, doubles their number, until some four pixels are left; batch normalisation makes it "
        "learn faster, dropout keeps it from learning by heart."
    )

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        rounds: list[LayerType] = []
        for filters in _filters(min(input.height, input.width)):
            rounds += [ConvBNActivation(filters, momentum=0.9)] * 2 + [MaxPooling2D(padding="same"), Dropout(0.25)]
        return (
            Rescaling(),
            *rounds,
            Flatten(),
            Dense(units=128, activation="relu"),
            Dropout(0.5),
            Dense(units=classes, activation="softmax"),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=30, batch_size=64, optimizer=Adam(learning_rate=0.001))


def _filters(side: int) -> tuple[int, ...]:
    """Filters of each round, until some four pixels are left; two rounds at least."""
    return (32, 64, 128, 128, 128, 128, 128, 128, 128, 128)[: max(2, side.bit_length() - 3)]
