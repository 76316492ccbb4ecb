"""From problem to problem, and from one piece of advice to the next: their cards may be far out of sight."""

from __future__ import annotations

from collections.abc import Sequence

from engine.facts import Problem
from gui.document import Document
from gui.stack.card_list import CardList


class ProblemWalk:
    """Chooses the card of one problem after the other; from the last one the way goes on to the first."""

    def __init__(self, document: Document, cards: CardList) -> None:
        self._document = document
        self._cards = cards

    def next(self) -> None:
        """Go to the next problem; where there is none, to the next piece of advice."""
        self._go(1, self._document.analysis.problems or self._document.advice)

    def previous(self) -> None:
        """Go to the problem before, or the piece of advice."""
        self._go(-1, self._document.analysis.problems or self._document.advice)

    def next_advice(self) -> None:
        """Go to the next piece of advice."""
        self._go(1, self._document.advice)

    def _go(self, step: int, found: Sequence[Problem]) -> None:
        paths = list(dict.fromkeys(one.layer for one in found))
        if paths:
            here = self._document.selected
            place = paths.index(here) + step if here in paths else min(step, 0)
            self._document.select(paths[place % len(paths)])
            self._cards.focus_selected()
