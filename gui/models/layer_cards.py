"""What the cards of the stack say, as plain values: no widget is needed to test it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.analysis import Analysis
from engine.facts import Problem
from engine.graph import INPUT_PATH
from engine.network import Layer, Network
from gui import words


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
        problems: What is wrong with it.
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
    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """What a screen reader says first, and what tests find the card by."""
        return f"{self.place}. {self.title}" if self.place else self.title

    @property
    def description(self) -> str:
        """The rest of what the card shows, in words."""
        parts = [self.kind if self.title != self.kind else "", f"{self.family} layer", self.caption]
        parts += [f"output {self.shape}" if self.enabled else "switched off", self.parameters]
        parts += [f"Problem: {one.what}" for one in self.problems]
        return ", ".join(part for part in parts if part)


def card_views(network: Network, analysis: Analysis) -> tuple[CardView, ...]:
    """The cards of a network, the input's first."""
    stack = (Layer(INPUT_PATH, network.input), *network.layers)
    return tuple(_card(place, layer, analysis) for place, layer in enumerate(stack))


def _card(place: int, layer: Layer, analysis: Analysis) -> CardView:
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
        problems=analysis.problems_of(layer.id),
        advice=tuple(one for one in analysis.advice if one.layer.split("/")[0] == layer.id),
    )
