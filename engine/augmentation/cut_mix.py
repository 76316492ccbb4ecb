"""CutMix: a piece of another image is pasted in."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, Likeness, Mixing, probability, strength
from engine.augmentation.beta import beta
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class CutMix(Mixing):
    """A rectangle of each image comes from another one; the targets mix as the areas do.

    The area that is kept is drawn from Beta(alpha, alpha), the rectangle has the image's form, and its middle lies
    anywhere, so that it may be cut off at the border. Source: Yun et al., "CutMix: Regularization Strategy to Train
    Strong Classifiers with Localizable Features" (2019); there a batch has one rectangle, here each image has its own.
    """

    kind: ClassVar[str] = "CutMix"
    family: ClassVar[Family] = Family.MIXING
    summary: ClassVar[str] = "Pastes a piece of another image in; the network is to say how much of which it sees."

    alpha: float = strength(
        1.0,
        minimum=0.05,
        maximum=2.0,
        help="Which sizes the piece has: 0.2 is mostly tiny or nearly all, 1 is any alike, 2 is about half.",
    )
    _: KW_ONLY
    probability: float = probability(0.5)

    def mix(
        self, images: tf.Tensor, targets: tf.Tensor, partners: tf.Tensor, draws: Draws
    ) -> tuple[tf.Tensor, tf.Tensor]:
        import tensorflow as tf

        pasted = self.pasted(draws, *images.shape[1:3])
        share = 1.0 - tf.reduce_mean(tf.cast(pasted, tf.float32), axis=(1, 2))[:, None]
        mixed = tf.where(pasted[..., None], tf.gather(images, partners), images)
        return mixed, share * targets + (1.0 - share) * tf.gather(targets, partners)

    def pasted(self, draws: Draws, height: int, width: int) -> tf.Tensor:
        """bool, (batch, height, width): what comes from the other image."""
        import tensorflow as tf

        side = tf.sqrt(1.0 - beta(draws, self.alpha))[:, None]
        inside = []
        for index, length in ((2, height), (3, width)):
            middle = draws.uniform(index, 0.0, float(length))[:, None]
            first, last = (tf.round(middle + sign * side * length / 2) for sign in (-1.0, 1.0))
            places = tf.range(length, dtype=tf.float32)[None, :]
            inside.append((places >= first) & (places < last))
        pasted, chosen = inside[0][:, :, None] & inside[1][:, None, :], self.chosen(draws)
        return pasted if chosen is None else pasted & chosen[:, None, None]

    def likeness(self) -> Likeness | None:
        return Likeness("CutMix", ("1.0",), "Its pieces are of any size alike.")
