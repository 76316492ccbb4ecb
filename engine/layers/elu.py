"""ELU: negative values bend smoothly towards a floor."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.geometry import Elementwise, Geometry, Shape, Shapes, place
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Family, LayerType, Term
from engine.parameters import real

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class ELU(LayerType):
    """The exponential linear unit (Clevert and others, 2016)."""

    kind: ClassVar[str] = "ELU"
    family: ClassVar[Family] = Family.ACTIVATION
    summary: ClassVar[str] = "Keeps positive values and bends negative ones smoothly towards a floor."

    alpha: float = real(1.0, minimum=0.0, maximum=100.0, help="How far below 0 the floor lies: 1 puts it at −1.")

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Elementwise()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.ELU(name=name, **self.values())

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        value = float(image[at])
        row, column, channel = place(at)
        terms = (Term(row, column, channel, value, 1.0, value),)
        output = value if value > 0 else self.alpha * math.expm1(value)
        return Arithmetic(f"below 0: {self.alpha:g} × (e^value − 1)", terms, (), 0.0, value, output)

    def last_activation(self) -> str:
        return "elu"

    def caption(self) -> str:
        return f"floor at −{self.alpha:g}" if self.alpha else "floor at 0"

    def explain(self, inputs: Shapes) -> str:
        return (
            f"Positive values stay as they are; a negative one becomes {self.alpha:g} × (e^value − 1), which bends "
            f"towards {-self.alpha:g} and never goes below it. It does so with all values ({words.size(inputs[0])}) "
            "and learns nothing. As values below 0 remain, their mean stays nearer to 0 than after ReLU."
        )
