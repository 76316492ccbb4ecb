"""Multiply: several inputs are multiplied, value by value."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from engine.geometry import Shapes
from engine.layers import words
from engine.layers.base import Arithmetic, Array
from engine.layers.merging import MergingByValue


@dataclass(frozen=True)
class Multiply(MergingByValue):
    """The product of its inputs: one of them opens and closes the other like a gate."""

    kind: ClassVar[str] = "Multiply"
    summary: ClassVar[str] = "Multiplies several inputs value by value: one opens and closes the other like a gate."

    def arithmetic_of(self, images: Sequence[Array], weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        terms = self.terms(images, at)
        value = math.prod(one.input for one in terms)
        rule = f"the product of {words.count(len(terms), 'input')} at this place"
        return Arithmetic(rule, terms, (), 0.0, value, value)

    def explain(self, inputs: Shapes) -> str:
        return (
            f"{words.count(len(inputs), 'input')} of {' and '.join(words.size(one) for one in inputs)} are multiplied "
            "value by value; one of 1 × 1 counts for the whole map. Where one of them runs from 0 to 1, it decides how "
            "much of the other passes. It learns nothing."
        )
