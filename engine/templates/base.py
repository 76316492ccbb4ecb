"""What every template declares: one class in one file of this folder, found by the registry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from engine.errors import EngineError
from engine.layers import LayerType
from engine.layers.input import Input
from engine.recipe import Recipe


def needs_side(title: str, input: Input, side: int) -> None:
    """Raise EngineError where the images are lower or narrower than `side` pixels."""
    if min(input.height, input.width) < side:
        raise EngineError(
            f"{title} does not fit on images of {input.height} × {input.width} pixels: nothing would be left of them.",
            f"It takes images of at least {side} × {side} pixels.",
            "Set a larger height and width on the input, or choose another template.",
        )


class Template(ABC):
    """A network to begin with, made to fit the images and the classes."""

    name: ClassVar[str]
    """The word that `--template` takes."""
    title: ClassVar[str]
    summary: ClassVar[str]
    """What it is good for, in one sentence."""
    why: ClassVar[str]
    """What it is known for, and what its parts are there for, in a few sentences."""
    own_input: ClassVar[Input] = Input(32, 32)
    """The images it was made for."""
    own_classes: ClassVar[int] = 10
    """The number of classes it was made for."""

    @abstractmethod
    def layers(self, input: Input, classes: int) -> tuple[LayerType, ...]:
        """The stack below the input; it can be trained.

        Raises:
            EngineError: where the images are smaller than the network can take.
        """

    @abstractmethod
    def recipe(self) -> Recipe:
        """How to train it."""
