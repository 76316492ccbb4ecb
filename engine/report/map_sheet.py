"""A sheet of feature maps: every map of one layer on one scale, numbered, with the scale below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PIL import Image, ImageColor

from engine.report.paper import LIGHT, SCALE, Ink, Paper, Point, shortened
from engine.report.shading import Shading, wrapped

Array = np.ndarray[Any, Any]

_MARGIN: Final = 20
_GAP: Final = 10
_CAPTION: Final = 16
_HEAD: Final = 62
_FOOT: Final = 48
_WIDTH: Final = 960
_NARROW: Final = 560
MOST: Final = 256
"""Maps on one sheet; a layer with more shows the first."""


def maps_of(values: Array) -> list[Array]:
    """The maps of a layer's output, (height, width) each; plain values make one map of wrapped lines, a table one."""
    if values.ndim == 1:
        return [wrapped(values)]
    if values.ndim == 2:
        return [values]
    return [values[:, :, channel] for channel in range(values.shape[2])]


def map_sheet(title: str, values: Array, ink: Ink = LIGHT) -> Image.Image:
    """The sheet.

    Args:
        title: What it shows.
        values: (height, width, channels), (rows, features) or (features,).
        ink: Light or dark.
    """
    shading = Shading.of(values)
    maps = maps_of(values)
    shown = maps[:MOST]
    surface = ImageColor.getrgb(ink.surface)
    layout = _Layout.of(len(shown), *shown[0].shape)
    paper = Paper(layout.wide, layout.foot + _FOOT, ink)
    paper.text((_MARGIN, 22), shortened(title, 15, layout.wide - 2 * _MARGIN), 15)
    paper.text((_MARGIN, 42), _words(values, len(maps), len(shown)), 11, ink.secondary)
    for number, one in enumerate(shown):
        left, top = layout.place(number)
        paper.picture((left, top), _fitted(shading.colours(one, surface), layout.tile, layout.tall))
        if len(shown) > 1:
            paper.text((left, top + layout.tall + _CAPTION / 2), str(number), 11, ink.secondary)
    _draw_scale(paper, shading, layout.foot + 6)
    return paper.taken()


@dataclass(frozen=True)
class _Layout:
    """Where the maps stand, in units of the paper.

    Attributes:
        columns: Maps in a row.
        rows: Rows of maps.
        tile: Room for the width of one map.
        tall: Room for its height.
        caption: Room below it.
    """

    columns: int
    rows: int
    tile: float
    tall: float
    caption: int

    @classmethod
    def of(cls, maps: int, height: int, width: int) -> _Layout:
        columns = min(maps, 16 if maps > 96 else 8 if maps > 12 else 6)
        room = (_WIDTH - 2 * _MARGIN - (columns - 1) * _GAP) / columns
        tile = min(room, 160.0 if maps > 1 else 320.0)
        tall = min(max(tile * height / width, 6.0), 2 * tile)
        return cls(columns, math.ceil(maps / columns), tile, tall, _CAPTION if maps > 1 else 0)

    @property
    def wide(self) -> int:
        """Width of the paper: that of the maps, and never too narrow for the words above them."""
        return max(_NARROW, round(2 * _MARGIN + self.columns * (self.tile + _GAP) - _GAP))

    @property
    def foot(self) -> int:
        """Where the maps end."""
        return round(_HEAD + self.rows * (self.tall + self.caption + _GAP))

    def place(self, number: int) -> Point:
        """The top left of a map."""
        row, column = divmod(number, self.columns)
        return _MARGIN + column * (self.tile + _GAP), _HEAD + row * (self.tall + self.caption + _GAP)


def _fitted(colours: Array, width: float, height: float) -> Image.Image:
    """The map in exactly this room, its squares kept as sharp as pixels allow."""
    image = Image.fromarray(colours)
    scale = min(width * SCALE / image.width, height * SCALE / image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.NEAREST if scale >= 1 else Image.Resampling.BOX)


def _words(values: Array, maps: int, shown: int) -> str:
    span = f"values from {values.min():.4g} to {values.max():.4g}" if values.size else ""
    if values.ndim == 1:
        return f"{values.shape[0]:,} values, one for each feature; {span}"
    text = f"{maps:,} {'map' if maps == 1 else 'maps'} of {values.shape[0]} × {values.shape[1]} on one scale; {span}"
    return text if shown == maps else f"{text}; the first {shown} are shown"


def _draw_scale(paper: Paper, shading: Shading, top: float) -> None:
    width, height = 240, 10
    ramp = np.linspace(shading.low, shading.high, width * SCALE)[None, :].repeat(height * SCALE, axis=0)
    paper.picture((_MARGIN, top), Image.fromarray(shading.colours(ramp)))
    middle = 0.0 if shading.signed else (shading.low + shading.high) / 2
    for place, value, anchor in ((0, shading.low, "lt"), (width / 2, middle, "mt"), (width, shading.high, "rt")):
        at = (_MARGIN + place, top + height + 5)
        paper.text(at, f"{value:.3g}", 11, paper.ink.secondary, anchor)  # type: ignore[arg-type]
