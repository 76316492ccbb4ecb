"""RandAugment: a few changes of a fixed list, drawn for each image."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from engine.augmentation.base import (
    Family,
    ImageChange,
    Likeness,
    affine,
    around_centre,
    strength,
    transformed,
    written,
)
from engine.augmentation.colour import saturated
from engine.augmentation.draws import Draws
from engine.augmentation.random_contrast import contrasted
from engine.parameters import integer

if TYPE_CHECKING:
    import tensorflow as tf

MOVEMENTS: Final = ("rotate", "shear sideways", "shear up and down", "shift sideways", "shift up and down")
PIXELS: Final = ("identity", "autocontrast", "solarize", "posterize", "contrast", "brightness", "sharpness")
COLOURS: Final = ("colour",)

DEGREES: Final = 30.0
SHEAR: Final = 0.3
SHIFT: Final = 0.45
FACTOR: Final = 0.9
BITS: Final = 4


@dataclass(frozen=True)
class RandAugment(ImageChange):
    """Changes drawn evenly from a list of 13, one after the other, all with the same magnitude.

    Source: Cubuk et al., "RandAugment: Practical automated data augmentation with a reduced search space" (2019),
    without its equalize; what a movement uncovers is mirrored instead of grey. Grey images get no change of colour.
    """

    kind: ClassVar[str] = "RandAugment"
    family: ClassVar[Family] = Family.SEVERAL
    summary: ClassVar[str] = "Draws changes for each image from a list of 13, so that there are only two things to set."

    operations: int = integer(
        2, minimum=1, maximum=5, label="Changes", help="How many changes each image gets, one after the other."
    )
    magnitude: float = strength(
        0.3,
        maximum=1.0,
        help="How strong all of them are: 0 is hardly at all, 1 is as much as can be.",
    )

    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        for number in range(self.operations):
            images = self._changed_once(images, draws.within(number))
        return images

    def names(self, channels: int) -> tuple[str, ...]:
        """What is drawn from, for images of so many channels."""
        return MOVEMENTS + PIXELS + (COLOURS if channels == 3 else ())

    def drawn(self, draws: Draws, channels: int) -> tuple[tf.Tensor, tf.Tensor]:
        """Which of the names each image gets: int32, (batch,); and to which side: float32, (batch,), 1 or -1."""
        import tensorflow as tf

        names = self.names(channels)
        return tf.cast(draws.uniform(0, 0.0, float(len(names))), tf.int32), tf.where(draws.chance(1, 0.5), 1.0, -1.0)

    def _changed_once(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        height, width, channels = images.shape[1:]
        names = self.names(channels)
        drawn, side = self.drawn(draws, channels)
        factor = 1.0 + FACTOR * self.magnitude * side
        changed = transformed(images, self._transform(drawn, side, height, width))
        for place, name in enumerate(names):
            if change := self._changes().get(name):
                changed = tf.where((drawn == place)[:, None, None, None], change(changed, factor), changed)
        return changed

    def _transform(self, drawn: tf.Tensor, side: tf.Tensor, height: int, width: int) -> tf.Tensor:
        """At most one of these is other than nothing for an image, so that they add up to that one."""
        import tensorflow as tf

        signed = self.magnitude * side
        amounts = (math.radians(DEGREES), SHEAR, SHEAR, SHIFT * width, SHIFT * height)
        turn, sideways, down, right, below = (
            tf.where(drawn == place, signed * most, 0.0) for place, most in enumerate(amounts)
        )
        cos, sin = tf.cos(turn), tf.sin(turn)
        bent = around_centre(((cos, sideways - sin), (down + sin, cos)), side, height, width)
        return tf.matmul(affine(((1.0, 0.0, -right), (0.0, 1.0, -below)), side), bent)

    def _changes(self) -> dict[str, Callable[[tf.Tensor, tf.Tensor], tf.Tensor]]:
        """By name, what makes a change of images and a factor on one side of 1."""
        return {
            "autocontrast": lambda images, _: autocontrasted(images),
            "solarize": lambda images, _: solarized(images, 256.0 * (1.0 - self.magnitude)),
            "posterize": lambda images, _: posterized(images, 8 - round(BITS * self.magnitude)),
            "contrast": contrasted,
            "brightness": brightened,
            "sharpness": sharpened,
            "colour": saturated,
        }

    def likeness(self) -> Likeness | None:
        arguments = (f"num_ops={self.operations}", f"factor={written(self.magnitude)}")
        return Likeness("RandAugment", arguments, "Its list of changes and their magnitudes are a little different.")


def autocontrasted(images: tf.Tensor) -> tf.Tensor:
    """Each channel of each image stretched over all values from 0 to 255; a channel of one value stays."""
    import tensorflow as tf

    low = tf.reduce_min(images, axis=(1, 2), keepdims=True)
    span = tf.reduce_max(images, axis=(1, 2), keepdims=True) - low
    return tf.where(span > 0, tf.math.divide_no_nan((images - low) * 255.0, span), images)


def solarized(images: tf.Tensor, threshold: float) -> tf.Tensor:
    """Values from the threshold on are inverted."""
    import tensorflow as tf

    return tf.where(images >= threshold, 255.0 - images, images)


def posterized(images: tf.Tensor, bits: int) -> tf.Tensor:
    """Only the highest bits of each value are kept."""
    import tensorflow as tf

    step = float(2 ** (8 - bits))
    return tf.floor(images / step) * step if bits < 8 else images


def brightened(images: tf.Tensor, factor: tf.Tensor) -> tf.Tensor:
    """Images with so many times their light; `factor` is (batch,)."""
    import tensorflow as tf

    return tf.clip_by_value(images * factor[:, None, None, None], 0.0, 255.0)


def sharpened(images: tf.Tensor, factor: tf.Tensor) -> tf.Tensor:
    """Images moved away from a smooth copy, or towards it: neighbours weigh 1 and the pixel itself 5, of 13.

    The outermost pixels stay, as in Pillow. `factor` is (batch,); 1 changes nothing.
    """
    import tensorflow as tf

    height, width, channels = images.shape[1:]
    if height < 3 or width < 3:
        return images
    weights = tf.constant([[1, 1, 1], [1, 5, 1], [1, 1, 1]], tf.float32) / 13.0
    weights = tf.repeat(weights[:, :, None, None], channels, axis=2)
    smooth = tf.nn.depthwise_conv2d(images, weights, (1, 1, 1, 1), "VALID")
    inner = images[:, 1:-1, 1:-1]
    difference = tf.pad(smooth - inner, ((0, 0), (1, 1), (1, 1), (0, 0)))
    moved = images + (1.0 - factor)[:, None, None, None] * difference
    return tf.clip_by_value(moved, 0.0, 255.0)
