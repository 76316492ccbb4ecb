"""The Beta distribution, drawn without rejection and without memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.augmentation.draws import Draws

if TYPE_CHECKING:
    import tensorflow as tf


def beta(draws: Draws, alpha: float) -> tf.Tensor:
    """float32, (batch,): from Beta(alpha, alpha), by the draws 0 and 1 of each place in the batch.

    A table of the distribution is looked up at an even draw: its density x^(alpha-1) (1-x)^(alpha-1) summed over the
    lower half, where x = (t^(1/alpha)) / 2 makes it flat at 0 however small alpha is; the upper half mirrors it.
    """
    import numpy as np
    import tensorflow as tf

    parts = 4096
    edges = np.linspace(0.0, 1.0, parts + 1)
    # With x = t^(1/alpha) / 2 the density over t is (1-x)^(alpha-1), up to a factor.
    middles = 0.5 * ((edges[1:] + edges[:-1]) / 2) ** (1.0 / alpha)
    heights = np.concatenate([[0.0], np.cumsum((1.0 - middles) ** (alpha - 1.0))])
    even = np.linspace(0.0, 1.0, parts + 1)
    table = tf.constant(0.5 * np.interp(even, heights / heights[-1], edges) ** (1.0 / alpha), tf.float32)
    place = draws.uniform(0, 0.0, float(parts))
    below = tf.cast(place, tf.int32)
    part = place - tf.cast(below, tf.float32)
    lower = (1.0 - part) * tf.gather(table, below) + part * tf.gather(table, below + 1)
    return tf.where(draws.chance(1, 0.5), lower, 1.0 - lower)
