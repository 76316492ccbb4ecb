"""GaussianDropout: multiplies values by random numbers while training."""

from __future__ import annotations

import math
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
class GaussianDropout(Noise):
    """While training, each value is multiplied by a random number around 1 (Srivastava and others, 2014)."""

    kind: ClassVar[str] = "GaussianDropout"
    summary: ClassVar[str] = "Makes every value stronger or weaker by chance while training: a gentle dropout."
    at_prediction: ClassVar[str] = "it is multiplied by nothing at prediction"

    rate: float = real(
        0.5,
        minimum=0.0,
        maximum=1.0,
        below=True,
        help="How strong the changes are: as strong, on the whole, as those of Dropout with this rate.",
    )

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.GaussianDropout(self.rate, seed=seed, name=name)

    def in_training(self, image: Array, random: np.random.Generator) -> Array | None:
        return image * random.normal(1.0, math.sqrt(self.rate / (1.0 - self.rate)), image.shape)

    def caption(self) -> str:
        return f"{100 * self.rate:g} %"

    def explain(self, inputs: Shapes) -> str:
        return (
            f"In each training step each value ({words.size(inputs[0])}) is multiplied by a random number, bell-shaped "
            f"around 1 with a deviation of {math.sqrt(self.rate / (1 - self.rate)):.4g}, the square root of rate ÷ "
            f"(1 − rate). That disturbs as much as a dropout of {100 * self.rate:g} %, but nothing is lost altogether. "
            "At prediction it does nothing."
        )
