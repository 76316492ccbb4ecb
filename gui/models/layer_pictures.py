"""Small pictures of what leaves each layer, for the cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtGui import QImage

from gui.models.feature_maps import FeatureMaps
from gui.models.thumbnails import rgb_image

Array = np.ndarray[Any, Any]


def layer_pictures(maps: Mapping[str, Array], seen: Array) -> dict[str, QImage]:
    """For each layer the map that varies most, by path; that of a block is what leaves it.

    Args:
        maps: What leaves the layers, by path, in the order of the network.
        seen: uint8, (height, width, channels): the image.
    """
    pictures = {}
    for path, values in maps.items():
        found = FeatureMaps(values)
        # Plain values, and rows of them, are one map.
        channel = 0 if len(found) == 1 else int(np.argmax(values.reshape(-1, values.shape[-1]).std(axis=0)))
        pictures[path] = found.map(channel).image()
        pictures[path.partition("/")[0]] = pictures[path]
    pictures["input"] = rgb_image(seen)
    return pictures
