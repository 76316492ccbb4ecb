"""Copying layers and pasting them: as JSON between stacks, as Keras code to and from anywhere else."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence

from engine import limits
from engine.code.reading import read_layers
from engine.code.stack import layers_code
from engine.errors import EngineError
from engine.expansion import expand
from engine.layers import Family, layer_type
from engine.network import Layer, Network
from engine.schema import checked
from engine.storage import parse_json

WHERE = "What was pasted"


def copied_code(network: Network, ids: Sequence[str]) -> str:
    """The layers called `ids` as Keras code, in the order of the stack."""
    chosen = _chosen(network, ids)
    if not chosen:
        return ""
    known = expand(network).facts[chosen[0].id].inputs if chosen[0].enabled else None
    return layers_code(chosen, known[0] if known else None)


def copied_json(network: Network, ids: Sequence[str]) -> str:
    """The layers called `ids` as JSON, with their labels, in the order of the stack."""
    return layers_json(_chosen(network, ids))


def layers_json(chosen: Sequence[Layer]) -> str:
    """Layers as JSON that `pasted` reads."""
    layers = [
        {"kind": one.type.kind, "values": one.type.to_json(), "label": one.label, "enabled": one.enabled}
        for one in chosen
    ]
    return json.dumps({"convoscope": "layers", "layers": layers}, indent=1, allow_nan=False)


def _chosen(network: Network, ids: Sequence[str]) -> list[Layer]:
    return [one for one in network.layers if one.id in set(ids)]


def pasted(text: str) -> tuple[Layer, ...]:
    """The layers that a text from the clipboard stands for, JSON or code.

    Raises:
        EngineError: where it stands for none; a CodeFault says at which line and column of the code.
    """
    return _from_json(text) if text.lstrip()[:1] == "{" else read_layers(text).layers


def _from_json(text: str) -> tuple[Layer, ...]:
    found = checked("fragment", parse_json(text.encode("utf-8", "surrogatepass"), WHERE), WHERE)
    layers = []
    for number, one in enumerate(found["layers"], 1):
        type = layer_type(one["kind"]).from_json(one["values"])
        if type.family is Family.INPUT:
            raise EngineError(
                f"{WHERE} holds an input.", "A network has its own input at the top.", "Copy the layers below it."
            )
        layers.append(Layer(f"layer_{number:03d}", type, one["label"], one["enabled"]))
    return tuple(layers)


def inserted(network: Network, layers: Sequence[Layer], index: int | None = None) -> tuple[Network, tuple[str, ...]]:
    """The network with the layers before place `index`, or at the end, and the ids that they have now.

    Raises:
        EngineError: where the network would have too many layers.
    """
    if len(network.layers) + len(layers) > limits.MAX_LAYERS:
        raise EngineError(
            f"With these {len(layers):,} layers the network would have {len(network.layers) + len(layers):,}.",
            f"A network has at most {limits.MAX_LAYERS:,} layers.",
            "Paste fewer.",
        )
    place = len(network.layers) if index is None else max(0, min(index, len(network.layers)))
    number = network.next_number
    new = [dataclasses.replace(one, id=f"layer_{number + more:03d}") for more, one in enumerate(layers)]
    whole = (*network.layers[:place], *new, *network.layers[place:])
    grown = dataclasses.replace(network, layers=whole, next_number=number + len(new))
    return grown, tuple(one.id for one in new)
