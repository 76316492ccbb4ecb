from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from gui.stack.palette import LayerPalette
from tests.gui.conftest import by_name

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def palette(qtbot: Any) -> LayerPalette:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = LayerPalette(owner)
    made.open_at(QPoint(10, 10))
    made.owner = owner  # type: ignore[attr-defined]
    return made


@pytest.fixture
def picked(palette: LayerPalette) -> list[str]:
    heard: list[str] = []
    palette.picked.connect(heard.append)
    return heard


@pytest.mark.parametrize("corner", [(-500, -500), (99_999, 99_999)])
def test_all_of_it_is_on_the_screen(palette: LayerPalette, corner: tuple[int, int]) -> None:
    palette.open_at(QPoint(*corner))
    assert QGuiApplication.primaryScreen().availableGeometry().contains(palette.geometry())


def test_a_click_picks_a_layer_type_and_a_click_on_a_family_picks_nothing(
    qtbot: Any, palette: LayerPalette, picked: list[str]
) -> None:
    rows = by_name(palette, "Layer types", QListWidget)
    for text in ("Convolution", "Conv2D"):
        item = rows.findItems(text, Qt.MatchFlag.MatchFixedString)[0]
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(item).center())
    assert picked == ["Conv2D"]
    assert not palette.isVisible()


def test_the_first_match_by_name_is_what_return_picks(qtbot: Any, palette: LayerPalette, picked: list[str]) -> None:
    search = by_name(palette, "Search layer types", QLineEdit)
    qtbot.keyClicks(search, "DENSE")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert picked == ["Dense"]


def test_what_was_typed_is_forgotten_when_it_opens_again(qtbot: Any, palette: LayerPalette) -> None:
    search = by_name(palette, "Search layer types", QLineEdit)
    qtbot.keyClicks(search, "dense")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    palette.open_at(QPoint(10, 10))
    rows = by_name(palette, "Layer types", QListWidget)
    assert search.text() == ""
    assert not any(rows.item(row).isHidden() for row in range(rows.count()))
