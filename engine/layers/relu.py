"""ReLU: negative values become 0."""

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
class ReLU(LayerType):
    """The rectified linear unit, with Keras's three settings."""

    kind: ClassVar[str] = "ReLU"
    family: ClassVar[Family] = Family.ACTIVATION
    summary: ClassVar[str] = "Turns negative values into 0 and keeps the rest; the usual bend after a convolution."

    max_value: float | None = real(
        None, minimum=0.0, maximum=1e6, optional=True, none_text="no limit", help="Values above it are cut to it."
    )
    negative_slope: float = real(
        0.0,
        minimum=0.0,
        maximum=1.0,
        help="What is kept of values below the threshold. A little, such as 0.1, keeps every filter learning.",
    )
    threshold: float = real(0.0, minimum=0.0, maximum=1e6, help="Values up to it count as negative.", advanced=True)

    def output_shape(self, inputs: Shapes) -> Shape:
        return inputs[0]

    def geometry(self, inputs: Shapes) -> Geometry:
        return Elementwise()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.ReLU(name=name, **self.values())

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        value = float(image[at])
        row, column, channel = place(at)
        terms = (Term(row, column, channel, value, 1.0, value),)
        return Arithmetic(self._rule(), terms, (), 0.0, value, self._bent(value))

    def _bent(self, value: float) -> float:
        if value <= self.threshold:
            return self.negative_slope * (value - self.threshold)
        return value if self.max_value is None else min(value, self.max_value)

    def _rule(self) -> str:
        below = f"{self.negative_slope:g} × (value − {self.threshold:g})" if self.negative_slope else "0"
        above = "the value" if self.max_value is None else f"the value, at most {self.max_value:g}"
        return f"up to {self.threshold:g}: {below}; above: {above}"

    def last_activation(self) -> str:
        return "relu"

    def usual_values(self) -> tuple[float, float]:
        return (-4.0, max(8.0, 1.5 * self.threshold, 1.3 * (self.max_value or 0.0)))

    def caption(self) -> str:
        parts = [f"at most {self.max_value:g}"] if self.max_value is not None else []
        if self.negative_slope:
            parts.append(f"slope {self.negative_slope:g}")
        if self.threshold:
            parts.append(f"above {self.threshold:g}")
        return ", ".join(parts)

    def explain(self, inputs: Shapes) -> str:
        low = f"Values up to {self.threshold:g}" if self.threshold else "Negative values"
        kept = f"keep {self.negative_slope:g} of their distance below it" if self.negative_slope else "become 0"
        high = "larger ones stay as they are" if self.max_value is None else f"larger ones stop at {self.max_value:g}"
        return (
            f"{low} {kept}, {high}. It does so with all values ({words.size(inputs[0])}) and learns nothing. "
            "A filter then says how strongly its pattern is there, and nothing about its opposite."
        )
