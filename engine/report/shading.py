"""Shading: numbers as colours, viridis where none is below zero, else a diverging map with zero in its middle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PIL import Image

from engine.report import colourmaps

Array = np.ndarray[Any, Any]
Colour = tuple[int, ...]
"""Red, green and blue, 0 to 255."""

WHITE: Final = (255, 255, 255)


@dataclass(frozen=True)
class Shading:
    """One scale for values.

    Attributes:
        low: The value that the first colour stands for.
        high: The value that the last one stands for.
        signed: Whether colours diverge from zero.
    """

    low: float
    high: float
    signed: bool

    @classmethod
    def of(cls, values: Array) -> Shading:
        """The scale that holds all finite values."""
        known = values[np.isfinite(values)]
        if not known.size:
            return cls(0.0, 1.0, signed=False)
        low, high = float(known.min()), float(known.max())
        if low < 0:
            reach = max(-low, high)
            return cls(-reach, reach, signed=True)
        return cls(low, high if high > low else low + 1.0, signed=False)

    @property
    def table(self) -> Array:
        """uint8, (256, 3): its colours, lowest first."""
        return colourmaps.DIVERGING if self.signed else colourmaps.VIRIDIS

    def colours(self, values: Array, nothing: Colour = WHITE) -> Array:
        """uint8, (*shape, 3): the colour of each value; NaN, where there is no value, is `nothing`."""
        known = np.nan_to_num(values.astype(np.float64), nan=self.low, posinf=self.high, neginf=self.low)
        share = np.clip((known - self.low) / (self.high - self.low), 0.0, 1.0)
        found: Array = self.table[np.round(share * 255).astype(np.uint8)]
        found[np.isnan(values)] = nothing
        return found

    def picture(self, values: Array, side: int) -> Image.Image:
        """A map as a picture, each value a square of whole pixels.

        Args:
            values: (height, width).
            side: The longer side comes as near to this as squares allow, and is never smaller than the map.
        """
        image = Image.fromarray(self.colours(values))
        factor = max(1, side // max(image.size))
        return image.resize((image.width * factor, image.height * factor), Image.Resampling.NEAREST)


def wrapped(values: Array) -> Array:
    """(features,) broken into lines of about the square root: (rows, columns), NaN behind the last."""
    columns = min(len(values), max(10, math.ceil(math.sqrt(len(values)))))
    rows = -(-len(values) // columns)
    padded = np.full(rows * columns, np.nan, dtype=np.float32)
    padded[: len(values)] = values
    return padded.reshape(rows, columns)
