"""Dropout: forgets a random part of the values while training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine.geometry import Shapes
from engine.layers import words
from engine.layers.base import Array
from engine.layers.noise import Noise
from engine.parameters import real

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Dropout(Noise):
    """While training, each value becomes 0 by chance; those that stay grow so that their sum remains alike."""

    kind: ClassVar[str] = "Dropout"
    summary: ClassVar[str] = "Silences a random part of the values while training, against learning by heart."
    at_prediction: ClassVar[str] = "nothing is dropped at prediction"

    rate: float = real(
        0.5,
        minimum=0.0,
        maximum=1.0,
        below=True,
        help="The share of values that is silenced in each step. 0.2 to 0.5 is usual; more makes learning slow.",
    )

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Dropout(self.rate, seed=seed, name=name)

    def in_training(self, image: Array, random: np.random.Generator) -> Array | None:
        kept = random.random(image.shape) >= self.rate
        return np.where(kept, image / (1.0 - self.rate), 0.0)

    def caption(self) -> str:
        return f"{100 * self.rate:g} %"

    def explain(self, inputs: Shapes) -> str:
        kept = 1.0 - self.rate
        return (
            f"In each training step {100 * self.rate:g} % of the values ({words.size(inputs[0])}), drawn at random, "
            f"become 0, and the others are multiplied by {1 / kept:.4g} to make up for it. No part of the network can "
            "rely on one other part, so it learns by heart less. At prediction it does nothing."
        )
