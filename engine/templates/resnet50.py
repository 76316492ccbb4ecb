"""ResNet-50: sixteen bottleneck blocks, each with a shortcut around it."""

from __future__ import annotations

from typing import ClassVar, Final

from engine.layers import LayerType
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.layers.input import Input
from engine.layers.max_pooling2d import MaxPooling2D
from engine.layers.relu import ReLU
from engine.layers.rescaling import Rescaling
from engine.layers.residual import Residual
from engine.layers.zero_padding2d import ZeroPadding2D
from engine.optimizers import SGD
from engine.recipe import Recipe
from engine.templates.base import Template

EPSILON: Final = 1.001e-5
"""What Keras's ResNet-50 adds to every variance."""


class ResNet50(Template):
    """He and others, "Deep residual learning", 2015, with the biases and the epsilon of Keras's `ResNet50`."""

    name: ClassVar[str] = "resnet50"
    title: ClassVar[str] = "ResNet-50"
    summary: ClassVar[str] = "The standard of many years: deep, exact, and still trainable thanks to its shortcuts."
    why: ClassVar[str] = (
        "Without shortcuts fifty layers learn worse than twenty, as errors hardly find their way back. Each block "
        "here learns only what has to change and adds it to what came in. Four stages of 3, 4, 6 and 3 blocks "
        "halve the maps and double their number; global pooling replaces the heavy Dense layers of VGG."
    )
    own_input: ClassVar[Input] = Input(224, 224)
    own_classes: ClassVar[int] = 1000

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        stages: list[LayerType] = []
        for stage, (filters, blocks) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3))):
            for block in range(blocks):
                steps = 2 if stage and block == 0 else 1
                stages.append(Residual(filters, "bottleneck", (steps, steps), use_bias=True, epsilon=EPSILON))
        return (
            Rescaling(1 / 127.5, -1.0),
            ZeroPadding2D((3, 3, 3, 3)),
            Conv2D(filters=64, kernel_size=(7, 7), strides=(2, 2)),
            BatchNormalization(epsilon=EPSILON),
            ReLU(),
            ZeroPadding2D((1, 1, 1, 1)),
            MaxPooling2D(pool_size=(3, 3), strides=(2, 2)),
            *stages,
            GlobalAveragePooling2D(),
            Dense(units=classes, activation="softmax"),
        )

    def recipe(self) -> Recipe:
        return Recipe(epochs=30, batch_size=32, optimizer=SGD(learning_rate=0.01, momentum=0.9))
