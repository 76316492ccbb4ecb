"""RandomHue: turns the wheel of colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, Likeness, strength, written
from engine.augmentation.colour import ColourChange
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomHue(ColourChange):
    """Turns the hue of all pixels of each image by the same part of the wheel of colours (HSV)."""

    kind: ClassVar[str] = "RandomHue"
    family: ClassVar[Family] = Family.LIGHT
    summary: ClassVar[str] = (
        "Changes which colours each image has: red becomes a little orange. Not where colours count."
    )

    share: float = strength(
        0.05, maximum=0.5, help="The strongest change, as a share of the wheel of colours; 0.5 gives any colour."
    )

    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        turn = draws.uniform(0, -self.share, self.share)[:, None, None]
        hue, saturation, value = tf.unstack(tf.image.rgb_to_hsv(images / 255.0), axis=-1)
        turned = tf.image.hsv_to_rgb(tf.stack([tf.math.floormod(hue + turn, 1.0), saturation, value], axis=-1))
        return tf.clip_by_value(turned * 255.0, 0.0, 255.0)

    def likeness(self) -> Likeness | None:
        return Likeness("RandomHue", (written(2 * self.share),), "It turns the wheel its own way.")
