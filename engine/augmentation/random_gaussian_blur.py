"""RandomGaussianBlur: makes images less sharp."""

from __future__ import annotations

import math
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, ImageChange, Likeness, probability, strength, written
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomGaussianBlur(ImageChange):
    """Gives each pixel the mean of its neighbours, weighted by a bell curve around it.

    The curve's deviation is even from nothing to the strongest; what lies beyond the border has no weight.
    """

    kind: ClassVar[str] = "RandomGaussianBlur"
    family: ClassVar[Family] = Family.DISTURBANCE
    summary: ClassVar[str] = "Blurs images by chance, so that focus and motion do not matter."

    sigma: float = strength(
        1.0, maximum=10.0, unit="px", label="Strongest blur", help="The largest deviation of the bell curve."
    )
    _: KW_ONLY
    probability: float = probability(0.5)

    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        sigma = tf.maximum(draws.uniform(0, 0.0, self.sigma), 1e-3)
        height, width = images.shape[1:3]
        down = tf.einsum("bij,bjwc->biwc", _weights(sigma, height), images)
        return tf.einsum("bij,bhjc->bhic", _weights(sigma, width), down)

    def likeness(self) -> Likeness | None:
        size = 2 * math.ceil(2 * self.sigma) + 1
        return Likeness("RandomGaussianBlur", ("1.0", f"{size}", f"(0.001, {written(max(self.sigma, 0.001))})"))


def _weights(sigma: tf.Tensor, side: int) -> tf.Tensor:
    """float32, (batch, side, side): how much of the second pixel goes into the first, along one side of the image."""
    import tensorflow as tf

    places = tf.range(side, dtype=tf.float32)
    apart = (places[:, None] - places[None, :]) / sigma[:, None, None]
    weights = tf.exp(-0.5 * tf.square(apart))
    return weights / tf.reduce_sum(weights, axis=2, keepdims=True)
