"""What every template declares: one class in one file of this folder, found by the registry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from engine.layers import LayerType
from engine.layers.input import Input
from engine.recipe import Recipe


class Template(ABC):
    """A network to begin with, made to fit the images and the classes."""

    name: ClassVar[str]
    """The word that `--template` takes."""
    title: ClassVar[str]
    summary: ClassVar[str]
    """What it is good for, in one sentence."""

    @abstractmethod
    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        """The stack below the input; whatever the size of the input, it can be trained."""

    @abstractmethod
    def recipe(self) -> Recipe:
        """How to train it."""
