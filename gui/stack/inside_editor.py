"""The verbs on a layer inside a block: edits of the block that it stands in."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import EngineError
from engine.inside import editable_block, with_block
from engine.layers import LayerType, layer_type
from engine.layers.branches import ENTRANCE, Branches
from engine.network import Network

Edit = tuple[Network, str, str]
"""The edited network, the words after "Undo: ", and the path of the card to choose then."""


def why_fixed(network: Network, path: str) -> str:
    """Why nothing can be changed around the layer at `path`; "" where it can."""
    if editable_block(network, path) is not None:
        return ""
    title = network.layer(path.partition("/")[0]).title
    return f"What is inside {title} follows from its settings. Only a block of your own (Branches) can be redrawn."


def added(network: Network, path: str, kind: str, *, beside: bool = False) -> Edit:
    """A layer of this kind below the one at `path`, or beside it, as a branch of its own."""
    block, name = _block(network, path), _name(path)
    new = block.free_name(kind.lower())
    type = layer_type(kind)()
    after = block.inserted_beside(name, new, type) if beside else block.inserted_after(name, new, type)
    return with_block(network, path, after), f"add {kind}", _sibling(path, new)


def doubled(network: Network, path: str) -> Edit:
    """A copy of the layer, beside it."""
    block, name = _block(network, path), _name(path)
    new = block.free_name(name)
    after = block.inserted_beside(name, new, block.child(name).type)
    return with_block(network, path, after), f"duplicate {name}", _sibling(path, new)


def removed(network: Network, path: str) -> Edit:
    """The block without the layer; the one that stood above it is chosen then.

    What read the layer reads what it read; but where it was a branch of its own, layers that join it with others join
    the others only.
    """
    block, name = _block(network, path), _name(path)
    if block.child(name).inputs == (ENTRANCE,):
        for one in block.inside:
            others = tuple(source for source in one.inputs if source != name)
            if one.type.several_inputs and name in one.inputs and others:
                block = block.rewired(one.name, others)
    names = [one.name for one in block.inside if one.name != name]
    place = [one.name for one in block.inside].index(name)
    after = _sibling(path, names[max(0, place - 1)]) if names else path.rpartition("/")[0]
    return with_block(network, path, block.removed(name)), f"remove {name}", after


def renamed(network: Network, path: str, new: str) -> Edit:
    """The layer under another name."""
    block, name = _block(network, path), _name(path)
    return with_block(network, path, block.renamed(name, new)), f"rename {name}", _sibling(path, new)


def changed(network: Network, path: str, type: LayerType) -> Network:
    """The layer with other settings."""
    return with_block(network, path, _block(network, path).set_type(_name(path), type))


def rewired(network: Network, path: str, inputs: Sequence[str]) -> Network:
    """The layer reading others than before."""
    return with_block(network, path, _block(network, path).rewired(_name(path), inputs))


def _block(network: Network, path: str) -> Branches:
    block = editable_block(network, path)
    if block is None:
        raise EngineError(
            "This layer cannot be changed.", why_fixed(network, path), "Change the settings of the block instead."
        )
    return block


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _sibling(path: str, name: str) -> str:
    return f"{path.rpartition('/')[0]}/{name}"
