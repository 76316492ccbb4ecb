"""Add: several inputs are added up, value by value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from engine.geometry import Shapes
from engine.layers import words
from engine.layers.base import Arithmetic, Array
from engine.layers.merging import MergingByValue


@dataclass(frozen=True)
class Add(MergingByValue):
    """The sum of its inputs: the end of a shortcut."""

    kind: ClassVar[str] = "Add"
    summary: ClassVar[str] = "Adds up several inputs value by value: where a shortcut meets what it went around."

    def arithmetic_of(self, images: Sequence[Array], weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        terms = self.terms(images, at)
        value = sum(one.input for one in terms)
        return Arithmetic(f"the sum of {words.count(len(terms), 'input')} at this place", terms, (), 0.0, value, value)

    def explain(self, inputs: Shapes) -> str:
        return (
            f"{words.count(len(inputs), 'input')} of {' and '.join(words.size(one) for one in inputs)} are added up "
            "value by value. Where one of them is a shortcut, the layers beside it learn only what has to change, and "
            "errors find a short way back through many layers. It learns nothing."
        )
