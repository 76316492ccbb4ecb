"""Remedies: what would mend a problem with one click. Each has been tried on the network before it is offered.

Who finds a problem knows best what would mend it: a layer type names settings in its `Fault`, the endings and the
advice name edits in their `Problem`. What can be said of every layer, such as that it can be removed, is added here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.analysis import Analysis, analyse
from engine.edits import Edit, Insert, Move, Remove, SetValues, SwitchOff
from engine.ending import deciding_layer
from engine.errors import EngineError
from engine.facts import Facts, Problem
from engine.graph import INPUT_PATH
from engine.layers import Family
from engine.layers.base import Entering
from engine.layers.flatten import Flatten
from engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from engine.network import Layer, Network
from engine.parameters import Configured, Value

MOST = 4
"""Remedies that are offered for one problem: more would be a riddle of its own."""

_LOOKED_AT_ABOVE = 6
"""Layers above a fault, nearest first, that are tried as its cause."""


@dataclass(frozen=True)
class Remedy:
    """One way to mend a problem.

    Attributes:
        title: What it does, as the words of a button.
        edit: The change itself, an ordinary edit that can be undone.
    """

    title: str
    edit: Edit

    @property
    def done(self) -> str:
        """The words after "Undo: "."""
        return self.title[:1].lower() + self.title[1:]


def remedies(network: Network, before: Analysis, problem: Problem, classes: int | None = None) -> tuple[Remedy, ...]:
    """What mends `problem`, best first; empty where nothing simple does.

    Args:
        network: The network that has the problem.
        before: What is known about it.
        problem: One of its problems, or a piece of its advice.
        classes: How many classes the dataset has, or None.
    """
    advised = problem in before.advice
    trial = _Advised(network, before, problem) if advised else _Broken(network, before, problem)
    found: list[tuple[int, Remedy]] = []
    seen, titles = {network}, set[str]()
    for edit in _candidates(network, before, problem, classes):
        after = _edited(network, edit)
        if after is None or after in seen or edit.title(network) in titles:
            continue
        seen.add(after)
        analysis = analyse(after, classes, advised=advised)
        if trial.mended(after, analysis):
            titles.add(edit.title(network))
            found.append((_rank(edit, analysis), Remedy(edit.title(network), edit)))
        if sum(1 for rank, _ in found if not rank) == MOST:
            break
    return tuple(remedy for _, remedy in sorted(found, key=_by_rank)[:MOST])


def _rank(edit: Edit, after: Analysis) -> int:
    """0 is best: no fault is left; 1: another one comes to light; 2: what the user put there is gone."""
    if isinstance(edit, SwitchOff) or (isinstance(edit, Remove) and not edit.elsewhere):
        return 2
    return 1 if _faults(after) else 0


def _by_rank(ranked: tuple[int, Remedy]) -> int:
    return ranked[0]


def _edited(network: Network, edit: Edit) -> Network | None:
    try:
        return edit.on_network(network)
    except EngineError:  # a limit of the program, or a setting that this layer type has not
        return None


def _candidates(network: Network, found: Analysis, problem: Problem, classes: int | None) -> Iterator[Edit]:
    """Everything worth a try, best first."""
    yield from problem.edits
    if problem.fault is not None and problem not in found.advice:
        deciding = deciding_layer(network, found.facts)
        if classes is not None and deciding is not None and deciding.id == problem.layer:
            yield SetValues(deciding.id, ((deciding.type.outputs_by, classes),))
    if problem.fault is not None:
        if problem.fault.entering is Entering.LIST:
            yield from (Insert((one,), problem.card) for one in (Flatten(), GlobalAveragePooling2D()))
        if problem.fault.entering is Entering.MAPS:
            yield from _above_the_list(network, found, problem.card)
        yield from (SetValues(problem.layer, settings) for settings in problem.fault.mends)
    if problem in found.advice or problem.card == INPUT_PATH:
        return
    layer = network.layer(problem.card)
    if problem.fault is not None:
        yield from (SetValues(layer.id, ((name, default),)) for name, default in _touched(layer.type))
        yield from _shrinking_less(network, found, layer)
        yield Remove(layer.id)
        yield SwitchOff(layer.id)
    elif not problem.topic.startswith("end"):
        yield Remove(layer.id)


def _touched(type: Configured) -> Iterator[tuple[str, Value]]:
    return ((one.name, one.default) for one in type.parameters() if getattr(type, one.name) != one.default)


def _above(network: Network, id: str) -> list[Layer]:
    """The layers that take part above the layer called `id`, nearest first."""
    place = network.index(id)
    return [one for one in reversed(network.layers[:place]) if one.enabled]


def _above_the_list(network: Network, found: Analysis, id: str) -> Iterator[Edit]:
    """Move above the nearest layer that takes maps apart."""
    for layer in _above(network, id):
        facts = found.facts[layer.id]
        if facts.inputs and len(facts.inputs[0]) == 3 and facts.output_shape and len(facts.output_shape) < 3:
            yield Move(id, layer.id)
            return


def _shrinking_less(network: Network, found: Analysis, layer: Layer) -> Iterator[Edit]:
    """Leave out what made the maps small, or let it make them less small."""
    shrinking = [one for one in _above(network, layer.id) if _shrinks(found.facts[one.id])][:_LOOKED_AT_ABOVE]
    for one in shrinking:
        if one.type.family is Family.POOLING:
            yield Remove(one.id, elsewhere=True)
        elif _has(one.type, "strides"):
            yield SetValues(one.id, (("strides", (1, 1)),), elsewhere=True)
    for one in shrinking:
        if _has(one.type, "padding"):
            yield SetValues(one.id, (("padding", "same"),), elsewhere=True)


def _has(type: Configured, name: str) -> bool:
    return any(one.name == name for one in type.parameters())


def _shrinks(facts: Facts) -> bool:
    if facts.output_shape is None or not facts.inputs or len(facts.output_shape) != 3 or len(facts.inputs[0]) != 3:
        return False
    return any(facts.output_shape[axis] < facts.inputs[0][axis] for axis in (0, 1))


def _faults(found: Analysis) -> tuple[Problem, ...]:
    return tuple(one for one in found.problems if one.fault is not None)


def _without(problems: Iterable[Problem], gone: Problem) -> set[Problem]:
    return {one for one in problems if one != gone}


@dataclass(frozen=True)
class _Trial:
    """How a remedy of one problem is judged."""

    network: Network
    before: Analysis
    problem: Problem

    def mended(self, network: Network, after: Analysis) -> bool:
        """Whether the problem is gone from `network` and nothing of its kind has come in its place."""
        raise NotImplementedError


class _Broken(_Trial):
    """Of something that stops the network from being trained."""

    def mended(self, network: Network, after: Analysis) -> bool:
        if self.problem.topic:
            return not _faults(after) and not any(one.topic == self.problem.topic for one in after.problems)
        # A fault hides those below it, which may come to light; none may come at its place or above.
        place = self.network.index(self.problem.card) + len(network.layers) - len(self.network.layers)
        left = _without(_faults(self.before), self.problem)
        return all(one in left or network.index(one.card) > place for one in _faults(after))


class _Advised(_Trial):
    """Of something unwise: what is wise already stays so."""

    def mended(self, network: Network, after: Analysis) -> bool:
        new = [one for one in after.problems if one not in self.before.problems]
        same = any(_alike(one, self.problem) for one in after.advice)
        return not new and not same and len(after.advice) < len(self.before.advice)


def _alike(one: Problem, other: Problem) -> bool:
    if one.layer != other.layer or one.topic != other.topic:
        return False
    return one.fault is None or other.fault is None or one.fault.expected == other.fault.expected
