"""Cropping2D: the edges of the maps are cut off."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from engine.geometry import Shape, Shapes
from engine.layers import edges, words
from engine.layers.base import Fault
from engine.layers.resampling import Resampling2D, Taps, shifted
from engine.parameters import Pair2

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Cropping2D(Resampling2D):
    """Takes rows and columns away at the edges."""

    kind: ClassVar[str] = "Cropping2D"
    summary: ClassVar[str] = "Cuts off the edges of the maps, on each side as much as you like."

    cropping: tuple[int, ...] = edges.sides((0, 0, 0, 0), help="Rows and columns cut off: top, bottom, left, right.")

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        return super().faults(inputs) or self._emptied(inputs[0])

    def _emptied(self, shape: Shape) -> tuple[Fault, ...]:
        if min(self.sides(shape)) > 0:
            return ()
        return (
            Fault(
                f"Of maps of {words.times(shape[:2])} nothing is left when {edges.said(self.cropping)} are cut off.",
                "At least one row and one column stay.",
                "Lower cropping, or make the maps above larger.",
                ((("cropping", self._fitting(shape)),),),
            ),
        )

    def _fitting(self, shape: Shape) -> tuple[int, ...]:
        """As much of the cropping, first at the top and left, as leaves one row and one column."""
        top, left = (min(self.cropping[2 * axis], shape[axis] - 1) for axis in (0, 1))
        return (top, min(self.cropping[1], shape[0] - 1 - top), left, min(self.cropping[3], shape[1] - 1 - left))

    def sides(self, shape: Shape) -> Pair2:
        top, bottom, left, right = self.cropping
        return (shape[0] - top - bottom, shape[1] - left - right)

    def taps(self, axis: int, shape: Shape) -> tuple[Taps, ...]:
        return shifted(shape[axis], self.cropping[2 * axis], self.sides(shape)[axis])

    def strides(self, shape: Shape) -> tuple[Fraction, Fraction]:
        return (Fraction(1), Fraction(1))

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.Cropping2D(edges.pairs(self.cropping), name=name)

    def caption(self) -> str:
        return edges.caption(self.cropping)

    def explain(self, inputs: Shapes) -> str:
        height, width, channels = inputs[0]
        return (
            f"Of each of the {words.count(channels, 'map')} {edges.said(self.cropping)} are cut off: {height} × "
            f"{width} places become {words.times(self.sides(inputs[0]))}, and the rest stays as it is. "
            "It learns nothing."
        )
