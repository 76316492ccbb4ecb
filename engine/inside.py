"""What stands inside the blocks of a network, by path, and edits of it."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Mapping

from engine.errors import EngineError
from engine.facts import Facts
from engine.geometry import Shapes
from engine.graph import INPUT_PATH
from engine.layers import LayerType
from engine.layers.block import Block, Child
from engine.layers.branches import ENTRANCE, Branches
from engine.network import Network


def inside(block: LayerType, facts: Facts | None) -> tuple[Child, ...]:
    """The layers inside a block; () for another layer, and where what enters the block does not tell them.

    Args:
        block: The layer type.
        facts: What is known about the block.
    """
    if isinstance(block, Branches):
        return block.inside
    if not isinstance(block, Block) or facts is None or facts.inputs is None or block.faults(facts.inputs):
        return ()
    return _children(block, facts.inputs)


@functools.lru_cache(maxsize=1024)
def _children(block: Block, inputs: Shapes) -> tuple[Child, ...]:
    return block.children(inputs)


def type_at(network: Network, facts: Mapping[str, Facts], path: str) -> LayerType | None:
    """The layer type at a path, that of a layer inside a block among them; None where there is none."""
    id, *names = path.split("/")
    if id not in {INPUT_PATH, *(one.id for one in network.layers)}:
        return None
    type, here = network.layer(id).type, id
    for name in names:
        child = next((one for one in inside(type, facts.get(here)) if one.name == name), None)
        if child is None:
            return None
        type, here = child.type, f"{here}/{name}"
    return type


def is_own(type: LayerType) -> bool:
    """Whether it is a block whose inside the user draws."""
    return isinstance(type, Branches)


def editable_block(network: Network, path: str) -> Branches | None:
    """The block of one's own that the layer at `path` stands in; None where nothing of its inside can be changed."""
    id, *names = path.split("/")
    if not names or id not in {one.id for one in network.layers}:
        return None
    block = network.layer(id).type
    for name in names[:-1]:
        if not isinstance(block, Branches):
            return None
        block = next((one.type for one in block.inside if one.name == name), block)
    if not isinstance(block, Branches) or names[-1] not in {one.name for one in block.inside}:
        return None
    return block


def with_block(network: Network, path: str, block: Branches) -> Network:
    """The network with `block` in the place of the one that the layer at `path` stands in.

    Raises:
        EngineError: where there is no block of one's own, or the blocks around it would be too large or too deep.
    """
    around, _, _ = path.rpartition("/")
    if editable_block(network, path) is None:
        raise EngineError(
            f"The inside of {around or path!r} cannot be changed.",
            "Only a block of your own (Branches) can be changed inside.",
            "Change the settings of the block, or put Branches in its place.",
        )
    outer = editable_block(network, around)
    if outer is None:
        return network.set_type(around, block)
    return with_block(network, around, outer.set_type(around.rpartition("/")[2], block))


def keeping_off(type: LayerType, before: LayerType) -> LayerType:
    """A layer type that code gave, with what is switched off inside `before`, the one it was: code leaves that out.

    One that has lost what it read, or whose name has been given to another, goes.
    """
    if not isinstance(type, Branches) or not isinstance(before, Branches):
        return type
    old = {one.name: one.type for one in before.inside}
    inside = [dataclasses.replace(one, type=keeping_off(one.type, old.get(one.name, one.type))) for one in type.inside]
    names = [one.name for one in inside]
    for above, gone in itertools.pairwise((None, *before.inside)):
        if gone is None or gone.enabled or gone.name in names or not {ENTRANCE, *names}.issuperset(gone.inputs):
            continue
        place = names.index(above.name) + 1 if above is not None and above.name in names else 0
        inside.insert(place, gone)
        names.insert(place, gone.name)
    passing = {one.name: one.inputs for one in before.taking_part}
    reads = {one.name: one.inputs for one in before.inside if {ENTRANCE, *names}.issuperset(one.inputs)}
    return type.holding(
        dataclasses.replace(one, inputs=reads.get(one.name, one.inputs)) if one.inputs == passing.get(one.name) else one
        for one in inside
    )
