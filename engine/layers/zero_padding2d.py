"""ZeroPadding2D: a border of zeros around the maps."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from engine.geometry import Shape, Shapes
from engine.layers import edges, words
from engine.layers.resampling import Resampling2D, Taps, shifted
from engine.parameters import Pair2

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class ZeroPadding2D(Resampling2D):
    """Adds rows and columns of zeros at the edges."""

    kind: ClassVar[str] = "ZeroPadding2D"
    summary: ClassVar[str] = "Adds a border of zeros around the maps, on each side as wide as you like."

    padding: tuple[int, ...] = edges.sides((1, 1, 1, 1), help="Rows and columns of zeros: top, bottom, left, right.")

    def sides(self, shape: Shape) -> Pair2:
        top, bottom, left, right = self.padding
        return (shape[0] + top + bottom, shape[1] + left + right)

    def taps(self, axis: int, shape: Shape) -> tuple[Taps, ...]:
        return shifted(shape[axis], -self.padding[2 * axis], self.sides(shape)[axis])

    def strides(self, shape: Shape) -> tuple[Fraction, Fraction]:
        return (Fraction(1), Fraction(1))

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.ZeroPadding2D(edges.pairs(self.padding), name=name)

    def caption(self) -> str:
        return edges.caption(self.padding)

    def explain(self, inputs: Shapes) -> str:
        height, width, channels = inputs[0]
        return words.sentences(
            f"Around each of the {words.count(channels, 'map')} {edges.said(self.padding)} of zeros are added: "
            f"{height} × {width} places become {words.times(self.sides(inputs[0]))}.",
            "A convolution of padding 'valid' after it then loses less at the edge.",
            "It learns nothing.",
        )
