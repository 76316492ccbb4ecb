"""Concatenate: the channels of several inputs stand side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from engine.geometry import Shape, Shapes, place
from engine.layers import words
from engine.layers.base import Arithmetic, Array, Fault, Term
from engine.layers.merging import Merging


@dataclass(frozen=True)
class Concatenate(Merging):
    """All channels of its inputs, one input after the other."""

    kind: ClassVar[str] = "Concatenate"
    summary: ClassVar[str] = "Puts the channels of several inputs side by side: where branches come together."

    def mismatch(self, inputs: Shapes) -> tuple[Fault, ...]:
        if len({one[:-1] for one in inputs}) == 1:
            return ()
        return (
            Fault(
                f"Inputs of {' and '.join(words.size(one) for one in inputs)} cannot stand side by side.",
                "All inputs have the same height and width.",
                "Give the branches the same strides, and padding 'same'.",
            ),
        )

    def output_shape(self, inputs: Shapes) -> Shape:
        return (*inputs[0][:-1], sum(one[-1] for one in inputs))

    def arithmetic_of(self, images: Sequence[Array], weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        channel, source = at[-1], 0
        while channel >= images[source].shape[-1]:
            channel -= images[source].shape[-1]
            source += 1
        value = float(images[source][(*at[:-1], channel)])
        row, column, _ = place(at)
        term = Term(row, column, channel, value, 1.0, value, source=source)
        return Arithmetic(f"the value of input {source}, channel {channel}", (term,), (), 0.0, value, value)

    def explain(self, inputs: Shapes) -> str:
        channels = " + ".join(f"{one[-1]:,}" for one in inputs)
        return (
            f"The channels of {words.count(len(inputs), 'input')} stand side by side: {channels} become "
            f"{words.count(sum(one[-1] for one in inputs), 'channel')}. Nothing is computed and nothing is learned; "
            "the next layer sees what all the branches have found."
        )
