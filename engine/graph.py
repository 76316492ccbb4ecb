"""The graph that a network expands to: what shapes, costs, the build, maps and explanations work on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.geometry import Shape
from engine.layers.base import LayerType

INPUT_PATH = "input"


@dataclass(frozen=True)
class Node:
    """One layer of the graph.

    Attributes:
        path: The layer's id, or `id/child` inside a block.
        type: The layer type with its settings; never a block.
        inputs: Paths of the nodes it reads.
    """

    path: str
    type: LayerType
    inputs: tuple[str, ...]

    @property
    def keras_name(self) -> str:
        """The name of the Keras layer: the path with "." for "/", which Keras refuses."""
        return self.path.replace("/", ".")


@dataclass(frozen=True)
class Graph:
    """Nodes in an order in which each follows what it reads; the first is the input, `output` names the last.

    Attributes:
        input_shape: (height, width, channels).
        nodes: The input node first, then every layer.
        output: Path of the node whose values are the network's answer.
        gives_probabilities: Whether that answer is probabilities already; if not, a softmax makes them.
    """

    input_shape: Shape
    nodes: tuple[Node, ...]
    output: str
    gives_probabilities: bool = False

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def node(self, path: str) -> Node:
        """The node at `path`; KeyError where there is none."""
        for node in self.nodes:
            if node.path == path:
                return node
        raise KeyError(path)
