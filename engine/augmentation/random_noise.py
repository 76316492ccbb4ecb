"""RandomNoise: disturbs every value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, ImageChange, Likeness, strength, written
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomNoise(ImageChange):
    """Adds a number of a bell curve around 0 to each value; its deviation is even from nothing to the strongest."""

    kind: ClassVar[str] = "RandomNoise"
    family: ClassVar[Family] = Family.DISTURBANCE
    summary: ClassVar[str] = "Disturbs every pixel a little, as a camera does in the dark."

    share: float = strength(
        0.05, maximum=1.0, label="Strongest noise", help="The largest deviation, as a share of the full brightness."
    )

    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        shape = images.shape[1:]
        noise = tf.reshape(draws.normal(1, math.prod(shape)), (-1, *shape))
        deviation = draws.uniform(0, 0.0, 255.0 * self.share)
        return tf.clip_by_value(images + deviation[:, None, None, None] * noise, 0.0, 255.0)

    def likeness(self) -> Likeness | None:
        differs = "Its noise always has the mean strength of ours."
        return Likeness("GaussianNoise", (written(self.share / 2),), differs, of_shares=True)
