"""Which image of a dataset is looked at: one that no network has learned from, where there is one."""

from __future__ import annotations

import numpy as np

from engine.data.split import PARTS, Part
from engine.service.datasets import DatasetSummary


def sample_image(dataset: DatasetSummary | None, here: int = -1, by: int = 1) -> int | None:
    """The index of a test image, or of any where none is for testing; None without images.

    Args:
        here: The image to go on from, or -1 for the first of all.
        by: How many images further, or back.
    """
    if dataset is None or not len(dataset.ids):
        return None
    test = np.flatnonzero(dataset.parts == PARTS.index(Part.TEST))
    pool = test if len(test) else np.arange(len(dataset.ids))
    if here < 0:
        return int(pool[0])
    place = int(np.searchsorted(pool, here, side="left" if by < 0 else "right"))
    return int(pool[(place - 1 if by < 0 else place) % len(pool)])
