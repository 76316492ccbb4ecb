"""A sheet of images with what the network says of each; wrong answers have a frame and say what is right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PIL import Image, ImageOps

from engine.report.paper import LIGHT, SCALE, Ink, Paper, shortened

Array = np.ndarray[Any, Any]

_COLUMNS: Final = 8
_MARGIN: Final = 20
_GAP: Final = 14
_WIDTH: Final = 960
_HEAD: Final = 62
_CAPTION: Final = 40


@dataclass(frozen=True, eq=False)
class Answer:
    """One image and what was said of it.

    Attributes:
        pixels: uint8, (height, width, 1 or 3).
        truth: The right class, or "" where it is not known.
        said: The most probable class.
        probability: How probable, 0 to 1.
    """

    pixels: Array
    truth: str
    said: str
    probability: float

    @property
    def wrong(self) -> bool:
        """Whether the right class is known and is another."""
        return bool(self.truth) and self.truth != self.said


def answer_sheet(title: str, note: str, answers: Sequence[Answer], ink: Ink = LIGHT) -> Image.Image:
    """The sheet; `note` stands below the title."""
    rows = max(1, math.ceil(len(answers) / _COLUMNS))
    tile = (_WIDTH - 2 * _MARGIN - (_COLUMNS - 1) * _GAP) / _COLUMNS
    step = tile + _CAPTION + _GAP
    paper = Paper(_WIDTH, round(_HEAD + rows * step), ink)
    paper.text((_MARGIN, 20), title, 15)
    paper.text((_MARGIN, 39), note, 11, ink.secondary)
    for number, one in enumerate(answers):
        row, column = divmod(number, _COLUMNS)
        left, top = _MARGIN + column * (tile + _GAP), _HEAD + row * step
        if one.wrong:
            paper.box(left - 3, top - 3, tile + 6, tile + 6, ink.validation, 3)
        paper.picture((left, top), _tile(one.pixels, tile))
        colour = ink.validation if one.wrong else ink.text
        paper.text((left, top + tile + 12), shortened(one.said, 13, tile - 40), 13, colour)
        paper.text((left + tile, top + tile + 12), f"{one.probability * 100:.0f} %", 11, ink.secondary, "rm")
        if one.wrong:
            paper.text((left, top + tile + 28), shortened(f"wrong: it is {one.truth}", 11, tile), 11, colour)
    return paper.taken()


def _tile(pixels: Array, side: float) -> Image.Image:
    image = Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels).convert("RGB")
    room = round(side * SCALE)
    resampling = Image.Resampling.NEAREST if max(image.size) < room else Image.Resampling.LANCZOS
    return ImageOps.pad(image, (room, room), resampling, color="#000000")
