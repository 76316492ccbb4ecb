"""What the ready-made blocks share: the settings of the layers inside, and the words for them."""

from __future__ import annotations

from typing import Any, ClassVar

from engine.geometry import Shapes
from engine.layers import learned, needs, words
from engine.layers.activation import Activation
from engine.layers.activations import ACTIVATIONS
from engine.layers.base import Family, Fault, LayerType
from engine.layers.batch_normalization import BatchNormalization
from engine.layers.block import Block, Child
from engine.parameters import real


def momentum(default: float = 0.99) -> Any:
    """Declare how slowly the normalisations inside a block forget."""
    return real(
        default,
        minimum=0.0,
        maximum=1.0,
        help="How much of the remembered mean and deviation the normalisations keep at each step; "
        "lower it for short trainings.",
        advanced=True,
    )


class MapBlock(Block):
    """A ready-made block that works on maps and has one activation for all that it bends."""

    family: ClassVar[Family] = Family.BLOCK
    activation: str

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        return needs.maps(inputs[0])

    def bends(self) -> bool:
        return self.activation != "linear"


class Chain:
    """Children that read one another in turn.

    Attributes:
        children: Those so far.
        last: Name of the child that the next one reads; "" is the block's own input.
    """

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.last = ""

    def then(self, name: str, type: LayerType, *inputs: str) -> None:
        """Add a child that reads `inputs`, or the one before where none are named."""
        self.children.append(Child(name, type, inputs or (self.last,)))
        self.last = name

    def bend(self, name: str, activation: str) -> None:
        """Add an activation, but for "linear", which does nothing."""
        if activation != "linear":
            self.then(name, Activation(activation))

    def normalised(self, number: str, momentum: float, epsilon: float, activation: str) -> None:
        """Add a batch normalisation and an activation; `number` ends their names."""
        self.then(f"bn{number}", BatchNormalization(momentum=momentum, epsilon=epsilon))
        self.bend(f"activation{number}", activation)


def normalising(momentum: float, epsilon: float, activation: str) -> str:
    """How the layers inside are normalised and bent, as a sentence."""
    return (
        f"The normalisations keep {100 * momentum:g} % of what they remember at each step and add {epsilon:g} to the "
        f"variance; {ACTIVATIONS[activation].title} {ACTIVATIONS[activation].words}."
    )


def beginning(block: Block) -> str:
    """How the weights begin, as a sentence."""
    return learned.beginnings(block, {"kernel": "the weights"})


def halving(strides: tuple[int, int]) -> str:
    """How the window moves, as the end of a sentence about the block."""
    return f"in {words.steps(strides)}"
