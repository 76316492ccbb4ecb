"""Input: the image as it enters the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine import limits
from engine.geometry import Elementwise, Geometry, Shape, Shapes
from engine.layers.base import Arithmetic, Array, Family, Fault, LayerType, Term
from engine.parameters import choice, integer

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Input(LayerType):
    """The image that enters: height × width × channels, values 0 to 255."""

    kind: ClassVar[str] = "Input"
    family: ClassVar[Family] = Family.INPUT
    summary: ClassVar[str] = "The image as it enters the network: its height, width and channels."

    height: int = integer(32, minimum=1, maximum=limits.MAX_INPUT_SIDE, unit="px", help="Rows of the image.")
    width: int = integer(32, minimum=1, maximum=limits.MAX_INPUT_SIDE, unit="px", help="Columns of the image.")
    channels: str = choice(
        "rgb",
        choices=("grayscale", "rgb"),
        help="One channel of brightness (grayscale) or three of red, green and blue (rgb).",
    )

    @property
    def shape(self) -> Shape:
        """Height, width and channels (1 or 3)."""
        return (self.height, self.width, 3 if self.channels == "rgb" else 1)

    @classmethod
    def of(cls, shape: Shape) -> Input:
        """The input for images of `shape`, (height, width, 1 or 3)."""
        height, width, channels = shape
        return cls(height, width, "rgb" if channels == 3 else "grayscale")

    def faults(self, inputs: Shapes) -> tuple[Fault, ...]:
        if not inputs:
            return ()
        return (
            Fault(
                "An input stands in the middle of the network.",
                "A network has one input, at its beginning.",
                "Remove this layer, and set height, width and channels on the input at the top.",
            ),
        )

    def output_shape(self, inputs: Shapes) -> Shape:
        return self.shape

    def geometry(self, inputs: Shapes) -> Geometry:
        return Elementwise()

    def build(self, name: str, seed: int | None = None) -> keras.layers.Layer:
        import keras

        return keras.layers.InputLayer(shape=self.shape, name=name)

    def arithmetic(self, image: Array, weights: Mapping[str, Array], at: tuple[int, ...]) -> Arithmetic:
        value = float(image[at])
        row, column, channel = at
        return Arithmetic("the pixel itself", (Term(row, column, channel, value, 1.0, value),), (), 0.0, value, value)

    def caption(self) -> str:
        return f"image {self.height} × {self.width} × {self.shape[2]}"

    def explain(self, inputs: Shapes) -> str:
        if self.channels == "rgb":
            channels = "three channels (red, green and blue)"
        else:
            channels = "one channel (grayscale: how bright each pixel is)"
        return (
            f"Every image becomes {self.height} rows by {self.width} columns of pixels with {channels}. "
            "Each value runs from 0 (dark) to 255 (bright)."
        )
