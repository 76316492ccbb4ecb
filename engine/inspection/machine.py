"""The network of a run, built once, and the compiled calls that look through it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.build import Weights, build, images_at_once, set_weights
from engine.errors import EngineError
from engine.graph import Graph

if TYPE_CHECKING:
    import tensorflow as tf

Array = np.ndarray[Any, Any]
ANSWER = "probabilities"
"""The key of the network's answer among the outputs; no layer's id, as those have a number."""

Answer = tuple[Array, dict[str, Array]]


class Machine:
    """A Keras model that weights are put into, and one compiled call for each set of outputs asked for.

    A call computes the probabilities and the outputs of some layers at once. It is compiled once for any number of
    images. Calls from several threads wait for each other.

    Attributes:
        graph: The network.
        at_once: Images of a full batch.
    """

    def __init__(self, graph: Graph, seed: int) -> None:
        self.graph = graph
        self._model = build(graph, seed)
        self.at_once = images_at_once(self._model)
        self._calls: dict[tuple[str, ...], Callable[[Array], Any]] = {}
        self._holds: Weights | None = None
        self._lock = threading.Lock()
        self._nodes = nodes_by_path(graph)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths that have an output: every node's, and every block's, whose last child's output is its own."""
        return tuple(self._nodes)

    def look(self, weights: Weights, images: Array, paths: tuple[str, ...] = ()) -> Answer:
        """Probabilities and the outputs of the layers at `paths`.

        Args:
            weights: What the network has learned.
            images: uint8, (images, height, width, channels).
            paths: Of nodes or blocks.

        Returns:
            float32, (images, classes), and by path float32, (images, *output shape).

        Raises:
            EngineError: for an unknown path or images of another shape.
        """
        self._check(images, paths)
        nodes = tuple(dict.fromkeys(self._nodes[path] for path in paths))
        with self._lock:
            if self._holds is not weights:
                set_weights(self._model, self.graph, weights)
                self._holds = weights
            if nodes not in self._calls:
                self._calls[nodes] = self._compiled(nodes)
            batches = (images[start : start + self.at_once] for start in range(0, len(images), self.at_once))
            results = [self._calls[nodes](batch) for batch in batches]
        joined = {key: np.concatenate([one[key].numpy() for one in results]) for key in (ANSWER, *nodes)}
        return joined[ANSWER], {path: joined[self._nodes[path]] for path in paths}

    def _compiled(self, nodes: tuple[str, ...]) -> Callable[[Array], Any]:
        import keras
        import tensorflow as tf

        outputs = {path: self._model.get_layer(self.graph.node(path).keras_name).output for path in nodes}
        model = keras.Model(self._model.input, {ANSWER: self._model.output, **outputs})
        finished = self.graph.gives_probabilities

        def call(images: tf.Tensor) -> dict[str, tf.Tensor]:
            found: dict[str, tf.Tensor] = model(tf.cast(images, tf.float32), training=False)
            if not finished:
                found[ANSWER] = tf.nn.softmax(found[ANSWER])
            return found

        any_number = tf.TensorSpec((None, *self.graph.input_shape), tf.uint8)
        compiled: Callable[[Array], Any] = tf.function(call, autograph=False, input_signature=[any_number])
        return compiled

    def _check(self, images: Array, paths: tuple[str, ...]) -> None:
        for path in paths:
            if path not in self._nodes:
                raise EngineError(
                    f"There is no layer {path!r} in this run's network.",
                    "Its layers are: " + ", ".join(self._nodes) + ".",
                    "Use one of these.",
                )
        if images.ndim != 4 or not len(images) or images.shape[1:] != self.graph.input_shape:
            raise EngineError(
                f"Images of the shape {' × '.join(map(str, images.shape[1:]))} do not fit this run's network.",
                f"It takes images of {' × '.join(map(str, self.graph.input_shape))}.",
                "Read the images with the run's own preprocessing.",
            )


def nodes_by_path(graph: Graph) -> Mapping[str, str]:
    """The node that gives each path's output; a block's is its last child's. In the order of the graph."""
    found: dict[str, str] = {}
    for node in graph:
        parts = node.path.split("/")
        for length in range(1, len(parts) + 1):
            found["/".join(parts[:length])] = node.path
    return found
