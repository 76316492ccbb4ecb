"""Previewing: an image as it leaves each layer of a network that is still being edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from engine import limits
from engine.analysis import Analysis, analyse
from engine.build import Weights, build, set_weights, weights_of
from engine.errors import EngineError
from engine.graph import Graph, Node
from engine.inspection.machine import nodes_by_path
from engine.inspection.results import LayerPreviews, TrainedRef
from engine.inspection.trained import chosen_checkpoint
from engine.jobs import Context, Quiet
from engine.network import Network
from engine.runs.folder import RunFolder

if TYPE_CHECKING:
    import keras

Array = np.ndarray[Any, Any]

SIDE: Final = 48
"""Height and width of a preview at most, in pixels; a row of plain values has as many values as such a square."""


def graph_to_preview(network: Network) -> Graph:
    """The graph of a network that can be built and looked through while a person waits.

    Raises:
        EngineError: where it has problems, or is too large for that.
    """
    analysis = analyse(network)
    if analysis.graph is None:
        problem = analysis.problems[0]
        raise EngineError(problem.what, problem.expected, problem.fix)
    for has, most, what in _sizes(analysis, analysis.graph):
        if has > most:
            raise EngineError(
                f"The network has {has:,} {what}, too many to be previewed after every edit.",
                f"At most {most:,} are previewed.",
                "Train it and look at it on the Inspect page.",
            )
    return analysis.graph


def preview(
    graph: Graph, seed: int, image: Array, trained: TrainedRef | None = None, context: Context | None = None
) -> LayerPreviews:
    """The image as it leaves each layer and block.

    Args:
        graph: The network.
        seed: Decides the weights of the layers that are not trained.
        image: uint8, (height, width, channels).
        trained: Whose weights are taken where path, kind and shapes of a layer are still those of the run.

    Raises:
        EngineError: where the image does not fit the network.
    """
    if image.shape != graph.input_shape:
        raise EngineError(
            f"An image of {_product(image.shape)} does not fit this network.",
            f"It takes images of {_product(graph.input_shape)}.",
            "Set the input to the size of the dataset's images.",
        )
    context = context or Quiet()
    # A person who goes on editing, or wants to look at something else, waits for one layer at most.
    model = build(graph, seed, context.check)
    weights = _with_trained(model, graph, trained)
    context.check()
    outputs = _outputs(model, graph, image, context)
    maps = {node: reduced(strongest(values)) for node, values in outputs.items()}
    return LayerPreviews(
        seen=reduced(image).round().astype(np.uint8),
        maps={path: maps[node] for path, node in nodes_by_path(graph).items()},
        weights=weights,
    )


def strongest(values: Array) -> Array:
    """The channel that varies most, (height, width, 1); plain values and rows of them as they are."""
    if values.ndim != 3:
        return values
    channel = int(np.argmax(values.reshape(-1, values.shape[-1]).std(axis=0)))
    return values[..., channel : channel + 1]


def reduced(values: Array) -> Array:
    """The values as means of equal parts, so few that they fill a small picture; float32.

    Args:
        values: (height, width, channels), (rows, features) or (features,). Where a side is no multiple of the parts,
            the rest at its end is left out.
    """
    most = SIDE * SIDE if values.ndim == 1 else SIDE
    found = values.astype(np.float32)
    for axis in range(min(values.ndim, 2)):
        step = -(-values.shape[axis] // most)
        parts = values.shape[axis] // step
        shape = (*found.shape[:axis], parts, step, *found.shape[axis + 1 :])
        found = found.take(range(parts * step), axis=axis).reshape(shape).mean(axis=axis + 1)
    return found


def _sizes(analysis: Analysis, graph: Graph) -> tuple[tuple[int, int, str], ...]:
    return (
        (len(graph.nodes), limits.MAX_PREVIEW_LAYERS, "layers"),
        (analysis.parameters or 0, limits.MAX_PREVIEW_PARAMETERS, "parameters"),
        (analysis.kept or 0, limits.MAX_PREVIEW_VALUES, "values between its layers"),
        (analysis.macs or 0, limits.MAX_PREVIEW_MACS, "multiply-accumulates"),
    )


def _with_trained(model: keras.Model, graph: Graph, trained: TrainedRef | None) -> str:
    """Give the model what a run has learned, where it fits; return which weights it has then, in a sentence."""
    drawn = weights_of(model, graph)
    learning = {path for path, _ in drawn}
    if not learning:
        return "No layer here has weights."
    run, learned, kinds = _learned(trained)
    fitting = {node.path for node in graph if node.path in learning and _fits(node, drawn, learned, kinds)}
    if not fitting:
        return "Not trained yet: the weights are freshly drawn."
    set_weights(model, graph, {key: learned[key] if key[0] in fitting else value for key, value in drawn.items()})
    if fitting == learning:
        return f"With the weights of {run}."
    fresh = len(learning - fitting)
    rest = "1 layer is not trained yet" if fresh == 1 else f"{fresh} layers are not trained yet"
    return f"Partly with the weights of {run}; {rest}."


def _learned(trained: TrainedRef | None) -> tuple[str, Weights, Mapping[str, str]]:
    """The run's id, its weights, and the kinds of its layers by path; none where the run cannot be used."""
    if trained is None:
        return "", {}, {}
    try:
        folder = RunFolder.open(trained.run_folder)
        plan = folder.plan()
        _, checkpoint = chosen_checkpoint(folder, trained.weights)
    except EngineError:
        # A run that is gone or damaged is said elsewhere; the network can be seen without it.
        return "", {}, {}
    graph = analyse(plan.network, len(plan.class_names)).graph
    return folder.id, checkpoint.weights, {node.path: node.type.kind for node in graph or ()}


def _fits(node: Node, drawn: Weights, learned: Weights, kinds: Mapping[str, str]) -> bool:
    own = {name: value.shape for (path, name), value in drawn.items() if path == node.path}
    found = {name: value.shape for (path, name), value in learned.items() if path == node.path}
    return kinds.get(node.path) == node.type.kind and own == found


def _outputs(model: keras.Model, graph: Graph, image: Array, context: Context) -> dict[str, Array]:
    """What leaves each node, without the batch. Not compiled: that takes longer than one image."""
    import tensorflow as tf

    found: dict[str, tf.Tensor] = {}
    for node in graph:
        context.check()
        read = [found[path] for path in node.inputs]
        if not read:
            found[node.path] = tf.constant(image[None].astype(np.float32))
        else:
            layer = model.get_layer(node.keras_name)
            found[node.path] = layer(read[0] if len(read) == 1 else read, training=False)
    return {path: np.asarray(value[0], dtype=np.float32) for path, value in found.items()}


def _product(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))
