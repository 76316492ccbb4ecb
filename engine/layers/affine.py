"""What the normalising layers learn: a new spread (gamma) and a new mean (beta) for each channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.layers import words
from engine.layers.base import Array, Weight
from engine.parameters import flag, real


def epsilon(default: float = 0.001) -> Any:
    """Declare the number that keeps a variance of 0 from dividing by zero."""
    return real(
        default,
        minimum=0.0,
        above=True,
        maximum=1.0,
        help="A small number added to the variance, so that nothing is divided by zero.",
        advanced=True,
    )


def center() -> Any:
    """Declare whether a new mean is learned."""
    return flag(True, help="Learns a new mean for each channel (beta).", advanced=True)


def scale() -> Any:
    """Declare whether a new spread is learned."""
    return flag(True, help="Learns a new spread for each channel (gamma).", advanced=True)


def weights(channels: int, scale: bool, center: bool) -> tuple[Weight, ...]:
    """Gamma and beta, in Keras's order, as far as they are learned."""
    gamma = (Weight("gamma", (channels,)),) if scale else ()
    beta = (Weight("beta", (channels,)),) if center else ()
    return (*gamma, *beta)


def line(weights: Mapping[str, Array], channel: int, mean: float, deviation: float) -> tuple[float, float]:
    """Factor and summand that a value meets: (x − mean) ÷ deviation × gamma + beta, multiplied out."""
    gamma = float(weights["gamma"][channel]) if "gamma" in weights else 1.0
    beta = float(weights["beta"][channel]) if "beta" in weights else 0.0
    factor = gamma / deviation
    return factor, beta - mean * factor


def rule(mean: float, deviation: float, of: str, scale: bool, center: bool) -> str:
    """The rule in words; `of` says whose mean and deviation they are."""
    learned = (", × gamma" if scale else "") + (", + beta" if center else "")
    return f"(input − {mean:.4g}) ÷ {deviation:.4g}, the mean and deviation of {of}{learned}"


def learning(channels: int, scale: bool, center: bool) -> str:
    """What is learned, as a sentence."""
    parts = [text for text, on in (("a new spread (gamma)", scale), ("a new mean (beta)", center)) if on]
    if not parts:
        return "It learns nothing itself."
    return f"It learns {words.count(len(parts) * channels, 'number')}: {' and '.join(parts)} for each channel."


def arrays(scale: bool, center: bool) -> dict[str, str]:
    """What is learned, by the prefix of its settings, with the words for it."""
    names = (("gamma", scale), ("beta", center))
    return {name: f"the values of {name}" for name, on in names if on}
