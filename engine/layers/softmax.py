"""Softmax: values become probabilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.geometry import Full, Geometry, Shape, Shapes, Window
from engine.layers import needs, words
from engine.layers.activation import bent
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Softmax(LayerType):
    """Softmax as a layer of its own, along the channels."""

    kind: ClassVar[str] = "Softmax"
    family: ClassVar[Family] = Family.ACTIVATION
    summary: ClassVar[str] = "Turns the numbers of the classes into probabilities; the last step of a network."

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        return needs.several("softmax", inputs[0])

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Window((1, 1)) if len(inputs[0]) == 3 else Full()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Softmax(name=name)

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        return bent("softmax", image, at)

    def last_activation(self) -> str:
        return "softmax"

    def explain(self, inputs: Shapes) -> str:
        where = "At each place the" if len(inputs[0]) == 3 else "The"
        return (
            f"{where} {words.count(inputs[0][-1], 'value')} become probabilities: e to the power of each, divided by "
            "the sum of them all, so that each is positive and they add up to 1. The largest stays the largest. "
            "It learns nothing."
        )
