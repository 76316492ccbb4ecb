"""The verbs on a layer inside a block: edits of the block that it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.errors import EngineError
from engine.inside import editable_block, with_block
from engine.layers import LayerType, layer_type
from engine.layers.branches import Branches
from engine.network import Layer, Network
from gui.words import plural

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


def removed(network: Network, path: str, verb: str = "remove") -> Edit:
    """The block without the layer; the one that stood above it is chosen then."""
    block, name = _block(network, path), _name(path)
    names = [one.name for one in block.inside if one.name != name]
    place = [one.name for one in block.inside].index(name)
    after = _sibling(path, names[max(0, place - 1)]) if names else path.rpartition("/")[0]
    return with_block(network, path, block.taken_out(name)), f"{verb} {name}", after


def neighbour(network: Network, path: str, step: int) -> str:
    """The name of the layer that stands one place above (-1) or below (1) in the same block; "" where there is none."""
    block = editable_block(network, path)
    names = [one.name for one in block.inside] if block is not None else []
    place = names.index(_name(path)) + step if names else -1
    return names[place] if 0 <= place < len(names) else ""


def moved(network: Network, path: str, step: int) -> Edit:
    """The layer and its neighbour in each other's place."""
    block, name = _block(network, path), _name(path)
    other = neighbour(network, path, step)
    after = (block.swapped(other, name) if step < 0 else block.swapped(name, other)) if other else block
    return with_block(network, path, after), f"move {name}", path


def switched(network: Network, path: str) -> Edit:
    """The layer switched off, or on again."""
    block, name = _block(network, path), _name(path)
    on = not block.child(name).enabled
    return with_block(network, path, block.set_enabled(name, on)), f"switch {'on' if on else 'off'} {name}", path


def is_off(network: Network, path: str) -> bool:
    """Whether the layer is switched off inside its block."""
    block = editable_block(network, path)
    return block is not None and not block.child(_name(path)).enabled


def as_layer(network: Network, path: str) -> Layer:
    """The layer inside a block as one that could stand in the stack; a name that only says its kind is dropped."""
    child = _block(network, path).child(_name(path))
    plain = re.sub(r"_\d+$", "", child.name) == child.type.kind.lower()
    return Layer("layer_001", child.type, "" if plain else child.name, child.enabled)


def put_inside(network: Network, layers: Sequence[Layer], path: str, *, before: bool) -> Edit:
    """Layers, one reading the other, below the layer at `path`, or above it: between it and what it reads."""
    block, name = _block(network, path), _name(path)
    for one in layers:
        new = block.free_name(_wanted_name(one))
        block = block.inserted_before(name, new, one.type) if before else block.inserted_after(name, new, one.type)
        block = block if one.enabled else block.set_enabled(new, False)
        name, before = new, False
    return with_block(network, path, block), _words(layers), _sibling(path, name)


def taken_inside(network: Network, ids: Sequence[str], path: str, *, before: bool) -> Edit:
    """Layers of the stack, or one from inside a block, moved to the layer at `path`, as `put_inside` puts them."""
    if "/" in ids[0]:
        layers = [as_layer(network, ids[0])]
        if path == ids[0] or path.startswith(f"{ids[0]}/"):
            raise EngineError(
                "A layer cannot stand inside itself.", "It moves to another place.", "Drop it on another layer."
            )
        around = path.rpartition("/")[0]
        if around == ids[0].rpartition("/")[0]:
            return _moved_within(network, ids[0], _name(path), before=before)
        rest = with_block(network, ids[0], _block(network, ids[0]).taken_out(_name(ids[0])))
    else:
        layers = [one for one in network.layers if one.id in ids]
        rest = network.removed(ids)
    edited, words, after = put_inside(rest, layers, path, before=before)
    return edited, f"move {words}", after


def _moved_within(network: Network, path: str, target: str, *, before: bool) -> Edit:
    block, name = _block(network, path), _name(path)
    child = block.child(name)
    rest = block.taken_out(name)
    put = rest.inserted_before if before else rest.inserted_after
    after = put(target, name, child.type)
    after = after if child.enabled else after.set_enabled(name, False)
    return with_block(network, path, after), f"move {name}", path


def taken_out(network: Network, path: str, index: int) -> tuple[Network, str, tuple[str, ...]]:
    """The layer moved out of its block, before place `index` of the stack; the last part are the ids chosen then.

    Raises:
        EngineError: for a layer that joins several, and for the last one of the block.
    """
    from engine.code.fragments import inserted

    layer = as_layer(network, path)
    if layer.type.several_inputs:
        raise EngineError(
            f"{layer.type.kind} joins several layers, and in the stack each layer reads one.",
            "It stands inside a block.",
            "Drop it on another layer of a block of your own (Branches).",
        )
    rest = with_block(network, path, _block(network, path).taken_out(_name(path)))
    edited, ids = inserted(rest, [layer], index)
    return edited, f"move {_name(path)} out of the block", ids


def _words(layers: Sequence[Layer]) -> str:
    return layers[0].title if len(layers) == 1 else plural(len(layers), "layer")


def _wanted_name(layer: Layer) -> str:
    """The label as a name inside a block, where it makes one; else the kind."""
    name = re.sub(r"[^a-z0-9]+", "_", layer.label.lower()).strip("_")[:50]
    return name if re.fullmatch(r"[a-z][a-z0-9_]*", name) else layer.type.kind.lower()


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
