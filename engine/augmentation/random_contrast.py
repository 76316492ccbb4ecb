"""RandomContrast: makes images harsher and paler."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, ImageChange, Likeness, strength, written
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomContrast(ImageChange):
    """Moves all values of each image away from the mean of their channel, or towards it."""

    kind: ClassVar[str] = "RandomContrast"
    family: ClassVar[Family] = Family.LIGHT
    summary: ClassVar[str] = "Makes each image a little harsher or paler, so that haze and glare do not matter."

    share: float = strength(0.3, maximum=1.0, help="The strongest change: 0.3 is from 0.7 to 1.3 times the contrast.")

    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        factor = draws.uniform(0, 1.0 - self.share, 1.0 + self.share)
        return contrasted(images, factor)

    def likeness(self) -> Likeness | None:
        return Likeness("RandomContrast", (written(self.share),))


def contrasted(images: tf.Tensor, factor: tf.Tensor) -> tf.Tensor:
    """Images with so many times their contrast; `factor` is (batch,)."""
    import tensorflow as tf

    mean = tf.reduce_mean(images, axis=(1, 2), keepdims=True)
    return tf.clip_by_value(mean + factor[:, None, None, None] * (images - mean), 0.0, 255.0)
