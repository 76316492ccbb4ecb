"""The look: which colours hold, who wears the style sheet, and that every text can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gui.theme import DARK, LIGHT, Colours, Scheme, Theme, theme

READABLE = 4.5
"""Contrast of ordinary text. Source: WCAG 2.2, success criterion 1.4.3."""


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Theme]:
    yield theme()
    theme().apply()


@pytest.fixture
def window(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def luminance(colour: QColor) -> float:
    """Relative luminance. Source: WCAG 2.2, definitions."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(luminance(QColor(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["text", "secondary", "bad", "warning", "accent"])
def test_every_text_can_be_read_on_every_surface(colours: Colours, text: str) -> None:
    for surface in ("window", "surface", "raised"):
        assert contrast(getattr(colours, text), getattr(colours, surface)) >= READABLE, surface


def test_a_window_wears_the_sheet_of_the_moment_and_every_later_one(look: Theme, window: QWidget) -> None:
    look.apply(Scheme.LIGHT)
    look.dress(window)
    assert LIGHT.text in window.styleSheet()
    look.apply(Scheme.DARK)
    assert look.dark
    assert DARK.surface in window.styleSheet()
    assert LIGHT.text not in window.styleSheet()


def test_what_a_window_holds_looks_like_it(look: Theme, window: QWidget) -> None:
    look.apply(Scheme.LIGHT)
    look.dress(window)
    label = QLabel("small", window)
    label.setProperty("role", "secondary")
    label.ensurePolished()
    assert label.palette().windowText().color() == QColor(LIGHT.secondary)


def test_the_application_wears_none(look: Theme, window: QWidget, qapp: QApplication) -> None:
    look.dress(window)
    look.apply(Scheme.DARK)
    assert qapp.styleSheet() == ""


def test_a_window_that_is_gone_is_left_alone(look: Theme, qapp: QApplication) -> None:
    gone, kept = QWidget(), QWidget()
    for one in (gone, kept):
        look.dress(one)
    gone.deleteLater()
    qapp.sendPostedEvents(gone, 0)
    look.apply(Scheme.DARK)
    assert DARK.surface in kept.styleSheet()
    kept.deleteLater()


def test_lengths_grow_with_the_text(look: Theme) -> None:
    look.apply(scale=1.5)
    assert look.px(100) == 150
    assert look.font().pixelSize() == round(13 * 1.5)


def test_a_change_is_said_once_everything_wears_it(look: Theme, window: QWidget) -> None:
    look.apply(Scheme.LIGHT)
    look.dress(window)
    heard: list[bool] = []
    look.theme_changed.connect(lambda: heard.append(DARK.surface in window.styleSheet()))
    look.apply(Scheme.DARK)
    look.theme_changed.disconnect()
    assert heard == [True]
