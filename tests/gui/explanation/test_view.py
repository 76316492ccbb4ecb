from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from engine.layers.conv2d import Conv2D
from engine.layers.flatten import Flatten
from engine.layers.max_pooling2d import MaxPooling2D
from gui.explanation.view import ExplanationView

SHAPES = ((9, 9, 3),)


@pytest.fixture
def view(qtbot: Any) -> ExplanationView:
    made = ExplanationView()
    qtbot.addWidget(made)
    made.explain(Conv2D(), SHAPES)
    made.resize(260, 300)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_it_moves_while_it_is_seen_and_stops_when_hidden(view: ExplanationView, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: view.film.frame > 0)
    view.hide()
    assert not view.clock.running


def test_it_stops_while_another_window_is_in_front(view: ExplanationView, qtbot: Any) -> None:
    assert view.clock.running
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not view.clock.running)
    view.activateWindow()
    qtbot.waitUntil(lambda: view.clock.running)


def test_the_keyboard_plays_pauses_and_steps(view: ExplanationView) -> None:
    QTest.keyClick(view.film, Qt.Key.Key_Space)
    assert not view.clock.running
    frame = view.film.frame
    QTest.keyClick(view.film, Qt.Key.Key_Right)
    assert view.film.frame == frame + 1
    QTest.keyClick(view.film, Qt.Key.Key_Left)
    QTest.keyClick(view.film, Qt.Key.Key_Left)
    assert view.film.frame == (frame - 1) % 49
    QTest.keyClick(view.film, Qt.Key.Key_Space)
    assert view.clock.running


def test_the_buttons_say_what_they_do(view: ExplanationView) -> None:
    assert view.play_button.accessibleName() == "Pause the moving picture"
    view.step_button.click()
    assert view.play_button.accessibleName() == "Play the moving picture"
    assert not view.clock.running


def test_two_settings_show_two_pictures(view: ExplanationView) -> None:
    view.step(0)
    shown = [view.grab().toImage()]
    for type in (Conv2D(strides=(2, 2)), Conv2D(kernel_initializer="he_normal"), MaxPooling2D()):
        view.explain(type, SHAPES)
        shown.append(view.grab().toImage())
    assert all(one != other for number, one in enumerate(shown) for other in shown[:number])


def test_an_edit_of_a_setting_keeps_the_place_and_another_layer_begins_anew(view: ExplanationView) -> None:
    view.step(5)
    frame = view.film.frame
    view.explain(Conv2D(filters=3), SHAPES)
    assert view.film.frame == frame
    view.explain(Flatten(), SHAPES)
    assert view.film.frame == 0


def test_it_says_in_words_what_it_shows_and_what_no_picture_can(view: ExplanationView) -> None:
    assert "window of 3 × 3" in view.film.accessibleDescription()
    view.explain(Conv2D(kernel_initializer="he_normal"), SHAPES)
    assert "he_normal" in view.note.text()
    assert view.film.accessibleName()


def test_nothing_to_explain_hides_it(view: ExplanationView) -> None:
    view.explain(None)
    assert view.isHidden()
    assert not view.clock.running
