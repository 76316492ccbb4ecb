"""MixUp: two images shine through one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.augmentation.base import Family, Likeness, Mixing, strength, written
from engine.augmentation.beta import beta
from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True)
class MixUp(Mixing):
    """Each image becomes a share of itself and the rest of another one; so do the targets.

    The share is drawn from Beta(alpha, alpha). Source: Zhang et al., "mixup: Beyond Empirical Risk Minimization"
    (2018); there a batch has one share, here each image has its own.
    """

    kind: ClassVar[str] = "MixUp"
    family: ClassVar[Family] = Family.MIXING
    summary: ClassVar[str] = (
        "Lets two images shine through one another; the network is to say how much of each it sees."
    )

    alpha: float = strength(
        0.2,
        minimum=0.05,
        maximum=2.0,
        help="How evenly images mix: 0.2 is mostly a little, 1 is any share alike, 2 is about half.",
    )

    def mix(
        self, images: tf.Tensor, targets: tf.Tensor, partners: tf.Tensor, draws: Draws
    ) -> tuple[tf.Tensor, tf.Tensor]:
        import tensorflow as tf

        share = self.share(draws)
        own, other = share[:, None, None, None], share[:, None]
        mixed = own * images + (1.0 - own) * tf.gather(images, partners)
        return mixed, other * targets + (1.0 - other) * tf.gather(targets, partners)

    def share(self, draws: Draws) -> tf.Tensor:
        """float32, (batch,): how much of itself each image keeps."""
        import tensorflow as tf

        share, chosen = beta(draws, self.alpha), self.chosen(draws)
        return share if chosen is None else tf.where(chosen, share, 1.0)

    def likeness(self) -> Likeness | None:
        return Likeness("MixUp", (written(self.alpha),))
