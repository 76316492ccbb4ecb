from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.analysis import analyse
from engine.picture import Scene, draw
from gui.picture.painting import look
from gui.picture.view import PictureView
from tests.gui.conftest import small_draft


@pytest.fixture
def scene() -> Scene:
    network = small_draft().network
    return draw(network, analyse(network, 3), look(dark=False))


@pytest.fixture
def view(qtbot: Any, scene: Scene) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.show_scene(scene)
    return made


def test_all_of_it_is_seen_at_first_and_after_every_change_of_size(view: PictureView, scene: Scene) -> None:
    for width, height in ((600, 300), (300, 500), (900, 200)):
        view.resize(width, height)
        assert scene.width * view.zoom <= view.viewport().width() + 1
        assert scene.height * view.zoom <= view.viewport().height() + 1


def test_the_keys_zoom_move_and_fit(view: PictureView) -> None:
    fitted = view.zoom
    for _ in range(6):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > fitted
    before = view.horizontalScrollBar().value()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.horizontalScrollBar().value() > before
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == fitted
    QTest.keyClick(view, Qt.Key.Key_1)
    assert view.zoom == pytest.approx(1.0)


def test_zooming_keeps_the_point_under_the_mouse(view: PictureView) -> None:
    view.zoom_to(2.0)
    point = QPointF(200.0, 150.0)
    before = view.place_at(point)
    view.zoom_by(1.5, point)
    assert view.place_at(point) == before


def test_an_edit_keeps_the_size_that_was_chosen(view: PictureView, scene: Scene) -> None:
    view.zoom_to(3.0)
    view.show_scene(scene)
    assert view.zoom == pytest.approx(3.0)


def test_a_click_chooses_the_layer_and_a_drag_moves(view: PictureView, scene: Scene, qtbot: Any) -> None:
    view.zoom_to(4.0)
    place = scene.places[1]
    spots = [
        QPoint(x, y)
        for x in range(10, view.viewport().width(), 20)
        for y in range(10, view.viewport().height(), 20)
        if view.place_at(QPointF(x, y)) is not None
    ]
    found = view.place_at(QPointF(spots[0]))
    with qtbot.waitSignal(view.layer_chosen) as chosen:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spots[0])
    assert found is not None
    assert chosen.args == [found.paths[0]]
    before = view.horizontalScrollBar().value()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    QTest.mouseMove(view.viewport(), QPoint(120, 100))
    QTest.mouseMove(view.viewport(), QPoint(100, 100))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert view.horizontalScrollBar().value() > before
    assert place.words


def test_the_chosen_layer_is_outlined(view: PictureView, scene: Scene) -> None:
    plain = view.grab().toImage()
    view.show_scene(scene, "layer_001")
    assert view.grab().toImage() != plain


def test_it_says_in_words_what_it_shows(view: PictureView) -> None:
    assert "Conv2D" in view.accessibleDescription()
