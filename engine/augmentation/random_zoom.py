"""RandomZoom: enlarges and shrinks images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, Likeness, Movement, around_centre, strength, written
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomZoom(Movement):
    """Enlarges or shrinks each image around its centre; the scale is even between its two ends."""

    kind: ClassVar[str] = "RandomZoom"
    family: ClassVar[Family] = Family.PLACE
    summary: ClassVar[str] = "Shows each image a little larger or smaller, so that the size of a thing does not matter."

    share: float = strength(0.1, maximum=0.9, help="The strongest change: 0.1 is from 0.9 to 1.1 times.")

    def transform(self, draws: Draws, height: int, width: int) -> tf.Tensor:
        scale = 1.0 / draws.uniform(0, 1.0 - self.share, 1.0 + self.share)
        return around_centre(((scale, 0.0), (0.0, scale)), scale, height, width)

    def likeness(self) -> Likeness | None:
        return Likeness("RandomZoom", (f"({written(-self.share)}, {written(self.share)})",))
