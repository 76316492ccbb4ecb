"""What the normalising layers learn: a new spread (gamma) and a new mean (beta) for each channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.geometry import place
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Term, Weight
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


def arithmetic(
    value: float,
    weights: Mapping[str, Array],
    at: tuple[int, ...],
    mean: float,
    deviation: float,
    of: str,
    scale: bool,
    center: bool,
) -> Arithmetic:
    """How one value is normalised: (value − mean) ÷ deviation × gamma + beta, multiplied out to one factor and summand.

    Args:
        value: The input at `at`.
        weights: Gamma and beta, as far as they are learned.
        at: Index into the layer's input and output; the channel is its last number.
        mean: That the value is measured against.
        deviation: That it is divided by, above 0.
        of: Whose mean and deviation they are, in words.
        scale: Whether a new spread is learned.
        center: Whether a new mean is learned.
    """
    row, column, channel = place(at)
    gamma = float(weights["gamma"][channel]) if "gamma" in weights else 1.0
    beta = float(weights["beta"][channel]) if "beta" in weights else 0.0
    factor = gamma / deviation
    bias = beta - mean * factor
    result = value * factor + bias
    learned = (", × gamma" if scale else "") + (", + beta" if center else "")
    return Arithmetic(
        f"(input − {mean:.4g}) ÷ {deviation:.4g}, the mean and deviation of {of}{learned}",
        (Term(row, column, channel, value, factor, value * factor),),
        (),
        bias,
        result,
        result,
    )


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
