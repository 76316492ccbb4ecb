"""The optimizers, each with its own parameters: Keras's names and Keras's defaults."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.parameters import Configured, real

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Optimizer(Configured, ABC):
    """One way to turn gradients into steps."""

    summary: ClassVar[str]

    learning_rate: float = real(0.001, minimum=0.0, above=True, maximum=1e38, help="How large each step is.")

    @abstractmethod
    def build(self) -> keras.optimizers.Optimizer:
        """The Keras optimizer with these settings."""


@dataclass(frozen=True)
class Adam(Optimizer):
    """Adam."""

    kind: ClassVar[str] = "Adam"
    summary: ClassVar[str] = "Steps of a size that fits each weight, from running means of gradients and their squares."

    def build(self) -> keras.optimizers.Optimizer:
        import keras

        return keras.optimizers.Adam(learning_rate=self.learning_rate)


def optimizer_type(kind: str) -> type[Optimizer]:
    """Placeholder until the list is whole."""
    return Adam
