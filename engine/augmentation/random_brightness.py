"""RandomBrightness: makes images brighter and darker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, ImageChange, Likeness, strength, written
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomBrightness(ImageChange):
    """Adds one number to all values of each image."""

    kind: ClassVar[str] = "RandomBrightness"
    family: ClassVar[Family] = Family.LIGHT
    summary: ClassVar[str] = "Makes each image a little brighter or darker, so that the light does not matter."

    share: float = strength(0.2, maximum=1.0, help="The strongest change, as a share of the full brightness.")

    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        change = draws.uniform(0, -255.0 * self.share, 255.0 * self.share)
        return tf.clip_by_value(images + change[:, None, None, None], 0.0, 255.0)

    def likeness(self) -> Likeness | None:
        return Likeness("RandomBrightness", (written(self.share),))
