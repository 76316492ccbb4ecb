"""The activation functions: Keras's names, what each does in words, and its formula in numpy.

The formulas work on float arrays of any shape; only softmax looks along the last axis, as Keras's does.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.layers.base import Array
from engine.parameters import choice


@dataclass(frozen=True)
class ActivationFunction:
    """One function that is applied to every value.

    Attributes:
        title: The name that people write ("ReLU").
        words: What it does, as the end of the sentence "ReLU ...".
        formula: The function itself.
    """

    title: str
    words: str
    formula: Callable[[Array], Array]


def _sigmoid(z: Array) -> Array:
    return 0.5 * (1.0 + np.tanh(0.5 * z))


def _softmax(z: Array) -> Array:
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _elu(z: Array) -> Array:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def _selu(z: Array) -> Array:
    # Constants: Klambauer and others, "Self-normalizing neural networks", 2017.
    scale, alpha = 1.0507009873554805, 1.6732632423543772
    return scale * np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0.0)))


def _gelu(z: Array) -> Array:
    bell = np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2.0))
    return np.asarray(0.5 * z * (1.0 + bell))


def _hard_sigmoid(z: Array) -> Array:
    return np.clip(z + 3.0, 0.0, 6.0) / 6.0


ACTIVATIONS: dict[str, ActivationFunction] = {
    "linear": ActivationFunction("no activation", "leaves every value as it is", lambda z: z),
    "relu": ActivationFunction("ReLU", "turns negative values into 0 and keeps the rest", lambda z: np.maximum(z, 0.0)),
    "leaky_relu": ActivationFunction(
        "leaky ReLU", "shrinks negative values to a fifth and keeps the rest", lambda z: np.where(z > 0, z, 0.2 * z)
    ),
    "relu6": ActivationFunction("ReLU6", "turns negative values into 0 and stops at 6", lambda z: np.clip(z, 0.0, 6.0)),
    "elu": ActivationFunction("ELU", "bends negative values smoothly towards −1 and keeps the rest", _elu),
    "selu": ActivationFunction("SELU", "is an ELU scaled so that values keep their spread from layer to layer", _selu),
    "gelu": ActivationFunction("GELU", "is a smooth ReLU that lets small negative values through a little", _gelu),
    "silu": ActivationFunction(
        "SiLU", "multiplies each value by its sigmoid: a smooth ReLU with a small dip", lambda z: z * _sigmoid(z)
    ),
    "mish": ActivationFunction("Mish", "is a smooth ReLU much like SiLU", lambda z: z * np.tanh(np.logaddexp(0.0, z))),
    "hard_silu": ActivationFunction(
        "hard SiLU", "is SiLU made of straight lines, quick to compute", lambda z: z * _hard_sigmoid(z)
    ),
    "sigmoid": ActivationFunction("sigmoid", "squeezes each value into the range from 0 to 1", _sigmoid),
    "hard_sigmoid": ActivationFunction("hard sigmoid", "is a sigmoid made of straight lines", _hard_sigmoid),
    "tanh": ActivationFunction("tanh", "squeezes each value into the range from −1 to 1", np.tanh),
    "softplus": ActivationFunction("softplus", "is a ReLU with a rounded corner", lambda z: np.logaddexp(0.0, z)),
    "softsign": ActivationFunction(
        "softsign", "squeezes each value gently into the range from −1 to 1", lambda z: z / (1.0 + np.abs(z))
    ),
    "softmax": ActivationFunction(
        "softmax", "turns the values into probabilities: positive, and 1 when added up", _softmax
    ),
}


def activation(default: str) -> Any:
    """Declare the field of a layer type that names its activation function."""
    return choice(
        default,
        choices=tuple(ACTIVATIONS),
        help="What happens to each sum: without a bend such as ReLU many layers do no more than one. "
        "Softmax belongs on the last layer: it gives one probability for each class.",
    )


def activated(name: str) -> str:
    """What the activation does, as a sentence; "" for none."""
    return "" if name == "linear" else f"Then {ACTIVATIONS[name].title} {ACTIVATIONS[name].words}."


def weighted_sum_rule(name: str, bias: bool) -> str:
    """The rule of a layer that adds up products."""
    parts = ["sum of input × weight"]
    if bias:
        parts.append("plus bias")
    if name != "linear":
        parts.append(f"then {ACTIVATIONS[name].title}")
    return ", ".join(parts)
