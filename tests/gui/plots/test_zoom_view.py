"""One image zoomed, moved and pointed at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from gui.plots.zoom_view import LARGEST, ZoomView

PIXELS = np.arange(10 * 20 * 3, dtype=np.uint8).reshape(10, 20, 3)


@pytest.fixture
def view(qtbot: Any) -> ZoomView:
    made = ZoomView()
    qtbot.addWidget(made)
    made.resize(408, 308)
    with qtbot.waitExposed(made):
        made.show()
    made.show_image(10, 20, (0, 0, 10, 20), PIXELS)
    return made


def test_it_is_fitted_in_and_follows_the_size_of_the_view(view: ZoomView) -> None:
    assert view.scale == pytest.approx(20)
    view.resize(808, 608)
    assert view.scale == pytest.approx(40)
    view.zoom(0.5)
    view.resize(408, 308)
    assert view.scale == pytest.approx(20)


def test_the_value_under_the_mouse_is_said(qtbot: Any, view: ZoomView) -> None:
    said: list[str] = []
    view.pointed.connect(said.append)
    qtbot.mouseMove(view, QPoint(4 + 3 * 20 + 5, 54 + 2 * 20 + 5))
    red, green, blue = PIXELS[2, 3]
    assert said[-1] == f"Row 2, column 3: red {red}, green {green}, blue {blue}"
    assert view.accessibleDescription() == said[-1]
    qtbot.mouseMove(view, QPoint(200, 10))
    assert said[-1] == ""


def test_what_lies_under_the_mouse_stays_there_while_zooming(view: ZoomView) -> None:
    point = QPointF(100, 120)
    before = (point - view._origin) / view.scale
    view.zoom(2.0, point)
    after = (point - view._origin) / view.scale
    assert (before - after).manhattanLength() < 1e-6
    for _ in range(40):
        view.zoom(1.5)
    assert view.scale == LARGEST
    for _ in range(80):
        view.zoom(0.5)
    assert view.scale == pytest.approx(1.0)


def test_keys_zoom_and_move_the_cursor_through_the_image(qtbot: Any, view: ZoomView) -> None:
    qtbot.keyClicks(view, "1")
    assert view.scale == 1.0
    qtbot.keyClicks(view, "+")
    assert view.scale == 1.25
    qtbot.keyClicks(view, "-0")
    assert view.scale == pytest.approx(20)
    view.zoom(3.0)
    shift = Qt.KeyboardModifier.ShiftModifier
    for _ in range(30):
        qtbot.keyClick(view, Qt.Key.Key_Right, shift)
        qtbot.keyClick(view, Qt.Key.Key_Down, shift)
    assert view.accessibleDescription().startswith("Row 9, column 19:")
    assert view.rect().contains(view._on_screen((9, 19, 1, 1)).center().toPoint())


def test_dragging_moves_it_and_leaves_no_gap(qtbot: Any, view: ZoomView) -> None:
    view.zoom(4.0)
    before = QPointF(view._origin)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.mouseMove(view, QPoint(170, 130))
    assert view._origin - before == QPointF(-30, -20)
    qtbot.mouseMove(view, QPoint(-9000, -9000))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton)
    assert view._on_screen((0, 0, 10, 20)).right() == pytest.approx(view.width())


def test_a_small_version_is_enough_until_one_looks_close(qtbot: Any, view: ZoomView) -> None:
    view.show_image(1000, 2000, (0, 0, 1000, 2000), np.zeros((500, 1000, 3), np.uint8))
    with qtbot.assertNotEmitted(view.part_wanted, wait=150):
        view.fit()
    with qtbot.waitSignal(view.part_wanted) as signal:
        view.zoom_to(1.0)
    (box,) = signal.args
    assert box[2] <= 310
    assert box[3] <= 410
    view._step(0, 0)
    assert "about red 0" in view.accessibleDescription()
    view.show_part(box, np.full((box[2], box[3], 3), 5, np.uint8))
    assert ": red 5" in view.accessibleDescription()


def test_nothing_is_shown_without_an_image(view: ZoomView) -> None:
    view.clear()
    view.zoom(2.0)
    view.fit()
    view.grab()
    assert view.accessibleDescription() == ""
