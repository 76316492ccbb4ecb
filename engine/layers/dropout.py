"""Dropout: forgets a random part of the values while training."""

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
class Dropout(LayerType):
    """While training, each value becomes 0 by chance; those that stay grow so that their sum remains alike."""

    kind: ClassVar[str] = "Dropout"
    family: ClassVar[Family] = Family.REGULARISATION
    summary: ClassVar[str] = "Silences a random part of the values while training, against learning by heart."

    rate: float = real(
        0.5,
        minimum=0.0,
        maximum=1.0,
        below=True,
        help="The share of values that is silenced in each step. 0.2 to 0.5 is usual; more makes learning slow.",
    )

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Elementwise()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Dropout(self.rate, seed=seed, name=name)

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        value = float(image[at])
        row, column, channel = place(at)
        terms = (Term(row, column, channel, value, 1.0, value),)
        return Arithmetic("the same value: nothing is dropped at prediction", terms, (), 0.0, value, value)

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        return True

    def caption(self) -> str:
        return f"{100 * self.rate:g} %"

    def explain(self, inputs: Shapes) -> str:
        kept = 1.0 - self.rate
        return (
            f"In each training step {100 * self.rate:g} % of the values ({words.size(inputs[0])}), drawn at random, "
            f"become 0, and the others are multiplied by {1 / kept:.4g} to make up for it. No part of the network can "
            "rely on one other part, so it learns by heart less. At prediction it does nothing."
        )
