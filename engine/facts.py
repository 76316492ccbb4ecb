"""What is known about one layer, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.edits import Edit
from engine.geometry import Shape, Shapes
from engine.layers.base import Fault
from engine.parameters import Pair2


@dataclass(frozen=True)
class Problem:
    """Something about one layer that stops the network from being trained, or advice that does not.

    Attributes:
        layer: Path of the layer it stands on ("input" for the network as a whole).
        topic: What it is about, in a word that stays the same when the numbers in its sentences change; "" for what
            a layer type says about itself.
        edits: What would mend it, best first; `engine.remedies` tries each of them before it is offered.
        fault: What the layer type said, where it was the layer type that said something.
    """

    layer: str
    what: str
    expected: str
    fix: str
    topic: str = ""
    edits: tuple[Edit, ...] = ()
    fault: Fault | None = None

    @property
    def card(self) -> str:
        """Id of the layer of the stack that it stands on or in."""
        return self.layer.partition("/")[0]


@dataclass(frozen=True)
class Facts:
    """What is known about one layer; None where an error above it leaves it unknown.

    Attributes:
        path: The layer's id, or `id/child` inside a block.
        inputs: The shapes that enter.
        output_shape: The shape that leaves, without the batch.
        parameters: Weights, trainable or not.
        trainable: Weights that training changes.
        macs: Multiply-accumulate operations for one image, those of weights alone, as the literature counts them.
        receptive_field: Height and width, in pixels of the input image, of the region that one output value depends
            on; where it reaches over the edge of the image it is larger than the image.
        unused: Rows and columns at the edge that no window reaches.
        kept: Values of one image that training keeps of this layer: those that leave it, or all that leave the layers
            inside a block.
    """

    path: str
    kind: str
    inputs: Shapes | None = None
    output_shape: Shape | None = None
    parameters: int | None = None
    trainable: int | None = None
    macs: int | None = None
    receptive_field: Pair2 | None = None
    unused: Pair2 = (0, 0)
    kept: int | None = None
