"""The activation functions: Keras's names, what each does in words, and its formula in numpy.

The formulas work on float arrays of any shape; those that compare channels look along the last axis, as Keras's do.
Three of Keras's are not here: `glu` halves the channels while Keras's layers say that it keeps them, `threshold` cannot
be named without its two numbers (ReLU has them), and `sparsemax` of Keras 3.15 does not add up to 1.
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
        across: Whether it compares the channels at each place, instead of looking at every value by itself.
    """

    title: str
    words: str
    formula: Callable[[Array], Array]
    across: bool = False


def _sigmoid(z: Array) -> Array:
    return 0.5 * (1.0 + np.tanh(0.5 * z))


def _softmax(z: Array) -> Array:
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _log_softmax(z: Array) -> Array:
    far = z - z.max(axis=-1, keepdims=True)
    return np.asarray(far - np.log(np.exp(far).sum(axis=-1, keepdims=True)))


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


def _hard_shrink(z: Array) -> Array:
    return np.where(np.abs(z) > 0.5, z, 0.0)


def _soft_shrink(z: Array) -> Array:
    return np.sign(z) * np.maximum(np.abs(z) - 0.5, 0.0)


def _sparse_plus(z: Array) -> Array:
    return np.where(z >= 1.0, z, np.square(np.maximum(z, -1.0) + 1.0) / 4.0)


def _squareplus(z: Array) -> Array:
    root = np.sqrt(np.square(z) + 4.0)
    return np.where(z < 0, 2.0 / (root - z), (z + root) / 2.0)  # the same number twice, neither loses digits


def _exponential(z: Array) -> Array:
    return np.exp(np.minimum(z, 700.0))  # beyond it not even a float64 can tell


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
        "softmax", "turns the values into probabilities: positive, and 1 when added up", _softmax, across=True
    ),
    "log_softmax": ActivationFunction(
        "log softmax", "turns the values into the logarithms of probabilities", _log_softmax, across=True
    ),
    "celu": ActivationFunction("CELU", "is an ELU whose slope never jumps, whatever its scale", _elu),
    "exponential": ActivationFunction("exponential", "raises e to the power of each value", _exponential),
    "squareplus": ActivationFunction("squareplus", "is a smooth ReLU made of a square root", _squareplus),
    "sparse_plus": ActivationFunction(
        "sparse plus", "is a ReLU with a rounded corner that is exactly 0 below −1", _sparse_plus
    ),
    "sparse_sigmoid": ActivationFunction(
        "sparse sigmoid",
        "rises in a straight line from 0 at −1 to 1 at 1",
        lambda z: np.clip((z + 1.0) / 2.0, 0.0, 1.0),
    ),
    "log_sigmoid": ActivationFunction(
        "log sigmoid", "is the logarithm of a sigmoid, never above 0", lambda z: -np.logaddexp(0.0, -z)
    ),
    "hard_tanh": ActivationFunction("hard tanh", "cuts each value to −1 to 1", lambda z: np.clip(z, -1.0, 1.0)),
    "tanh_shrink": ActivationFunction(
        "tanh shrink", "takes from each value its tanh, so that small ones nearly vanish", lambda z: z - np.tanh(z)
    ),
    "hard_shrink": ActivationFunction(
        "hard shrink", "turns values from −0.5 to 0.5 into 0 and keeps the rest", _hard_shrink
    ),
    "soft_shrink": ActivationFunction("soft shrink", "brings each value nearer to 0, by up to 0.5", _soft_shrink),
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
