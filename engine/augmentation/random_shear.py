"""RandomShear: slants images."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, Likeness, Movement, around_centre, strength, written
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomShear(Movement):
    """Slants each image, as italics slant letters, even up to the strongest slant to either side."""

    kind: ClassVar[str] = "RandomShear"
    family: ClassVar[Family] = Family.PLACE
    summary: ClassVar[str] = "Slants each image a little, as if it were seen from the side."

    degrees: float = strength(
        10.0, maximum=60.0, unit="°", label="Sideways", help="How far upright lines lean at most, to either side."
    )
    vertical: float = strength(
        0.0, maximum=60.0, unit="°", label="Up and down", help="How far level lines lean at most, to either side."
    )

    def transform(self, draws: Draws, height: int, width: int) -> tf.Tensor:
        import tensorflow as tf

        sideways = tf.tan(draws.uniform(0, -math.radians(self.degrees), math.radians(self.degrees)))
        down = tf.tan(draws.uniform(1, -math.radians(self.vertical), math.radians(self.vertical)))
        # First sideways, then down: the product of the two, so that a strong one of both still is no mirror image.
        return around_centre(((1.0 + sideways * down, sideways), (down, 1.0)), sideways, height, width)

    def likeness(self) -> Likeness | None:
        sideways, down = (min(math.tan(math.radians(one)), 1.0) for one in (self.degrees, self.vertical))
        return Likeness("RandomShear", (written(sideways), written(down)), "It slants to one side only.")
