"""What the cards of the stack say, as plain values: no widget is needed to test it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from engine.analysis import Analysis
from engine.facts import Facts, Problem
from engine.graph import INPUT_PATH
from engine.inside import inside, is_own
from engine.layers import LayerType
from engine.layers.block import Block
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
        depth: 0 in the stack, 1 inside a block, 2 inside a block in a block.
        opened: Whether a block's inside is shown below it; None for a layer that is no block.
        block: The title of the block that it stands in, or "".
        movable: Whether it can be dragged, and others dropped beside it.
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
    depth: int = 0
    opened: bool | None = None
    block: str = ""
    movable: bool = True

    @property
    def name(self) -> str:
        """What a screen reader says first, and what tests find the card by."""
        if self.depth:
            return f"{self.title} in {self.block}"
        return f"{self.place}. {self.title}" if self.place else self.title

    @property
    def description(self) -> str:
        """The rest of what the card shows, in words."""
        parts = [self.kind if self.title != self.kind else "", f"{self.family} layer", self.caption]
        parts += [f"output {self.shape}" if self.enabled else "switched off", self.dimensions, self.parameters]
        parts += [self.edge]
        parts += [f"Problem: {one.what}" for one in self.problems]
        parts += [f"Advice: {one.what}" for one in self.advice]
        if self.opened is not None:
            parts.append("open, Left closes it" if self.opened else "closed, Right shows what is inside")
        return ", ".join(part for part in parts if part)

    @property
    def tool_tip(self) -> str:
        """What the card has no room for: the named sides of what leaves, and the advice."""
        lines = [f"What leaves: {self.dimensions}"] if self.dimensions else []
        lines += [f"{one.what} {one.fix}" for one in self.advice]
        return "\n".join(lines)


RemediesOf = Callable[[Problem], tuple[Remedy, ...]]


def card_views(
    network: Network,
    analysis: Analysis,
    advice: Sequence[Problem] = (),
    remedies_of: RemediesOf | None = None,
    opened: Collection[str] = frozenset(),
) -> tuple[CardView, ...]:
    """The cards of a network, the input's first.

    Args:
        network: The stack.
        analysis: What is known about it.
        advice: What is to be advised.
        remedies_of: What mends a problem; None offers nothing.
        opened: Paths of the blocks whose insides are shown below them.
    """
    stack = (Layer(INPUT_PATH, network.input), *network.layers)
    advised: dict[str, list[Problem]] = {}
    for one in advice:
        advised.setdefault(one.card, []).append(one)
    views: list[CardView] = []
    for place, layer in enumerate(stack):
        view = _card(place, layer, analysis, tuple(advised.get(layer.id, ())), remedies_of, opened)
        views.append(view)
        if view.opened:
            views += _inside(view, layer.type, layer.enabled, analysis, remedies_of, opened)
    return tuple(views)


def _card(
    place: int,
    layer: Layer,
    analysis: Analysis,
    advice: tuple[Problem, ...],
    remedies_of: RemediesOf | None,
    opened: Collection[str],
) -> CardView:
    problems = _problems(layer.id, layer.id in opened, analysis)
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
        remedies=_remedies(problems, remedies_of),
        advice=advice,
        opened=layer.id in opened if isinstance(layer.type, Block) else None,
        movable=layer.id != INPUT_PATH,
    )


def _inside(
    above: CardView,
    block: LayerType,
    enabled: bool,
    analysis: Analysis,
    remedies_of: RemediesOf | None,
    opened: Collection[str],
) -> Iterator[CardView]:
    """The cards of what is inside a block."""
    previous = ""
    own = is_own(block) and (not above.depth or above.movable)
    for place, child in enumerate(inside(block, analysis.facts.get(above.id)), 1):
        path = f"{above.id}/{child.name}"
        on = enabled and child.enabled
        facts = analysis.facts.get(path) if on else None
        shape = facts.output_shape if facts is not None else None
        parameters = facts.parameters if facts is not None else None
        reads = " and ".join(name or "what enters" for name in child.inputs)
        # A name that says the kind already is enough.
        kind = "" if child.name.split("_")[0] == child.type.kind.lower() else child.type.kind
        elsewhere = f"reads {reads}" if child.inputs != (previous,) else ""
        previous = child.name
        problems = _problems(path, path in opened, analysis)
        view = CardView(
            id=path,
            place=place,
            title=child.name,
            kind=child.type.kind,
            family=child.type.family.value,
            caption=", ".join(part for part in (kind, child.type.caption(), elsewhere) if part),
            shape=words.shape(shape) if facts is not None else "" if on else "off",
            parameters=words.plural(parameters, "param") if parameters else "",
            enabled=on,
            dimensions=words.dimensions(shape) if shape else "",
            edge=_edge(facts) if facts is not None else "",
            problems=problems,
            remedies=_remedies(problems, remedies_of),
            advice=(),
            depth=above.depth + 1,
            opened=path in opened if isinstance(child.type, Block) else None,
            block=above.name,
            movable=own,
        )
        yield view
        if view.opened:
            yield from _inside(view, child.type, on, analysis, remedies_of, opened)


def _problems(path: str, opened: bool, analysis: Analysis) -> tuple[Problem, ...]:
    """The problems that stand on a card: those of its inside too, while that is not shown."""
    found = analysis.problems_of(path)
    return tuple(one for one in found if one.layer == path) if opened else found


def _remedies(problems: Sequence[Problem], remedies_of: RemediesOf | None) -> tuple[tuple[Remedy, ...], ...]:
    return tuple(remedies_of(one)[:MOST_ON_CARD] if remedies_of else () for one in problems)


def _edge(facts: Facts) -> str:
    unused = words.rows_and_columns(*facts.unused)
    return f"{unused} at the edge not used" if unused else ""
