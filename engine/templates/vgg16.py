"""VGG16: thirteen convolutions of 3 × 3 and three Dense layers."""

from __future__ import annotations

from typing import ClassVar, Final

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

BEGIN: Final = "he_normal"
"""With it sixteen layers learn from the start; the authors had to train a smaller network first."""


class VGG16(Template):
    """Configuration D of Simonyan and Zisserman, "Very deep convolutional networks", 2014; Keras's `VGG16`."""

    name: ClassVar[str] = "vgg16"
    title: ClassVar[str] = "VGG16"
    summary: ClassVar[str] = "The large classic of plain convolutions: easy to understand, heavy to train."
    why: ClassVar[str] = (
        "Every window is 3 × 3: two in a row see as far as one of 5 × 5, with fewer weights and one more bend. "
        "Each of the five rounds halves the maps and, up to 512, doubles their number. Nine tenths of its 138 "
        "million weights stand in the first two Dense layers; newer networks do without them."
    )
    own_input: ClassVar[Input] = Input(224, 224)
    own_classes: ClassVar[int] = 1000

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        needs_side(self.title, input, 32)
        rounds: list[LayerType] = []
        for filters, convolutions in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
            rounds += [
                Conv2D(filters=filters, padding="same", activation="relu", kernel_initializer=BEGIN)
            ] * convolutions + [MaxPooling2D()]
        return (
            Rescaling(),
            *rounds,
            Flatten(),
            Dense(units=4096, activation="relu", kernel_initializer=BEGIN),
            Dropout(0.5),
            Dense(units=4096, activation="relu", kernel_initializer=BEGIN),
            Dropout(0.5),
            Dense(units=classes, activation="softmax"),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=30, batch_size=32, optimizer=Adam(learning_rate=0.0001))
