"""What the program knows about a network before any of it is built: shapes, costs, problems and advice.

Plain Python, fast enough to run after every keystroke; Keras is never asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine import limits
from engine.advice import advice
from engine.edits import Edit, SetValues
from engine.ending import ending_problems
from engine.expansion import Expansion, expand
from engine.facts import Facts, Problem
from engine.graph import Graph
from engine.network import Network

TOO_MANY = "parameters"
"""Topic of the problem that there are more parameters than the program can hold."""

__all__ = ["Analysis", "Facts", "Problem", "analyse"]


@dataclass(frozen=True)
class Analysis:
    """All that is known about a network.

    Attributes:
        facts: By path, in the order of the stack; a block is followed by its children.
        problems: What must be mended before training.
        advice: What would be better; never blocks.
        kept: Values of one image that training keeps, over all layers; None where a fault leaves it unknown.
        graph: The expanded network, or None where there are problems.
        parameters: Total, or None where a fault leaves it unknown; so are `trainable` and `macs`.
    """

    facts: Mapping[str, Facts]
    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...]
    graph: Graph | None
    parameters: int | None
    trainable: int | None
    macs: int | None
    kept: int | None

    def problems_of(self, id: str) -> tuple[Problem, ...]:
        """The problems on a layer or inside it."""
        return tuple(one for one in self.problems if one.layer == id or one.layer.startswith(id + "/"))


def analyse(network: Network, classes: int | None = None, *, advised: bool = True) -> Analysis:
    """Everything that is known about `network`.

    Args:
        network: The stack.
        classes: How many classes the dataset has, or None where no dataset is chosen yet.
        advised: Whether advice is looked for, which is left empty otherwise: who asks only what is wrong waits less.
    """
    found = expand(network)
    problems = list(found.problems)
    graph = parameters = trainable = macs = kept = None
    if found.output is not None:
        facts = [found.facts[node.path] for node in found.nodes]
        parameters = sum(one.parameters or 0 for one in facts)
        trainable = sum(one.trainable or 0 for one in facts)
        macs = sum(one.macs or 0 for one in facts)
        kept = sum(one.kept or 0 for one in facts)
        problems += ending_problems(network, found.facts, classes)
        if parameters > limits.MAX_PARAMETERS:
            problems.append(_too_many(found, parameters))
        if not problems:
            graph = Graph(found.image, tuple(found.nodes), found.output, found.output in found.probable)
    advices = (*advice(network, found.facts, parameters), *found.remarks) if advised else ()
    return Analysis(found.facts, tuple(problems), advices, graph, parameters, trainable, macs, kept)


def _too_many(found: Expansion, parameters: int) -> Problem:
    heaviest = max(found.nodes, key=lambda node: found.facts[node.path].parameters or 0)
    edits: list[Edit] = []
    if heaviest.type.outputs_by:
        own = found.facts[heaviest.path].parameters or 1
        fewer = getattr(heaviest.type, heaviest.type.outputs_by) * (limits.MAX_PARAMETERS - parameters + own) // own
        edits.append(SetValues(heaviest.path, ((heaviest.type.outputs_by, max(1, fewer)),)))
    return Problem(
        heaviest.path.split("/")[0],
        f"The network would have {parameters:,} parameters.",
        f"At most {limits.MAX_PARAMETERS:,} are possible.",
        "Lower the units of this layer, or shrink what enters it with pooling.",
        TOO_MANY,
        tuple(edits),
    )
