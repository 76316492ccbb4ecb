"""The stations of a picture: volumes, each with the layers that made it, in the stack or inside a block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.analysis import Analysis
from engine.geometry import Elementwise, Geometry, Normalisation, Shape
from engine.graph import INPUT_PATH
from engine.layers.base import LayerType
from engine.layers.block import Block
from engine.network import Layer, Network
from engine.picture.lanes import ENTRANCE


@dataclass(frozen=True)
class Part:
    """One layer as it is named under its volume."""

    path: str
    title: str
    caption: str
    family: str


@dataclass(frozen=True)
class Station:
    """A volume.

    Attributes:
        parts: The layer that made it, and those after it that leave its shape as it is.
        shape: Its shape, or None where a fault leaves it unknown.
        geometry: How the first of its layers made it of what it reads, or None where that is not drawn.
        inputs: Names of the stations that it reads; "" is whatever stands before its unit.
        wrong: Whether a layer of it has a problem.
    """

    parts: tuple[Part, ...]
    shape: Shape | None
    geometry: Geometry | None
    inputs: tuple[str, ...]
    wrong: bool = False

    @property
    def name(self) -> str:
        """The path of the layer that made it."""
        return self.parts[0].path


@dataclass(frozen=True)
class Unit:
    """One card of the stack, with those that joined it: a station alone, or a block with its stations inside.

    Attributes:
        block: The block, or None for a station alone.
        stations: Each after those that it reads; the last one gives what leaves.
    """

    block: Part | None
    stations: tuple[Station, ...]


@dataclass(frozen=True)
class _Leaf:
    path: str
    type: LayerType
    title: str
    inputs: tuple[str, ...]


def units(network: Network, analysis: Analysis, *, inside: bool) -> tuple[Unit, ...]:
    """The layers that take part, the input first.

    Args:
        network: The stack.
        analysis: What is known about it.
        inside: Whether the layers inside of blocks are shown.
    """
    found: list[Unit] = []
    for layer in (Layer(INPUT_PATH, network.input), *network.stack):
        unit = _unit(layer, analysis, inside)
        before = found[-1] if found else None
        if before is not None and before.block is None and unit.block is None and _joins(unit.stations[0], before):
            found[-1] = Unit(None, (_joined(before.stations[0], unit.stations[0]),))
        else:
            found.append(unit)
    return tuple(found)


def _joins(station: Station, before: Unit) -> bool:
    return _keeps_shape(station, before.stations[-1].shape)


def _keeps_shape(station: Station, shape: Shape | None) -> bool:
    return isinstance(station.geometry, Elementwise | Normalisation) and station.shape == shape


def _joined(station: Station, after: Station) -> Station:
    return replace(station, parts=station.parts + after.parts, wrong=station.wrong or after.wrong)


def _unit(layer: Layer, analysis: Analysis, inside: bool) -> Unit:
    part = _part(layer.id, layer.title, layer.type)
    if inside and isinstance(layer.type, Block):
        leaves = _leaves(layer.id, layer.type, (ENTRANCE,), analysis)
        if leaves:
            return Unit(part, _stations(leaves, analysis))
    inputs = () if layer.id == INPUT_PATH else (ENTRANCE,)
    return Unit(None, (_station(_Leaf(layer.id, layer.type, layer.title, inputs), analysis),))


def _part(path: str, title: str, type: LayerType) -> Part:
    return Part(path, title, type.caption(), type.family.value)


def _leaves(path: str, block: Block, sources: tuple[str, ...], analysis: Analysis) -> list[_Leaf]:
    """The layers inside a block, those of blocks inside it among them; none where a fault hides them."""
    facts = analysis.facts.get(path)
    if facts is None or facts.inputs is None or facts.output_shape is None:
        return []
    places: dict[str, tuple[str, ...]] = {"": sources}
    found: list[_Leaf] = []
    for child in block.children(facts.inputs):
        reads = tuple(one for name in child.inputs for one in places[name])
        child_path = f"{path}/{child.name}"
        if isinstance(child.type, Block):
            found += _leaves(child_path, child.type, reads, analysis)
        else:
            found.append(_Leaf(child_path, child.type, child.type.kind, reads))
        places[child.name] = (found[-1].path,)
    return found


def _station(leaf: _Leaf, analysis: Analysis) -> Station:
    facts = analysis.facts.get(leaf.path)
    shape = facts.output_shape if facts is not None else None
    geometry = None
    if facts is not None and facts.inputs and shape is not None and not isinstance(leaf.type, Block):
        geometry = leaf.type.geometry(facts.inputs)
    wrong = bool(analysis.problems_of(leaf.path))
    return Station((_part(leaf.path, leaf.title, leaf.type),), shape, geometry, leaf.inputs, wrong)


def _stations(leaves: Sequence[_Leaf], analysis: Analysis) -> tuple[Station, ...]:
    readers = [one for leaf in leaves for one in leaf.inputs]
    found: dict[str, Station] = {}
    home: dict[str, str] = {ENTRANCE: ENTRANCE}
    for leaf in leaves:
        station = _station(leaf, analysis)
        before = home[leaf.inputs[0]] if len(leaf.inputs) == 1 else ENTRANCE
        if before and readers.count(leaf.inputs[0]) == 1 and _keeps_shape(station, found[before].shape):
            found[before] = _joined(found[before], station)
            home[leaf.path] = before
        else:
            inputs = tuple(dict.fromkeys(home[one] for one in leaf.inputs))
            found[leaf.path] = replace(station, inputs=inputs)
            home[leaf.path] = leaf.path
    return tuple(found.values())
