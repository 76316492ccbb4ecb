"""What the layers that disturb values while training share: at prediction they do nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from engine.geometry import Elementwise, Geometry, Shape, Shapes, place
from engine.layers.base import Arithmetic, Array, Family, LayerType, Term


@dataclass(frozen=True)
class Noise(LayerType):
    """A layer that draws at random in every training step and passes values on at prediction."""

    family: ClassVar[Family] = Family.REGULARISATION
    at_prediction: ClassVar[str]
    """Why the value is the same at prediction, as the end of the sentence "the same value: ..."."""

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Elementwise()

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        value = float(image[at])
        row, column, channel = place(at)
        terms = (Term(row, column, channel, value, 1.0, value),)
        return Arithmetic(f"the same value: {self.at_prediction}", terms, (), 0.0, value, value)

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        return True
