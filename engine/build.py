"""From the graph to Keras: the model, and its weights by path and name."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from engine import process
from engine.errors import EngineError
from engine.graph import Graph

if TYPE_CHECKING:
    import keras

Array = np.ndarray[Any, Any]
AT_ONCE: Final = 128
"""Images of a batch where nothing is learned, so that nothing depends on its size."""

ROOM: Final = 64_000_000
"""Values that the largest output of such a batch may have: 256 MB of float32."""

Weights = dict[tuple[str, str], Array]
"""Arrays by the path of their layer and Keras's name for them."""


def seed_for(seed: int, path: str) -> int:
    """The seed of one layer, 0 to 2**31 - 1: a function of the run's seed and the layer's path alone.

    So a layer that is added or moved leaves the others' first weights and dropout masks as they were.
    """
    digest = hashlib.sha256(f"{seed}/{path}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1


def build(graph: Graph, seed: int, check: Callable[[], None] | None = None) -> keras.Model:
    """The Keras model of a graph, functional, with freshly drawn weights.

    Args:
        graph: What the network expands to.
        seed: The run's; it decides the first weights and the dropout masks.
        check: Called before each layer; what it raises ends the building.

    Returns:
        A model from (batch, height, width, channels) float32 0 to 255 to the graph's output. The layer of a node
        is called `node.keras_name`.
    """
    process.prepare()
    import keras

    outputs: dict[str, keras.KerasTensor] = {}
    for node in graph:
        if check is not None:
            check()
        layer = node.type.build(node.keras_name, seed_for(seed, node.path))
        read = [outputs[path] for path in node.inputs]
        if not read:
            outputs[node.path] = layer.output
        else:
            outputs[node.path] = layer(read[0] if len(read) == 1 else read)
    return keras.Model(outputs[graph.nodes[0].path], outputs[graph.output], name="network")


def weights_of(model: keras.Model, graph: Graph) -> Weights:
    """The model's weights, copied, in the order of the graph."""
    return {
        (node.path, weight.name): np.array(weight.value.numpy())
        for node in graph
        for weight in model.get_layer(node.keras_name).weights
    }


def set_weights(model: keras.Model, graph: Graph, weights: Mapping[tuple[str, str], Array]) -> None:
    """Give the model these weights.

    Raises:
        EngineError: where one is missing or of another shape; the model is then as it was.
    """
    found = []
    for node in graph:
        for weight in model.get_layer(node.keras_name).weights:
            value = weights.get((node.path, weight.name))
            if value is None or tuple(value.shape) != tuple(weight.shape):
                has = "are missing" if value is None else "have the shape " + " × ".join(map(str, value.shape))
                raise EngineError(
                    f"The weights {weight.name!r} of layer {node.path} {has}.",
                    f"This layer takes weights of the shape {' × '.join(map(str, weight.shape))}.",
                    "Use weights that were trained with this network.",
                )
            found.append((weight, value))
    for weight, value in found:
        weight.assign(value)


def images_at_once(model: keras.Model) -> int:
    """How many images go through the model in one batch when nothing is learned: fewer where its maps are large."""
    largest: int = max(math.prod(layer.output.shape[1:]) for layer in model.layers)
    return max(1, min(AT_ONCE, ROOM // largest))
