"""PReLU: a ReLU that learns how much of negative values it keeps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.geometry import Elementwise, Geometry, Shape, Shapes, place
from engine.layers import learned, words
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Term, Weight
from engine.layers.constraints import constraint
from engine.layers.initializers import vector_initializer
from engine.layers.regularizers import regularizer
from engine.parameters import choice

if TYPE_CHECKING:
    import keras

_AXES = {"1": "of a row", "2": "of a column", "1, 2": "of a map"}
"""Which values share a slope, by Keras's numbers of the axes along which they do not differ."""


@dataclass(frozen=True)
class PReLU(LayerType):
    """The parametric ReLU (He and others, 2015): negative values are multiplied by learned slopes."""

    kind: ClassVar[str] = "PReLU"
    family: ClassVar[Family] = Family.ACTIVATION
    summary: ClassVar[str] = "A ReLU that learns how much of negative values it keeps, beginning with nothing."

    shared_axes: str | None = choice(
        None,
        choices=tuple(_AXES),
        optional=True,
        none_text="none",
        help="The axes along which one slope is shared: 1 goes down the rows, 2 along the columns. After a convolution "
        "'1, 2' is usual: one slope for each channel. With none every value has a slope of its own.",
    )

    alpha_initializer: str = vector_initializer("zeros", "the slopes")
    alpha_regularizer: str | None = regularizer("the slopes")
    alpha_constraint: str | None = constraint("the slopes", (0,))

    @property
    def _axes(self) -> tuple[int, ...]:
        return tuple(int(one) for one in self.shared_axes.split(", ")) if self.shared_axes else ()

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        if max(self._axes, default=0) <= len(inputs[0]):
            return ()
        return (
            Fault(
                f"What enters is a list of {words.count(inputs[0][0], 'number')}, without columns to share along.",
                "Axis 2 is shared on maps only: height × width × channels.",
                "Set shared_axes to none.",
            ),
        )

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Elementwise()

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        return (Weight("alpha", tuple(1 if axis in self._axes else side for axis, side in enumerate(inputs[0], 1))),)

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.PReLU(name=name, **learned.settings(self, seed) | {"shared_axes": self._axes or None})

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        value = float(image[at])
        row, column, channel = place(at)
        alpha = weights["alpha"]
        slope = float(alpha[tuple(min(place, side - 1) for place, side in zip(at, alpha.shape, strict=True))])
        factor = slope if value < 0 else 1.0
        terms = (Term(row, column, channel, value, factor, value * factor),)
        return Arithmetic(f"below 0: the learned slope {slope:.4g} × value", terms, (), 0.0, value, value * factor)

    def last_activation(self) -> str:
        return "leaky_relu"  # what it is with the slopes of any moment

    def caption(self) -> str:
        return f"shared along {self.shared_axes}" if self.shared_axes else ""

    def explain(self, inputs: Shapes) -> str:
        number = math.prod(self.weights(inputs)[0].shape)
        sharing = "Every value has its own"
        if self.shared_axes:
            which = f"All values {_AXES[self.shared_axes]}" if len(inputs[0]) == 3 else "All values"
            sharing = f"{which} share one (shared along {self.shared_axes})"
        return words.sentences(
            f"Negative values are multiplied by a slope that is learned, the others stay as they are. {sharing}: "
            f"{words.count(number, 'slope')} for {words.size(inputs[0])}. A slope of 0 is a ReLU.",
            learned.beginnings(self, {"alpha": "the slopes"}),
        )
