"""Preprocessing: how any image file becomes the network's input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from engine import limits
from engine.geometry import Shape
from engine.parameters import Configured, choice, declared, integer
from engine.variants import Alternative, Variant, number

Colour = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""

_NAMED: Final = {"black": (0, 0, 0), "white": (255, 255, 255), "grey": (128, 128, 128)}
_OWN: Final = Alternative(
    "colour",
    "the colour {red}, {green}, {blue}",
    tuple(number(one, 128.0, 0.0, 255.0, f"How much {one}, from 0 to 255.") for one in ("red", "green", "blue")),
)
_EDGE: Final = Alternative("edge", "the mean colour of the image's edge")
_SHADES: Final = tuple(Alternative(name, name) for name in _NAMED)
_RANGES: Final = (
    Alternative("automatic", "as the kind of file suggests"),
    Alternative("full_16_bit", "from 0 to 65,535"),
    Alternative("own", "from the smallest value of each image to its largest"),
    Alternative(
        "between",
        "from {low} to {high}",
        (
            number("low", 0.0, -1e12, 1e12, "What is black, and everything below."),
            number("high", 4095.0, -1e12, 1e12, "What is white, and everything above."),
        ),
        ascending=True,
    ),
)


def _variant(default: str, alternatives: tuple[Alternative, ...], help: str, **words: Any) -> Any:
    return declared(Variant(default=default, alternatives=alternatives, help=help, **words))


@dataclass(frozen=True)
class Preprocessing(Configured):
    """Size, colour mode, resize policy, and what becomes of clear pixels and of more than 8 bits.

    The result is uint8, height × width × channels. One function reads it on every route (training, prediction, drag
    and drop), and it is stored with the run.
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
        help="What happens to images of another aspect: stretched, cropped at the centre, or padded.",
    )
    interpolation: str = choice(
        "bilinear",
        choices=("nearest", "bilinear", "bicubic", "lanczos"),
        help="How new pixels are made when the size changes.",
        advanced=True,
    )
    padding: str = _variant(
        "black",
        (*_SHADES, _EDGE, _OWN),
        "The colour of the bars beside an image of another aspect. Bars that look like the background of the images "
        "are the least for the network to stumble over.",
        label="Colour of the bars",
        only_with=("resize", "pad"),
    )
    range: str = _variant(
        "automatic",
        _RANGES,
        "Which values of 16-bit and floating-point images become black and white; 8-bit images stay as they are. "
        "automatic: 16 bits in full; numbers within 0 to 1 or 0 to 255 as such, any other from the smallest to the "
        "largest. own: each image from its smallest value to its largest, which makes dark ones bright. between: "
        "the same two values for all images, such as 0 and 4095 for a camera of 12 bits.",
        label="Range of values",
        advanced=True,
    )
    background: str = _variant(
        "white",
        (*_SHADES, _OWN),
        "The colour that is seen through transparent pixels.",
        label="Behind clear pixels",
        advanced=True,
    )

    @property
    def shape(self) -> Shape:
        """Height, width and channels (1 or 3) of what it gives."""
        return (self.height, self.width, 3 if self.channels == "rgb" else 1)

    @property
    def padding_colour(self) -> Colour | None:
        """The colour of the bars; None stands for the mean of the image's edge."""
        return self._colour("padding")

    @property
    def background_colour(self) -> Colour:
        """The colour behind transparent pixels."""
        return self._colour("background") or (255, 255, 255)

    @property
    def range_of_values(self) -> tuple[str, dict[str, float]]:
        """The name of the range, and its numbers by name."""
        alternative, numbers = self._chosen("range")
        return alternative.name, numbers

    def _colour(self, name: str) -> Colour | None:
        alternative, numbers = self._chosen(name)
        if alternative is _EDGE:
            return None
        return _NAMED.get(alternative.name) or (
            round(numbers["red"]),
            round(numbers["green"]),
            round(numbers["blue"]),
        )

    def _chosen(self, name: str) -> tuple[Alternative, dict[str, float]]:
        parameter = self.parameter(name)
        assert isinstance(parameter, Variant), "it is declared above"
        return parameter.chosen(getattr(self, name))


def brightness(colour: Colour) -> int:
    """A colour in grey, 0 to 255, as Pillow makes it: ITU-R 601-2 in whole numbers."""
    red, green, blue = colour
    return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16
