"""What changes colours only: it needs images that have some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.augmentation.base import ImageChange
from engine.geometry import Shape

if TYPE_CHECKING:
    import tensorflow as tf

WEIGHTS: Final = (0.299, 0.587, 0.114)
"""How bright red, green and blue are. Source: ITU-R BT.601, as Pillow and Keras take it."""


@dataclass(frozen=True)
class ColourChange(ImageChange):
    """A change of colours; images without any stay as they are."""

    def problem(self, shape: Shape) -> str:
        return "" if shape[2] == 3 else "The images are grey: they have no colours that it could change."


def greys(images: tf.Tensor) -> tf.Tensor:
    """float32, (batch, height, width, 1): how bright each pixel is."""
    import tensorflow as tf

    return tf.tensordot(images, tf.constant(WEIGHTS), axes=1)[..., None]


def saturated(images: tf.Tensor, factor: tf.Tensor) -> tf.Tensor:
    """Images with so many times their colour; `factor` is (batch,), 0 is grey."""
    import tensorflow as tf

    grey = greys(images)
    return tf.clip_by_value(grey + factor[:, None, None, None] * (images - grey), 0.0, 255.0)
