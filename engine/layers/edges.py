"""The four edges of a map: a setting of how much is added to or cut off from each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine import limits
from engine.layers import words
from engine.parameters import Numbers, Pair2, declared


@dataclass(frozen=True, kw_only=True)
class Sides(Numbers):
    """Rows and columns at the top, bottom, left and right. As in Keras, one number or (rows, columns) stands for all.

    Keras's own form, ((top, bottom), (left, right)), is taken too.
    """

    whole: bool = True
    shortest: int = 4
    longest: int = 4

    def _check(self, value: object) -> tuple[int, ...] | tuple[float, ...]:
        if isinstance(value, int) and not isinstance(value, bool):
            return super()._check((value,) * 4)
        if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 2:
            pairs = [tuple(one) if isinstance(one, Sequence) else (one, one) for one in value]
            return super()._check(pairs[0] + pairs[1])
        return super()._check(value)

    def _parse(self, text: str) -> tuple[int, ...] | tuple[float, ...]:
        found = tuple(int(one) for one in super()._parse(text))
        spread = {1: found * 4, 2: tuple(one for one in found for _ in range(2))}
        return spread.get(len(found), found)


def sides(default: tuple[int, int, int, int], *, help: str) -> Any:
    """Declare how much is added to or cut off from each edge."""
    return declared(Sides(default=default, minimum=0, maximum=limits.MAX_WINDOW, unit="px", help=help))


def pairs(sides: tuple[int, ...]) -> tuple[Pair2, Pair2]:
    """The sides as Keras writes them."""
    top, bottom, left, right = sides
    return ((top, bottom), (left, right))


def caption(sides: tuple[int, ...]) -> str:
    """The sides for the card."""
    top, bottom, left, right = sides
    if len(set(sides)) == 1:
        return f"{top} on each side"
    return f"top {top}, bottom {bottom}, left {left}, right {right}"


def said(sides: tuple[int, ...]) -> str:
    """The sides in words."""
    top, bottom, left, right = sides
    return (
        f"{words.count(top, 'row')} at the top, {bottom} at the bottom, "
        f"{words.count(left, 'column')} at the left and {right} at the right"
    )
