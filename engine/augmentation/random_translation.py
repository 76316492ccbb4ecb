"""RandomTranslation: shifts images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, Likeness, Movement, affine, strength, written
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomTranslation(Movement):
    """Shifts each image by a share of its size, even up to the furthest shift to either side."""

    kind: ClassVar[str] = "RandomTranslation"
    family: ClassVar[Family] = Family.PLACE
    summary: ClassVar[str] = "Shifts each image a little, so that the place of a thing does not matter."

    height: float = strength(
        0.1, maximum=1.0, label="Up and down", help="The furthest shift, as a share of the height."
    )
    width: float = strength(
        0.1, maximum=1.0, label="Left and right", help="The furthest shift, as a share of the width."
    )

    def transform(self, draws: Draws, height: int, width: int) -> tf.Tensor:
        down = draws.uniform(0, -self.height * height, self.height * height)
        across = draws.uniform(1, -self.width * width, self.width * width)
        return affine(((1.0, 0.0, -across), (0.0, 1.0, -down)), down)

    def likeness(self) -> Likeness | None:
        return Likeness("RandomTranslation", (written(self.height), written(self.width)))
