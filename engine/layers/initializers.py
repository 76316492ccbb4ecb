"""How weights begin, before the first training step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.parameters import choice

if TYPE_CHECKING:
    import keras

WORDS: dict[str, str] = {
    "glorot_uniform": "evenly spread random numbers, scaled to the size of the layer (Glorot)",
    "glorot_normal": "bell-shaped random numbers, scaled to the size of the layer (Glorot)",
    "he_uniform": "evenly spread random numbers, scaled for ReLU (He)",
    "he_normal": "bell-shaped random numbers, scaled for ReLU (He)",
    "lecun_uniform": "evenly spread random numbers, scaled to what enters (LeCun)",
    "lecun_normal": "bell-shaped random numbers, scaled to what enters (LeCun)",
    "random_normal": "bell-shaped random numbers around 0, whatever the size of the layer",
    "zeros": "zeros, from which all filters or units learn the same",
}
"""What each initializer gives, by Keras's name."""


def kernel_initializer() -> Any:
    """Declare the field of a layer type that says how its kernel begins."""
    return choice(
        "glorot_uniform",
        choices=tuple(WORDS),
        help="How the weights begin. Glorot suits most networks, He deep ones with ReLU.",
        advanced=True,
    )


def initializer(name: str, seed: int | None) -> keras.initializers.Initializer:
    """Keras's initializer, drawing from its own `seed` so that the weights depend on nothing else."""
    import keras

    found = keras.initializers.get(name)
    return found if seed is None or name == "zeros" else type(found)(seed=seed)
