"""Paper: what pictures are drawn on, with the colours and the type of the report, in light and in dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from PIL import Image, ImageDraw

from engine.report.typeface import font_for

SCALE: Final = 2
"""Pixels of a picture for one unit of its measures, so that it is sharp on fine screens."""

_SMOOTH: Final = 3
"""Lines are drawn this much larger and shrunk, so that slanted ones have no stairs."""

Point = tuple[float, float]
Anchor = Literal["lt", "mt", "rt", "lm", "mm", "rm", "lb", "mb", "rb", "ls", "ms", "rs"]


@dataclass(frozen=True)
class Ink:
    """The colours of one scheme, as in the window."""

    surface: str
    text: str
    secondary: str
    grid: str
    axis: str
    training: str
    validation: str


LIGHT: Final = Ink("#FFFFFF", "#171B21", "#596373", "#E6E9EE", "#BFC7D2", "#2F6FDE", "#D55E00")
DARK: Final = Ink("#1A1E24", "#E9ECF0", "#A2ACB9", "#2B313A", "#4A5462", "#5B93F5", "#E8772A")


class Paper:
    """A picture in the making; places and lengths are in units of `SCALE` pixels, from the top left.

    Lines and shapes wait on a sheet of their own and are smoothed when the picture is taken; text lies above them.
    """

    def __init__(self, width: int, height: int, ink: Ink = LIGHT) -> None:
        self.ink = ink
        self.width, self.height = width, height
        size = (width * SCALE * _SMOOTH, height * SCALE * _SMOOTH)
        self._sheet = Image.new("RGB", size, ink.surface)
        self._draw = ImageDraw.Draw(self._sheet)
        self._texts: list[tuple[Point, str, float, str, Anchor]] = []
        self._pictures: list[tuple[Point, Image.Image]] = []

    def line(self, points: list[Point], colour: str, width: float = 1.0) -> None:
        """A line through points, with round ends and corners."""
        factor = SCALE * _SMOOTH
        scaled = [(x * factor, y * factor) for x, y in points]
        stroke = max(1, round(width * factor))
        self._draw.line(scaled, colour, stroke, joint="curve")
        if width > 1:
            for x, y in (scaled[0], scaled[-1]):
                self._draw.ellipse((x - stroke / 2, y - stroke / 2, x + stroke / 2, y + stroke / 2), colour)

    def dot(self, at: Point, radius: float, colour: str) -> None:
        """A filled circle with a rim of the paper's colour."""
        factor = SCALE * _SMOOTH
        for reach, ink in ((radius + 1.5, self.ink.surface), (radius, colour)):
            box = [(place + side * reach) * factor for side in (-1, 1) for place in at]
            self._draw.ellipse((box[0], box[1], box[2], box[3]), ink)

    def box(self, left: float, top: float, width: float, height: float, colour: str, radius: float = 0.0) -> None:
        """A filled rectangle."""
        factor = SCALE * _SMOOTH
        corners = (left * factor, top * factor, (left + width) * factor - 1, (top + height) * factor - 1)
        self._draw.rounded_rectangle(corners, radius * factor, colour)

    def text(self, at: Point, text: str, size: float = 12, colour: str = "", anchor: Anchor = "lm") -> None:
        """A line of text; `anchor` says which place of it `at` is, as in Pillow."""
        self._texts.append((at, text.replace("×", "x"), size, colour or self.ink.text, anchor))  # no such glyph

    def picture(self, at: Point, picture: Image.Image) -> None:
        """A picture with one of its pixels on one of the paper's; its top left is `at`."""
        self._pictures.append((at, picture))

    def taken(self) -> Image.Image:
        """The finished picture, RGB."""
        size = (self.width * SCALE, self.height * SCALE)
        found = self._sheet.resize(size, Image.Resampling.BOX, reducing_gap=None)
        for (x, y), picture in self._pictures:
            found.paste(picture, (round(x * SCALE), round(y * SCALE)))
        draw = ImageDraw.Draw(found)
        for (x, y), text, text_size, colour, anchor in self._texts:
            draw.text((x * SCALE, y * SCALE), text, colour, font_for(text, text_size * SCALE), anchor)
        return found


def text_width(text: str, size: float) -> float:
    """How long a line of text is, in units."""
    return float(font_for(text, size * SCALE).getlength(text)) / SCALE


def shortened(text: str, size: float, width: float) -> str:
    """The text, cut in the middle with an ellipsis where it is longer than `width` units."""
    if text_width(text, size) <= width:
        return text
    for kept in range(len(text) - 1, 1, -1):
        cut = text[: -(-kept // 2)] + "…" + text[len(text) - kept // 2 :]
        if text_width(cut, size) <= width:
            return cut
    return "…"
