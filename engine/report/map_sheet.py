"""A sheet of feature maps: every map of one layer on one scale, numbered, with the scale below."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from PIL import Image

from engine.report.paper import LIGHT, SCALE, Ink, Paper
from engine.report.shading import Shading, wrapped

Array = np.ndarray[Any, Any]

_MARGIN: Final = 20
_GAP: Final = 10
_CAPTION: Final = 16
_HEAD: Final = 56
_FOOT: Final = 48
_WIDTH: Final = 960
MOST: Final = 256
"""Maps on one sheet; a layer with more shows the first."""


def maps_of(values: Array) -> list[Array]:
    """The maps of a layer's output, (height, width) each; plain values make one map of wrapped lines."""
    if values.ndim == 1:
        return [wrapped(values)]
    return [values[:, :, channel] for channel in range(values.shape[2])]


def map_sheet(title: str, values: Array, ink: Ink = LIGHT) -> Image.Image:
    """The sheet.

    Args:
        title: What it shows.
        values: (height, width, channels) or (features,).
        ink: Light or dark.
    """
    shading = Shading.of(values)
    maps = maps_of(values)
    shown = maps[:MOST]
    columns = max(1, min(len(shown), 8 if len(shown) > 12 else 6 if len(shown) > 4 else 4))
    cell = (_WIDTH - 2 * _MARGIN - (columns - 1) * _GAP) / columns
    tile = min(cell, 240.0)
    height, width = shown[0].shape
    ratio = height / width
    tall = max(4.0, tile * min(ratio, 2.0)) if ratio <= 1 else tile
    rows = math.ceil(len(shown) / columns)
    caption = _CAPTION if len(shown) > 1 else 0
    step = tall + caption + _GAP
    paper = Paper(_WIDTH, round(_HEAD + rows * step + _FOOT), ink)
    paper.text((_MARGIN, 22), title, 15)
    paper.text((_MARGIN, 42), _words(values, len(maps), len(shown)), 11, ink.secondary)
    for number, one in enumerate(shown):
        row, column = divmod(number, columns)
        left, top = _MARGIN + column * (tile + _GAP), _HEAD + row * step
        paper.picture((left, top), _fitted(shading, one, tile, tall))
        if caption:
            paper.text((left, top + tall + caption / 2), str(number), 11, ink.secondary)
    _draw_scale(paper, shading, _HEAD + rows * step + 6)
    return paper.taken()


def _fitted(shading: Shading, values: Array, width: float, height: float) -> Image.Image:
    """The map in exactly this room, its squares kept as sharp as pixels allow."""
    image = Image.fromarray(shading.colours(values))
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
