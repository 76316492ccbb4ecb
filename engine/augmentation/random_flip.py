"""RandomFlip: mirrors images."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, Likeness, Movement, affine, probability
from engine.augmentation.draws import Draws
from engine.parameters import flag

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class RandomFlip(Movement):
    """Mirrors images by chance; left and right, and up and down, each with the probability."""

    kind: ClassVar[str] = "RandomFlip"
    family: ClassVar[Family] = Family.PLACE
    summary: ClassVar[str] = "Mirrors images by chance. Not for things whose sides matter, such as digits and letters."

    horizontal: bool = flag(True, label="Left and right", help="Images are mirrored left to right.")
    vertical: bool = flag(False, label="Up and down", help="Images are mirrored upside down.")
    _: KW_ONLY
    probability: float = probability(0.5)

    def change(self, images: tf.Tensor, draws: Draws) -> tf.Tensor:
        import tensorflow as tf

        for index, (wanted, axis) in enumerate(((self.horizontal, 2), (self.vertical, 1))):
            if wanted:
                chosen = draws.chance(index, self.probability)[:, None, None, None]
                images = tf.where(chosen, tf.reverse(images, [axis]), images)
        return images

    def transform(self, draws: Draws, height: int, width: int) -> tf.Tensor:
        import tensorflow as tf

        one = tf.ones_like(draws.uniform(0, 0.0, 1.0))
        across, down = one, one
        if self.horizontal:
            across = tf.where(draws.chance(0, self.probability), -one, one)
        if self.vertical:
            down = tf.where(draws.chance(1, self.probability), -one, one)
        right, bottom = (1.0 - across) / 2 * (width - 1), (1.0 - down) / 2 * (height - 1)
        return affine(((across, 0.0, right), (0.0, down, bottom)), one)

    def chosen(self, draws: Draws) -> None:
        """All: each of the two ways has a draw of its own."""

    def likeness(self) -> Likeness | None:
        ways = [name for name, on in (("horizontal", self.horizontal), ("vertical", self.vertical)) if on]
        if not ways or not self.probability:
            return None
        differs = "" if self.probability == 0.5 else "It always mirrors half of the images."
        return Likeness("RandomFlip", (f'"{"_and_".join(ways)}"',), differs, has_probability=True)
