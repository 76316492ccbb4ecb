"""Rescaling: brings pixel values into a range in which networks learn well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.geometry import Elementwise, Geometry, Shape, Shapes, place
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Family, LayerType, Moments, Term
from engine.parameters import real

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Rescaling(LayerType):
    """Multiplies every value and adds a number."""

    kind: ClassVar[str] = "Rescaling"
    family: ClassVar[Family] = Family.NORMALISATION
    summary: ClassVar[str] = "Brings pixel values from 0…255 into a small range such as 0…1; usually the first layer."

    scale: float = real(
        1 / 255,
        minimum=-1e6,
        maximum=1e6,
        help="What every value is multiplied with. 1/255 turns 0…255 into 0…1.",
    )
    offset: float = real(
        0.0,
        minimum=-1e6,
        maximum=1e6,
        help="What is added after that. With a scale of 1/127.5 and an offset of −1 values run from −1 to 1.",
    )

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Elementwise()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Rescaling(name=name, **self.values())

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        value = float(image[at])
        row, column, channel = place(at)
        result = value * self.scale + self.offset
        terms = (Term(row, column, channel, value, self.scale, value * self.scale),)
        return Arithmetic("value × scale + offset", terms, (), self.offset, result, result)

    def moments(self, entering: Moments) -> Moments:
        return Moments(
            tuple(one * self.scale + self.offset for one in entering.mean),
            tuple(one * self.scale**2 for one in entering.variance),
        )

    def usual_values(self) -> tuple[float, float]:
        return (0.0, 255.0)

    def caption(self) -> str:
        return f"× {self._scale}" + (f" {self._offset}" if self.offset else "")

    @property
    def _scale(self) -> str:
        return self.parameter("scale").text(self.scale)

    @property
    def _offset(self) -> str:
        sign = "−" if self.offset < 0 else "+"
        return f"{sign} {self.parameter('offset').text(abs(self.offset))}"

    def explain(self, inputs: Shapes) -> str:
        low, high = sorted((self.offset, 255 * self.scale + self.offset))
        adding = f" and {self._offset}" if self.offset else ""
        return (
            f"Every value ({words.size(inputs[0])}) is taken × {self._scale}{adding}: pixels from 0 to 255 would run "
            f"from {low:.6g} to {high:.6g}. Weights begin small, so they learn well only from small values. "
            "It learns nothing."
        )
