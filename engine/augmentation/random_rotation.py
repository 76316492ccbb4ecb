"""RandomRotation: turns images."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, Likeness, Movement, around_centre, strength
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomRotation(Movement):
    """Turns each image around its centre, even up to the furthest turn to either side."""

    kind: ClassVar[str] = "RandomRotation"
    family: ClassVar[Family] = Family.PLACE
    summary: ClassVar[str] = "Turns each image a little around its centre."

    degrees: float = strength(10.0, maximum=180.0, unit="°", help="The furthest turn, to either side.")

    def transform(self, draws: Draws, height: int, width: int) -> tf.Tensor:
        import tensorflow as tf

        angle = draws.uniform(0, -math.radians(self.degrees), math.radians(self.degrees))
        along, across = tf.cos(angle), tf.sin(angle)
        return around_centre(((along, -across), (across, along)), angle, height, width)

    def likeness(self) -> Likeness | None:
        return Likeness("RandomRotation", (f"{self.degrees:g} / 360",))
