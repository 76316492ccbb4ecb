from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gui.plots.curve_plot import CurvePlot, Series, epoch_step, fitted_top, value_step

BLUE = QColor("blue")


def series(y: Any, **words: Any) -> Any:
    return Series("training", BLUE, np.arange(1.0, len(y) + 1), np.asarray(y, dtype=float), **words)


@pytest.mark.parametrize(
    ("span", "ticks", "step"), [(1, 5, 1), (10, 5, 2), (20, 5, 5), (20, 4, 5), (100, 6, 20), (5_000, 6, 1_000)]
)
def test_epoch_ticks_are_whole_and_round(span: float, ticks: int, step: float) -> None:
    assert epoch_step(span, ticks) == step


@pytest.mark.parametrize(
    ("span", "ticks", "step"), [(1.0, 5, 0.2), (2.3, 5, 0.5), (1.0, 10, 0.1), (9_000.0, 5, 2_000.0)]
)
def test_value_ticks_are_round(span: float, ticks: int, step: float) -> None:
    assert value_step(span, ticks) == pytest.approx(step)


def test_one_wild_step_does_not_flatten_the_rest() -> None:
    steps = series([900.0] + [1.0] * 200, faint=True)
    epochs = series([4.0, 1.0, 0.9])
    assert fitted_top([steps, epochs]) < 10


def test_an_empty_or_infinite_curve_still_has_an_axis() -> None:
    assert fitted_top([]) == 1.0
    assert fitted_top([series([np.inf, np.nan])]) == 1.0


def test_the_arrow_keys_read_epochs(qtbot: Any) -> None:
    plot = CurvePlot("Accuracy")
    qtbot.addWidget(plot)
    plot.set_series([series([0.1, 0.2, 0.3])], epochs=3)
    read: list[Any] = []
    plot.reading_changed.connect(read.append)
    plot.reading_changed.connect(plot.read_at)
    for _ in range(5):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert read == [1, 2, 3, 3, 3, 2, None]


def test_curves_come_and_go(qtbot: Any) -> None:
    plot = CurvePlot("Loss")
    qtbot.addWidget(plot)
    plot.set_series([series([1, 2]), series([2, 1])], epochs=2)
    plot.set_series([series([1, 2])], epochs=2)
    assert len(plot._items) == 1
    plot.set_series([], epochs=1)
    assert plot._items == []
