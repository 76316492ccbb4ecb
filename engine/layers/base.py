"""What every layer type declares: one frozen class in one file of this folder, found by the registry."""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from engine.geometry import Geometry, Shape, Shapes
from engine.parameters import Configured, Value

if TYPE_CHECKING:
    import keras

Array = np.ndarray[Any, Any]


class Family(enum.StrEnum):
    """The families of layers, in the order of the palette; the window gives each its colour."""

    INPUT = "input"
    CONVOLUTION = "convolution"
    POOLING = "pooling"
    NORMALISATION = "normalisation"
    ACTIVATION = "activation"
    REGULARISATION = "regularisation"
    SHAPE = "shape"
    DENSE = "dense"
    BLOCK = "block"
    MERGING = "merging"


Settings = tuple[tuple[str, Value], ...]
"""Some parameters of a layer type by name, with the values that they are to take."""


@dataclass(frozen=True)
class Moments:
    """Mean and variance of the values of each channel, over all places of all images; one number for each."""

    mean: tuple[float, ...]
    variance: tuple[float, ...]


class Entering(enum.Enum):
    """What a layer wants to enter it instead of what does."""

    MAPS = "maps"
    LIST = "list"


@dataclass(frozen=True)
class Fault:
    """Why a layer cannot take its input, in the three parts of an EngineError; or what would be better.

    Attributes:
        mends: Settings of the layer that would mend it, best first; what else they do is checked where they are
            offered, so that a layer type may propose freely.
        entering: What should enter instead, where that is what is wrong.
    """

    what: str
    expected: str
    fix: str
    mends: tuple[Settings, ...] = ()
    entering: Entering | None = None


@dataclass(frozen=True)
class Weight:
    """One weight array of a layer, in the order and with the name Keras gives it."""

    name: str
    shape: Shape
    trainable: bool = True


@dataclass(frozen=True)
class Term:
    """One product of a weighted sum, or one candidate of a maximum or mean.

    Row and column count from 0 on the layer's input; those of a padding pixel lie outside it. `source` is the number
    of that input, from 0, where a layer has several.
    """

    row: int
    column: int
    channel: int
    input: float
    weight: float
    product: float
    padding: bool = False
    source: int = 0


@dataclass(frozen=True)
class Arithmetic:
    """How one output value came to be.

    Attributes:
        rule: The rule in words a student knows, such as "sum of input × weight, plus bias, then ReLU".
        terms: What entered it.
        channel_sums: The sum of the products of each input channel (empty where the rule has none).
        bias: The bias added (0 where there is none).
        before_activation: The value before the activation function.
        output: The value that leaves the layer.
    """

    rule: str
    terms: tuple[Term, ...]
    channel_sums: tuple[float, ...]
    bias: float
    before_activation: float
    output: float


@dataclass(frozen=True)
class LayerType(Configured, ABC):
    """One kind of layer with its settings.

    A subclass is a frozen dataclass whose fields are the parameters, named as Keras names them. All methods but
    `build` and `arithmetic` are plain Python and take the input shapes without the batch axis; they may count on
    `faults` having found none.
    """

    kind: ClassVar[str]
    """Keras's class name."""
    family: ClassVar[Family]
    summary: ClassVar[str]
    """What the layer is for, in one sentence: the palette and the docs show it."""
    outputs_by: ClassVar[str] = ""
    """The parameter that sets how many channels or numbers leave; "" where what enters decides."""
    measures: ClassVar[str] = ""
    """The words of a button that fills in, by `measured`, what the training images say; "" where they say nothing."""
    several_inputs: ClassVar[bool] = False
    """Whether it joins several inputs; it then stands only inside a block, and the palette of the stack has it not."""

    @abstractmethod
    def output_shape(self, inputs: Shapes) -> Shape:
        """The shape that leaves the layer."""

    @abstractmethod
    def geometry(self, inputs: Shapes) -> Geometry:
        """How output pixels depend on input pixels."""

    @abstractmethod
    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        """The Keras layer with these settings.

        Args:
            name: Its name in the model.
            seed: Decides its initial weights and whatever else it draws at random; None lets Keras draw.
        """

    @abstractmethod
    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        """How the output value at index `at` is made at prediction time.

        Args:
            image: The layer's input, of its input shape, float.
            weights: The layer's arrays by the names that `weights` gives.
            at: Index into the output shape, from 0.
        """

    def arithmetic_of(self, images: Sequence[Array], weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        """The same for a layer with any number of inputs: one image for each of them."""
        return self.arithmetic(images[0], weights, at)

    @abstractmethod
    def explain(self, inputs: Shapes) -> str:
        """What this layer does here and why one would use it, in plain words with its own numbers."""

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        """Why Keras would refuse these inputs; empty where it takes them."""
        return ()

    def drawn(self, name: str) -> LayerType | None:
        """The layer inside called `name` where the user put it there; None where nothing is inside or it follows."""
        return None

    def with_child(self, name: str, type: LayerType) -> LayerType:
        """With other settings for a layer that `drawn` gives."""
        return self

    def remarks(self, inputs: Shapes) -> tuple[Fault, ...]:
        """What about these settings is unwise here, although Keras takes them."""
        return ()

    def measured(self, entering: Moments) -> Settings:
        """The settings that suit what enters in training; a layer type with `measures` has some."""
        return ()

    def moments(self, entering: Moments) -> Moments | None:
        """Mean and variance of each channel of what leaves; None where they do not follow from those that enter."""
        return None

    def weights(self, inputs: Shapes) -> tuple[Weight, ...]:
        """The weight arrays that Keras makes, in its order."""
        return ()

    def macs(self, inputs: Shapes) -> int:
        """Multiply-accumulate operations for one image."""
        return 0

    def usual_values(self) -> tuple[float, float]:
        """The range of values that usually enter, for drawing its curve."""
        return (-4.0, 8.0)

    def in_training(self, image: Array, random: np.random.Generator) -> Array | None:
        """What becomes of `image` in one training step, drawn by chance; None where chance plays no part."""
        return None

    def cost(self, values: Array) -> Array | None:
        """What each value adds to the loss while training; None where values cost nothing."""
        return None

    def caption(self) -> str:
        """The settings that matter, for the card: "32 filters, 3×3, same, ReLU"."""
        return ""

    def last_activation(self) -> str:
        """Keras's name of the activation function that the values leave through; "linear" where there is none."""
        return "linear"

    def bends(self) -> bool:
        """Whether values are bent on their way through, so that weights before it and after it are more than one."""
        return self.last_activation() != "linear" or self.family is Family.POOLING

    def gives_probabilities(self) -> bool:
        """Whether what leaves the layer is a softmax: positive and summing to 1."""
        return self.last_activation() == "softmax"

    def keeps_probabilities(self, inputs: Shapes) -> bool:
        """Whether values that are positive and sum to 1 still do so when they leave."""
        return False
