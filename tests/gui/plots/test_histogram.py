"""How often each value occurs, drawn and in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np

from gui.plots.histogram import Histogram, sentence


def counts(*values: int) -> np.ndarray[Any, Any]:
    return np.stack([np.bincount(np.array(values), minlength=256)])


def test_the_sentence_says_the_range_the_mean_and_what_lies_at_its_ends() -> None:
    assert sentence(counts(10, 20, 30)) == "Values from 10 to 30, 20 on average."
    assert sentence(counts(0, 0, 255, 100)) == "Values from 0 to 255, 89 on average; 50.0 % at 0 and 25.0 % at 255."
    assert sentence(np.zeros((3, 256), np.int64)) == "Values from 0 to 0, 0 on average."


def test_the_curve_is_high_where_there_are_many(qtbot: Any) -> None:
    view = Histogram()
    qtbot.addWidget(view)
    view.resize(256, 100)
    view.show_counts(counts(*[200] * 50, 20))
    image = view.grab().toImage()

    def dark(x: int) -> int:
        """How many pixels of a column are not ground."""
        ratio = image.width() / view.width()
        ground = image.pixelColor(int(120 * ratio), int(40 * ratio))
        return sum(image.pixelColor(int(x * ratio), y) != ground for y in range(2, int(80 * ratio)))

    assert dark(200) > 40 > dark(20) > 0
    assert view.accessibleDescription() == sentence(counts(*[200] * 50, 20))
    view.show_counts(None)
    assert view.accessibleDescription() == ""
