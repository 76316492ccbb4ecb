"""RandomErasing: hides a part of each image."""

from __future__ import annotations

import math
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from engine.augmentation.base import Family, ImageChange, Likeness, probability, strength, written
from engine.augmentation.draws import Draws, pcg, share_of
from engine.parameters import choice

if TYPE_CHECKING:
    import tensorflow as tf

SMALLEST: Final = 0.02
STRETCH: Final = 1 / 0.3
"""The smallest area and the strongest stretch. Source: Zhong et al., "Random Erasing Data Augmentation" (2017)."""


@dataclass(frozen=True)
class RandomErasing(ImageChange):
    """Covers a rectangle of each image.

    Its area is even up to the largest, the logarithm of its stretch is even, its place is even over all where it
    fits; sides that would be longer than the image are cut to it.
    """

    kind: ClassVar[str] = "RandomErasing"
    family: ClassVar[Family] = Family.DISTURBANCE
    summary: ClassVar[str] = "Covers a part of each image, so that no single part decides (cutout)."

    area: float = strength(
        0.25, minimum=SMALLEST, maximum=1.0, label="Largest part", help="The largest part covered, as a share of it."
    )
    fill: str = choice(
        "mean", choices=("mean", "black", "noise"), help="What covers it: the image's mean colour, black or noise."
    )
    _: KW_ONLY
    probability: float = probability(0.5)

    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        return tf.where(self.covered(draws, *images.shape[1:3])[..., None], self._cover(images, draws), images)

    def covered(self, draws: Draws, height: int, width: int) -> tf.Tensor:
        """bool, (batch, height, width): what is covered."""
        import tensorflow as tf

        area = draws.uniform(0, SMALLEST, self.area)
        stretch = tf.exp(draws.uniform(1, -math.log(STRETCH), math.log(STRETCH)))
        sides = []
        for index, (side, share) in enumerate(((height, area / stretch), (width, area * stretch))):
            length = tf.clip_by_value(tf.round(tf.sqrt(share) * side), 1.0, float(side))
            first = tf.floor(draws.uniform(2 + index, 0.0, 1.0) * (side - length + 1.0))[:, None]
            places = tf.range(side, dtype=tf.float32)[None, :]
            sides.append((places >= first) & (places < first + length[:, None]))
        return sides[0][:, :, None] & sides[1][:, None, :]

    def _cover(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        if self.fill == "mean":
            return tf.reduce_mean(images, axis=(1, 2), keepdims=True)
        if self.fill == "black":
            return tf.zeros_like(images)
        shape = images.shape[1:]
        places = pcg(tf.cast(tf.range(math.prod(shape)), tf.uint32))[None, :]
        return 255.0 * tf.reshape(share_of(pcg(draws.bits(4)[:, None] + places)), (-1, *shape))

    def likeness(self) -> Likeness | None:
        chance = written(self.probability)
        covers = {"mean": ("fill_value=127.5",), "black": ("fill_value=0.0",), "noise": ()}[self.fill]
        differs = "Its rectangles are drawn another way." + (" They are grey." if self.fill == "mean" else "")
        arguments = (f"({chance}, {chance})", f"({SMALLEST}, {written(self.area)})", *covers)
        return Likeness("RandomErasing", arguments, differs, has_probability=True)
