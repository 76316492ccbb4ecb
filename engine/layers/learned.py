"""How the weights of a layer begin, what penalty lies on them and what they may be: said and built in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.layers.base import LayerType
from engine.layers.constraints import Constraint
from engine.layers.initializers import Initializer
from engine.layers.regularizers import Regularizer


def settings(type: LayerType, seed: int | None) -> dict[str, Any]:
    """The values of a layer type as Keras takes them: names of initializers, regularizers and constraints as objects.

    Each initializer draws from a seed of its own; the first one from `seed` itself.
    """
    found: dict[str, Any] = {}
    drawn = 0
    for parameter in type.parameters():
        value = getattr(type, parameter.name)
        if isinstance(parameter, Initializer):
            value = parameter.build(value, None if seed is None else (seed + drawn) % 2**31)
            drawn += 1
        elif isinstance(parameter, Regularizer | Constraint):
            value = parameter.build(value)
        found[parameter.name] = value
    return found


def biases(used: bool) -> dict[str, str]:
    """What the biases are called, where there are any."""
    return {"bias": "the biases"} if used else {}


def beginnings(type: LayerType, arrays: Mapping[str, str]) -> str:
    """How the weights begin and what holds them, in sentences.

    Args:
        type: A layer type with parameters `{prefix}_initializer`, `{prefix}_regularizer` and `{prefix}_constraint`.
        arrays: What each prefix is called, such as {"kernel": "the weights"}; only these are spoken of.
    """
    begin, held = [], []
    for prefix, name in arrays.items():
        for parameter in type.parameters():
            value = getattr(type, parameter.name)
            if parameter.name.rpartition("_")[0] != prefix or value is None:
                continue
            if isinstance(parameter, Initializer):
                begin.append(f"{name} begin as {parameter.said(value)}")
            elif isinstance(parameter, Regularizer):
                held.append(f"For {name}, {parameter.said(value)}.")
            elif isinstance(parameter, Constraint):
                held.append(f"After each step a rule holds for {name}: {parameter.said(value)}.")
    return " ".join([_sentence("; ".join(begin)), *held]).strip()


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""
