"""Preprocessing: how any image file becomes the network's input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine import limits
from engine.geometry import Shape
from engine.parameters import Configured, choice, integer


@dataclass(frozen=True)
class Preprocessing(Configured):
    """Size, colour mode and resize policy. The result is uint8, height × width × channels.

    One function reads it on every route (training, prediction, drag and drop), and it is stored with the run.
    """

    kind: ClassVar[str] = "Preprocessing"

    height: int = integer(32, minimum=1, maximum=limits.MAX_INPUT_SIDE, unit="px", help="Rows of the network's input.")
    width: int = integer(
        32, minimum=1, maximum=limits.MAX_INPUT_SIDE, unit="px", help="Columns of the network's input."
    )
    channels: str = choice(
        "rgb", choices=("grayscale", "rgb"), label="Colour", help="Whether the network sees colour or brightness alone."
    )
    resize: str = choice(
        "crop",
        choices=("stretch", "crop", "pad"),
        help="What happens to images of another aspect: stretched, cropped at the centre, or padded with black.",
    )
    interpolation: str = choice(
        "bilinear",
        choices=("nearest", "bilinear", "bicubic", "lanczos"),
        help="How new pixels are made when the size changes.",
        advanced=True,
    )

    @property
    def shape(self) -> Shape:
        """Height, width and channels (1 or 3) of what it gives."""
        return (self.height, self.width, 3 if self.channels == "rgb" else 1)
