"""LeakyReLU: negative values shrink, the rest stays."""

from __future__ import annotations

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
class LeakyReLU(LayerType):
    """A ReLU that lets a little of negative values through, so that no filter stops learning."""

    kind: ClassVar[str] = "LeakyReLU"
    family: ClassVar[Family] = Family.ACTIVATION
    summary: ClassVar[str] = "Shrinks negative values and keeps the rest: a ReLU whose filters never stop learning."

    negative_slope: float = real(
        0.3, minimum=0.0, maximum=100.0, help="What is kept of a negative value. 0.3 keeps three tenths; 0 is ReLU."
    )

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Elementwise()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.LeakyReLU(name=name, **self.values())

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        value = float(image[at])
        row, column, channel = place(at)
        factor = self.negative_slope if value < 0 else 1.0
        terms = (Term(row, column, channel, value, factor, value * factor),)
        return Arithmetic(f"below 0: {self.negative_slope:g} × value", terms, (), 0.0, value, value * factor)

    def last_activation(self) -> str:
        return "leaky_relu"

    def caption(self) -> str:
        return f"slope {self.negative_slope:g}"

    def explain(self, inputs: Shapes) -> str:
        return (
            f"Negative values are multiplied by {self.negative_slope:g}, the others stay as they are. It does so with "
            f"all values ({words.size(inputs[0])}) and learns nothing. Where ReLU gives only zeros and its filter "
            "stops learning, this one still passes something on."
        )
