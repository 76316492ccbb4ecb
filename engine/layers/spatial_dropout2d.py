"""SpatialDropout2D: forgets whole maps at random while training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine.geometry import Shapes
from engine.layers import needs, words
from engine.layers.base import Array, Fault
from engine.layers.noise import Noise
from engine.parameters import real

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class SpatialDropout2D(Noise):
    """While training, each map of each image becomes 0 as a whole by chance (Tompson and others, 2015)."""

    kind: ClassVar[str] = "SpatialDropout2D"
    summary: ClassVar[str] = "Silences whole maps at random while training: dropout for convolutions."
    at_prediction: ClassVar[str] = "no map is dropped at prediction"

    rate: float = real(
        0.5,
        minimum=0.0,
        maximum=1.0,
        below=True,
        help="The share of maps that is silenced in each step. After convolutions 0.1 to 0.3 is usual.",
    )

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        return needs.maps(inputs[0])

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.SpatialDropout2D(self.rate, seed=seed, name=name)

    def in_training(self, image: Array, random: np.random.Generator) -> Array | None:
        kept = random.random(image.shape[-1]) >= self.rate
        return np.where(kept, image / (1.0 - self.rate), 0.0)

    def caption(self) -> str:
        return f"{100 * self.rate:g} %"

    def explain(self, inputs: Shapes) -> str:
        return (
            f"In each training step {100 * self.rate:g} % of the {words.count(inputs[0][-1], 'map')}, drawn at random "
            f"for each image, become 0 as a whole, and the others are multiplied by {1 / (1 - self.rate):.4g} to make "
            "up for it. Neighbouring pixels of a map say nearly the same, so dropping single ones, as Dropout does, "
            "would take little away. At prediction it does nothing."
        )
