"""Dense: every output looks at every number that enters."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from engine import limits
from engine.geometry import Full, Geometry, Shape, Shapes, Window, place
from engine.layers import learned, needs, words
from engine.layers.activations import ACTIVATIONS, activated, activation, weighted_sum_rule
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Term, Weight
from engine.layers.constraints import constraint
from engine.layers.initializers import kernel_initializer, vector_initializer
from engine.layers.regularizers import regularizer
from engine.parameters import flag, integer

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Dense(LayerType):
    """A fully connected layer. On maps it works at each place by itself, along the channels, as Keras's does."""

    kind: ClassVar[str] = "Dense"
    family: ClassVar[Family] = Family.DENSE
    summary: ClassVar[str] = "Weighs all that was found against each other; the last one gives a number for each class."
    outputs_by: ClassVar[str] = "units"

    units: int = integer(
        10,
        minimum=1,
        maximum=limits.MAX_UNITS,
        help="How many numbers leave. On the last layer: one for each class.",
    )
    activation: str = activation("linear")
    use_bias: bool = flag(True, help="Adds one learned number to each output.", advanced=True)
    kernel_initializer: str = kernel_initializer()
    bias_initializer: str = vector_initializer("zeros", "the biases")
    kernel_regularizer: str | None = regularizer("the weights")
    bias_regularizer: str | None = regularizer("the biases")
    kernel_constraint: str | None = constraint("the weights", (0,))
    bias_constraint: str | None = constraint("the biases", (0,))

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        return needs.several(self.activation, (self.units,))

    def output_shape(self, inputs: Shapes) -> Shape:
        return (*inputs[0][:-1], self.units)

    def geometry(self, inputs: Shapes) -> Geometry:
        return Full() if len(inputs[0]) < 3 else Window((1, 1))

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        kernel = Weight("kernel", (inputs[0][-1], self.units))
        return (kernel, Weight("bias", (self.units,))) if self.use_bias else (kernel,)

    def macs(self, inputs: Shapes) -> int:
        return math.prod(inputs[0]) * self.units

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Dense(name=name, **learned.settings(self, seed))

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        row, column, unit = place(at)
        values = image[at[:-1]].astype(np.float64)
        kernel = weights["kernel"].astype(np.float64)
        bias = weights["bias"].astype(np.float64) if self.use_bias else np.zeros(self.units)
        sums = values @ kernel + bias
        terms = tuple(
            Term(row, column, channel, float(value), float(weight), float(value * weight))
            for channel, (value, weight) in enumerate(zip(values, kernel[:, unit], strict=True))
        )
        return Arithmetic(
            weighted_sum_rule(self.activation, self.use_bias),
            terms,
            (),
            float(bias[unit]),
            float(sums[unit]),
            float(ACTIVATIONS[self.activation].formula(sums)[unit]),
        )

    def last_activation(self) -> str:
        return self.activation

    def caption(self) -> str:
        parts = [words.count(self.units, "unit")]
        if self.activation != "linear":
            parts.append(ACTIVATIONS[self.activation].title)
        return ", ".join(parts)

    def explain(self, inputs: Shapes) -> str:
        shape = inputs[0]
        number = sum(int(np.prod(weight.shape)) for weight in self.weights(inputs))
        entering = words.count(shape[-1], "number")
        if len(shape) == 1:
            scope = f"{words.count(self.units, 'unit')} look at all {entering} that enter."
        else:
            scope = (
                f"At each of the {words.times(shape[:-1])} places {words.count(self.units, 'unit')} look at the "
                f"{words.count(shape[-1], 'channel')} there, and at no other place: it acts as a 1 × 1 convolution. "
                "To look at the whole image at once, put Flatten or global pooling before it."
            )
        return words.sentences(
            scope,
            f"Each unit multiplies the {entering} with its own weights and adds them up"
            f"{', plus its bias' if self.use_bias else ', without a bias'}.",
            activated(self.activation),
            f"It learns {words.count(number, 'number')}.",
            learned.beginnings(self, {"kernel": "the weights"} | learned.biases(self.use_bias)),
        )
