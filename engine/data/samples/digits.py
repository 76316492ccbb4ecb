"""`sample:digits`: 1,797 handwritten digits of 8 × 8 pixels (UCI, CC BY 4.0; see resources/digits)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.geometry import Shape

FILE: Final = Path(__file__).parents[3] / "resources" / "digits" / "digits.npz"
SHAPE: Final[Shape] = (8, 8, 1)
CLASS_NAMES: Final = tuple("0123456789")


def read() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The images, uint8 (1797, 8, 8, 1) with values 0 to 255, and their labels, int32 (1797,)."""
    with np.load(FILE, allow_pickle=False) as arrays:
        strokes, labels = arrays["images"], arrays["labels"]
    images = (strokes.astype(np.float32) * (255 / 16) + 0.5).astype(np.uint8)
    return images[..., np.newaxis], labels.astype(np.int32)
