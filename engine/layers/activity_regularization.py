"""ActivityRegularization: large values cost something while training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine.geometry import Elementwise, Geometry, Shape, Shapes, place
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Family, LayerType, Term
from engine.parameters import real

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class ActivityRegularization(LayerType):
    """Adds the size of the values that pass through it to the loss, and leaves them as they are."""

    kind: ClassVar[str] = "ActivityRegularization"
    family: ClassVar[Family] = Family.REGULARISATION
    summary: ClassVar[str] = "Makes large values cost something in training, so that few filters answer at once."

    l1: float = real(
        0.0,
        minimum=0.0,
        maximum=1000.0,
        help="What the size of each value costs. It drives most values to exactly 0; 0.00001 to 0.001 is usual.",
    )
    l2: float = real(
        0.0,
        minimum=0.0,
        maximum=1000.0,
        help="What the square of each value costs. It keeps all values small; 0.00001 to 0.001 is usual.",
    )

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Elementwise()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.ActivityRegularization(name=name, **self.values())

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        value = float(image[at])
        row, column, channel = place(at)
        terms = (Term(row, column, channel, value, 1.0, value),)
        return Arithmetic("the same value: only the loss changes, in training", terms, (), 0.0, value, value)

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        return True

    def cost(self, values: Array) -> Array | None:
        return self.l1 * np.abs(values) + self.l2 * np.square(values)

    def caption(self) -> str:
        parts = [f"{name} {value:g}" for name, value in (("L1", self.l1), ("L2", self.l2)) if value]
        return ", ".join(parts) or "off"

    def explain(self, inputs: Shapes) -> str:
        costs = [f"{self.l1:g} × its size" if self.l1 else "", f"{self.l2:g} × its square" if self.l2 else ""]
        cost = " and ".join(one for one in costs if one)
        if not cost:
            return (
                f"The values ({words.size(inputs[0])}) pass as they are, and with l1 and l2 at 0 nothing is added to "
                "the loss either: set one of them."
            )
        return (
            f"The values ({words.size(inputs[0])}) pass as they are. While training, each of them adds {cost} to the "
            "loss (the mean over the images of the batch), so the network learns to answer with small values, and with "
            "few of them. It learns nothing itself, and at prediction it does nothing."
        )
