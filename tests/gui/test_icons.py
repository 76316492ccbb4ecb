"""Icons: drawn in the theme's colours at the moment they are painted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from gui.icons import FOLDER, icon
from gui.theme import DARK, LIGHT, Scheme, theme

NAMES = sorted(one.stem for one in FOLDER.glob("*.svg"))


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    theme().apply(Scheme.LIGHT)
    yield
    theme().apply()


def darkest(drawn: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    """The colour of the pixel that is covered most."""
    image = drawn.pixmap(QSize(32, 32), mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha)


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something_in_the_colour_of_text(name: str) -> None:
    colour = darkest(icon(name))
    assert colour.alpha() > 200
    assert colour.name() == QColor(LIGHT.text).name()


def test_the_same_icon_follows_the_theme() -> None:
    drawn = icon("play", "accent")
    assert darkest(drawn).name() == QColor(LIGHT.accent).name()
    theme().apply(Scheme.DARK)
    assert darkest(QIcon(drawn)).name() == QColor(DARK.accent).name()


def test_what_is_disabled_is_pale() -> None:
    assert darkest(icon("play"), QIcon.Mode.Disabled).name() == QColor(LIGHT.disabled).name()


def test_an_icon_that_is_not_there_fails_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-drawing")
