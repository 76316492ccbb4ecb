"""Activation: one function applied to every value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine.geometry import Elementwise, Full, Geometry, Shape, Shapes, Window, place
from engine.layers import needs, words
from engine.layers.activations import ACTIVATIONS, activation
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Term

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Activation(LayerType):
    """An activation function as a layer of its own."""

    kind: ClassVar[str] = "Activation"
    family: ClassVar[Family] = Family.ACTIVATION
    summary: ClassVar[str] = "Bends every value by one function, so that many layers can do more than one."

    activation: str = activation("relu")

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        return needs.several(self.activation, inputs[0])

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        if not ACTIVATIONS[self.activation].across:
            return Elementwise()
        return Window((1, 1)) if len(inputs[0]) == 3 else Full()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Activation(self.activation, name=name)

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        return bent(self.activation, image, at)

    def last_activation(self) -> str:
        return self.activation

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        return self.activation == "linear"

    def caption(self) -> str:
        return ACTIVATIONS[self.activation].title

    def explain(self, inputs: Shapes) -> str:
        chosen = ACTIVATIONS[self.activation]
        where = ", taking the channels at each place together" if chosen.across else ""
        return (
            f"{chosen.title[0].upper()}{chosen.title[1:]} {chosen.words}{where}. It does so with all values "
            f"({words.size(inputs[0])}) and learns nothing. Without such a bend between them, "
            "two layers that only add up products could be replaced by a single one."
        )


def bent(name: str, image: Array, at: tuple[int, ...]) -> Arithmetic:
    """The arithmetic of the activation called `name` on the value at index `at`."""
    chosen = ACTIVATIONS[name]
    row, column, channel = place(at)
    values = image[at[:-1]].astype(np.float64)
    seen = range(len(values)) if chosen.across else (channel,)
    terms = tuple(Term(row, column, one, float(values[one]), 1.0, float(values[one])) for one in seen)
    among = f" among {words.count(len(values), 'value')}" if chosen.across else ""
    output = float(chosen.formula(values)[channel])
    return Arithmetic(f"{chosen.title} of the value{among}", terms, (), 0.0, float(values[channel]), output)
