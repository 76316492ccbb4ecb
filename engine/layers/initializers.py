"""How weights begin, before the first training step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.parameters import Value, declared
from engine.variants import Alternative, Variant, number

if TYPE_CHECKING:
    import keras

_mean = number("mean", 0.0, -100.0, 100.0, "The number around which they lie.")
_stddev = number("stddev", 0.05, 0.0, 100.0, "How far they lie from it on average.")

FOR_ANY = (
    Alternative("glorot_uniform", "evenly spread random numbers, scaled to the size of the layer (Glorot)"),
    Alternative("glorot_normal", "bell-shaped random numbers, scaled to the size of the layer (Glorot)"),
    Alternative("he_uniform", "evenly spread random numbers, scaled for ReLU (He)"),
    Alternative("he_normal", "bell-shaped random numbers, scaled for ReLU (He)"),
    Alternative("lecun_uniform", "evenly spread random numbers, scaled to what enters (LeCun)"),
    Alternative("lecun_normal", "bell-shaped random numbers, scaled to what enters (LeCun)"),
    Alternative(
        "random_normal", "bell-shaped random numbers around {mean} with a deviation of {stddev}", (_mean, _stddev)
    ),
    Alternative(
        "truncated_normal",
        "bell-shaped random numbers around {mean} with a deviation of {stddev}, none further off than twice that",
        (_mean, _stddev),
    ),
    Alternative(
        "random_uniform",
        "evenly spread random numbers from {minval} to {maxval}",
        (
            number("minval", -0.05, -100.0, 100.0, "The smallest of them."),
            number("maxval", 0.05, -100.0, 100.0, "The largest of them."),
        ),
        ascending=True,
    ),
    Alternative("zeros", "zeros"),
    Alternative("ones", "ones"),
    Alternative(
        "constant", "the number {value} everywhere", (number("value", 0.1, -1e6, 1e6, "The number they all begin as."),)
    ),
)
"""Initializers of weights of any shape, by Keras's name."""

ORTHOGONAL = Alternative(
    "orthogonal",
    "random patterns that are as unlike each other as possible, times {gain} (orthogonal)",
    (number("gain", 1.0, 0.0, 100.0, "What the patterns are multiplied with."),),
)


@dataclass(frozen=True, kw_only=True)
class Initializer(Variant):
    """How one weight array begins."""

    def build(self, value: Value, seed: int | None) -> keras.initializers.Initializer:
        """Keras's initializer, drawing from its own `seed` so that the weights depend on nothing else."""
        import keras

        alternative, numbers = self.chosen(value)
        made = getattr(keras.initializers, alternative.keras_class)
        drawn = {} if alternative.name in ("zeros", "ones", "constant") else {"seed": seed}
        return made(**numbers, **drawn)


def kernel_initializer() -> Any:
    """Declare the field of a layer type that says how its kernel begins."""
    return declared(
        Initializer(
            default="glorot_uniform",
            alternatives=(*FOR_ANY[:6], ORTHOGONAL, *FOR_ANY[6:]),
            help="How the weights begin. Glorot suits most networks, He deep ones with ReLU. "
            "From zeros all filters or units learn the same.",
            advanced=True,
        )
    )


def vector_initializer(default: str, what: str) -> Any:
    """Declare the field of a layer type that says how a list of numbers begins, one for each map or unit."""
    return declared(
        Initializer(
            default=default,
            alternatives=FOR_ANY,
            help=f"How {what} begins. {default.capitalize()} are usual.",
            advanced=True,
        )
    )
