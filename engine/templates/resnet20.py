"""ResNet-20: nine blocks with shortcuts, for small images."""

from __future__ import annotations

from typing import ClassVar

from engine.layers import LayerType
from engine.layers.input import Input
from engine.optimizers import Adam
from engine.recipe import Recipe
from engine.templates.base import Template
from engine.templates.residual_stack import residual_stack


class ResNet20(Template):
    """ResNet-20 for small images (He and others, "Deep residual learning", 2015, section 4.2)."""

    name: ClassVar[str] = "resnet20"
    title: ClassVar[str] = "ResNet-20"
    summary: ClassVar[str] = "A residual network for small images: deep, lean and steady to train."
    why: ClassVar[str] = (
        "The ResNet that its authors made for images of 32 × 32: three blocks in each of three stages. Each block "
        "learns only what has to change and adds it to what came in. Every stage halves the maps and doubles "
        "their number, and global pooling makes the answer of them."
    )

    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        return residual_stack(3, classes)

    def recipe(self) -> Recipe:
        return Recipe(epochs=40, batch_size=64, optimizer=Adam(learning_rate=0.001))
