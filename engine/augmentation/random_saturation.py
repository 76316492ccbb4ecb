"""RandomSaturation: makes colours stronger and weaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, Likeness, strength, written
from engine.augmentation.colour import ColourChange, saturated
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomSaturation(ColourChange):
    """Moves all pixels of each image away from their own grey, or towards it."""

    kind: ClassVar[str] = "RandomSaturation"
    family: ClassVar[Family] = Family.LIGHT
    summary: ClassVar[str] = "Makes the colours of each image a little stronger or weaker."

    share: float = strength(0.3, maximum=1.0, help="The strongest change: 0.3 is from 0.7 to 1.3 times the colour.")

    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        return saturated(images, draws.uniform(0, 1.0 - self.share, 1.0 + self.share))

    def likeness(self) -> Likeness | None:
        low, high = written(0.5 - self.share / 2), written(0.5 + self.share / 2)
        return Likeness("RandomSaturation", (f"({low}, {high})",), "It goes by the saturation of HSV.")
