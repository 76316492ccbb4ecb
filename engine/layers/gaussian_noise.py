"""GaussianNoise: adds random numbers while training."""

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
class GaussianNoise(Noise):
    """While training, a bell-shaped random number around 0 is added to each value."""

    kind: ClassVar[str] = "GaussianNoise"
    summary: ClassVar[str] = "Adds a little noise to every value while training, so that small changes do not matter."
    at_prediction: ClassVar[str] = "nothing is added at prediction"

    stddev: float = real(
        0.1,
        minimum=0.0,
        maximum=1.0,
        label="Standard deviation",
        help="How strong the noise is: two thirds of the numbers added are smaller. "
        "Right after the input it counts in the values that Rescaling gives.",
    )

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.GaussianNoise(self.stddev, seed=seed, name=name)

    def in_training(self, image: Array, random: np.random.Generator) -> Array | None:
        return image + random.normal(0.0, self.stddev, image.shape)

    def caption(self) -> str:
        return f"± {self.stddev:g}"

    def explain(self, inputs: Shapes) -> str:
        return (
            f"In each training step a random number is added to each value ({words.size(inputs[0])}): bell-shaped "
            f"around 0 with a deviation of {self.stddev:g}. The network never sees quite the same image twice and "
            "learns what stays the same in spite of the noise. At prediction it does nothing."
        )
