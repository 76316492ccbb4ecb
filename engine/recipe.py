"""The recipe: how a network is trained."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from engine import limits
from engine.optimizers import Adam, Optimizer
from engine.parameters import Configured, choice, integer, real


@dataclass(frozen=True)
class Recipe(Configured):
    """How to train: optimizer, loss, batch size, epochs, early stopping, checkpoints. No seed, no callbacks."""

    kind: ClassVar[str] = "Recipe"

    epochs: int = integer(10, minimum=1, maximum=limits.MAX_EPOCHS, help="How many times every training image is seen.")
    batch_size: int = integer(
        32,
        minimum=1,
        maximum=limits.MAX_BATCH_SIZE,
        unit="images",
        help="Images in one training step. Larger ones are faster and smoother, smaller ones often generalise better.",
    )
    loss: str = choice(
        "categorical_crossentropy",
        choices=("categorical_crossentropy",),
        help="What training makes small: how surprised the network is by the right class.",
        advanced=True,
    )
    label_smoothing: float = real(
        0.0,
        minimum=0.0,
        maximum=1.0,
        below=True,
        help="Takes this share of certainty from the right class and spreads it over all, against over-confidence.",
        advanced=True,
    )
    patience: int | None = integer(
        None,
        minimum=1,
        maximum=limits.MAX_EPOCHS,
        optional=True,
        none_text="off",
        label="Early stopping",
        unit="epochs",
        help="Stops when the validation loss has not improved for this many epochs.",
    )
    checkpoint_seconds: int = integer(
        60,
        minimum=1,
        maximum=86_400,
        label="Checkpoint at least every",
        unit="s",
        help="A checkpoint is written after every epoch, and within an epoch after this time: what a crash can cost.",
        advanced=True,
    )
    optimizer: Optimizer = field(default_factory=Adam)
