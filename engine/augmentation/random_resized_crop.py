"""RandomResizedCrop: a part of each image, enlarged to its size."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, Likeness, Movement, affine, strength, written
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomResizedCrop(Movement):
    """Cuts a part out of each image and enlarges it to the size of the whole.

    The part's area is even between the smallest and all of the image, the logarithm of its stretch is even, and its
    place is even over all where it fits; sides that would be longer than the image are cut to it. Source: the random
    crops of Szegedy et al., "Going Deeper with Convolutions" (2015).
    """

    kind: ClassVar[str] = "RandomResizedCrop"
    family: ClassVar[Family] = Family.PLACE
    summary: ClassVar[str] = "Shows a part of each image, enlarged, so that a part of a thing is enough to know it by."

    area: float = strength(
        0.5, minimum=0.05, maximum=1.0, label="Smallest part", help="The smallest part shown, as a share of the area."
    )
    stretch: float = strength(
        1.33, minimum=1.0, maximum=3.0, help="The strongest change of width against height, to either side."
    )

    def transform(self, draws: Draws, height: int, width: int) -> tf.Tensor:
        import tensorflow as tf

        area = draws.uniform(0, self.area, 1.0)
        stretch = tf.exp(draws.uniform(1, -math.log(self.stretch), math.log(self.stretch)))
        across, down = (tf.minimum(tf.sqrt(one), 1.0) for one in (area * stretch, area / stretch))
        left = draws.uniform(2, 0.0, 1.0) * (1.0 - across) * width
        top = draws.uniform(3, 0.0, 1.0) * (1.0 - down) * height
        # The middle of a pixel lies half a pixel from its edge, in the part as in the whole.
        right, bottom = (0.5 * side + corner - 0.5 for side, corner in ((across, left), (down, top)))
        return affine(((across, 0.0, right), (0.0, down, bottom)), area)

    def likeness(self) -> Likeness | None:
        nearest = written(math.sqrt(self.area) - 1.0)
        return Likeness("RandomZoom", (f"({nearest}, 0)",), "The part that it shows is always in the middle.")
