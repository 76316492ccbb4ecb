"""Pictures for the cards."""

from __future__ import annotations

import numpy as np

from gui.models.layer_pictures import layer_pictures
from tests.gui.pages.fakes import inspection


def test_cards_get_the_map_that_varies_most() -> None:
    found = inspection()
    found.maps["layer_002"][:] = 0.0
    found.maps["layer_002"][3, 4, 7] = 5.0
    pictures = layer_pictures(found.maps, found.seen)
    brightest = pictures["layer_002"].pixelColor(4, 3)
    assert brightest != pictures["layer_002"].pixelColor(0, 0)
    assert pictures["input"].width() == 8


def test_rows_of_values_are_one_picture_and_a_block_has_that_of_its_last_layer() -> None:
    rows = np.arange(12, dtype=np.float32).reshape(3, 4)
    rows[:, 2] *= 9
    maps = {"layer_001/a": np.zeros(5, np.float32), "layer_001/b": rows}
    pictures = layer_pictures(maps, np.zeros((2, 2, 1), np.uint8))
    assert (pictures["layer_001/b"].width(), pictures["layer_001/b"].height()) == (4, 3)
    assert pictures["layer_001"] == pictures["layer_001/b"]
