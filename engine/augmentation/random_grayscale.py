"""RandomGrayscale: takes the colours away."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, Likeness, probability, written
from engine.augmentation.colour import ColourChange, greys
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomGrayscale(ColourChange):
    """Makes images grey by chance; they keep their three channels."""

    kind: ClassVar[str] = "RandomGrayscale"
    family: ClassVar[Family] = Family.LIGHT
    summary: ClassVar[str] = "Makes some images grey, so that shape counts for more than colour."

    _: KW_ONLY
    probability: float = probability(0.2)

    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        return tf.broadcast_to(greys(images), tf.shape(images))

    def likeness(self) -> Likeness | None:
        return Likeness("RandomGrayscale", (written(self.probability),), has_probability=True)
