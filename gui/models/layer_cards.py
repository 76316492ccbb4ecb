"""What the cards of the stack say, as plain values: no widget is needed to test it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.analysis import Analysis
from engine.facts import Facts, Problem
from engine.graph import INPUT_PATH
from engine.network import Layer, Network
from engine.remedies import Remedy
from gui import words

MOST_ON_CARD = 3
"""Remedies on a card; the settings pane has room for all of them."""


@dataclass(frozen=True)
class CardView:
    """One card.

    Attributes:
        id: The layer's id.
        place: Its place in the stack, from 1; 0 is the input.
        title: Its label, or its kind.
        kind: Its kind.
        family: Its family, which gives the colour.
        caption: The settings that matter.
        shape: The shape that leaves it, or "unknown".
        parameters: "896 params", or "" where it has none.
        enabled: Whether it takes part.
        dimensions: The shape with the names of its sides.
        edge: What a stride that does not divide leaves unused at the edge, in words, or "".
        problems: What is wrong with it.
        remedies: For each of the problems, what mends it.
        advice: What would be better.
    """

    id: str
    place: int
    title: str
    kind: str
    family: str
    caption: str
    shape: str
    parameters: str
    enabled: bool
    dimensions: str
    edge: str
    problems: tuple[Problem, ...]
    remedies: tuple[tuple[Remedy, ...], ...]
    advice: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """What a screen reader says first, and what tests find the card by."""
        return f"{self.place}. {self.title}" if self.place else self.title

    @property
    def description(self) -> str:
        """The rest of what the card shows, in words."""
        parts = [self.kind if self.title != self.kind else "", f"{self.family} layer", self.caption]
        parts += [f"output {self.shape}" if self.enabled else "switched off", self.dimensions, self.parameters]
        parts += [self.edge]
        parts += [f"Problem: {one.what}" for one in self.problems]
        parts += [f"Advice: {one.what}" for one in self.advice]
        return ", ".join(part for part in parts if part)

    @property
    def tool_tip(self) -> str:
        """What the card has no room for: the named sides of what leaves, and the advice."""
        lines = [f"What leaves: {self.dimensions}"] if self.dimensions else []
        lines += [f"{one.what} {one.fix}" for one in self.advice]
        return "\n".join(lines)


def card_views(
    network: Network,
    analysis: Analysis,
    advice: Sequence[Problem] = (),
    remedies_of: Callable[[Problem], tuple[Remedy, ...]] | None = None,
) -> tuple[CardView, ...]:
    """The cards of a network, the input's first.

    Args:
        network: The stack.
        analysis: What is known about it.
        advice: What is to be advised.
        remedies_of: What mends a problem; None offers nothing.
    """
    stack = (Layer(INPUT_PATH, network.input), *network.layers)
    advised: dict[str, list[Problem]] = {}
    for one in advice:
        advised.setdefault(one.card, []).append(one)
    return tuple(
        _card(place, layer, analysis, tuple(advised.get(layer.id, ())), remedies_of)
        for place, layer in enumerate(stack)
    )


def _card(
    place: int,
    layer: Layer,
    analysis: Analysis,
    advice: tuple[Problem, ...],
    remedies_of: Callable[[Problem], tuple[Remedy, ...]] | None,
) -> CardView:
    problems = analysis.problems_of(layer.id)
    facts = analysis.facts.get(layer.id)
    parameters = facts.parameters if facts is not None else None
    known = layer.enabled and facts is not None
    return CardView(
        id=layer.id,
        place=place,
        title=words.display_name(layer.title),
        kind=layer.type.kind,
        family=layer.type.family.value,
        caption=layer.type.caption(),
        shape=words.shape(facts.output_shape) if known and facts is not None else "off" if not layer.enabled else "",
        parameters=words.plural(parameters, "param") if parameters and layer.enabled else "",
        enabled=layer.enabled,
        dimensions=words.dimensions(facts.output_shape) if known and facts is not None and facts.output_shape else "",
        edge=_edge(facts) if known and facts is not None else "",
        problems=problems,
        remedies=tuple(remedies_of(one)[:MOST_ON_CARD] if remedies_of else () for one in problems),
        advice=advice,
    )


def _edge(facts: Facts) -> str:
    unused = words.rows_and_columns(*facts.unused)
    return f"{unused} at the edge not used" if unused else ""
