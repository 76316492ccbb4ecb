from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from gui.models.thumbnails import rgb_image
from gui.pages.augmented_view import GAP, SIDE, AugmentedView
from gui.theme import SPACE_4

PICTURES = [rgb_image(np.full((8, 12, 1), one * 12, np.uint8)) for one in range(21)]


@pytest.fixture
def view(qtbot: Any) -> AugmentedView:
    made = AugmentedView()
    qtbot.addWidget(made)
    return made


def test_all_pictures_have_room_at_any_width(qtbot: Any, view: AugmentedView) -> None:
    grid = view.grid
    view.show()
    grid.show_pictures(PICTURES, ["cat"] * 21, ["all cat"] * 21)
    for width, columns in ((7 * (SIDE + GAP), 7), (4 * (SIDE + GAP), 4)):
        view.resize(width + 2 * SPACE_4, view.height())
        rows = -(-21 // columns)
        qtbot.waitUntil(lambda columns=columns: grid._columns() == columns)
        assert grid.height() >= rows * (SIDE + GAP) - GAP
        assert grid._number_at(QPoint(SIDE + GAP + 2, SIDE + GAP + 40)) == columns + 1
        assert grid._number_at(QPoint(columns * (SIDE + GAP) + 2, 5)) is None


def test_the_pictures_are_painted_side_by_side(view: AugmentedView) -> None:
    view.grid.show_pictures(PICTURES, [""] * 21, [""] * 21)
    view.grid.resize(7 * (SIDE + GAP), view.grid.height())
    found = view.grid.grab().toImage()
    for number in (0, 8, 20):
        row, column = divmod(number, 7)
        middle = found.pixelColor(column * (SIDE + GAP) + SIDE // 2, row * (SIDE + GAP) + SIDE // 2)
        assert abs(middle.red() - number * 12) <= 2


def test_words_are_there_for_who_cannot_see(view: AugmentedView) -> None:
    view.grid.show_pictures(PICTURES[:2], ["", ""], ["The image as it is", "Epoch 1: cat"])
    assert "1: Epoch 1: cat" in view.grid.accessibleDescription()


def test_another_image_is_asked_for(qtbot: Any, view: AugmentedView) -> None:
    heard: list[int] = []
    view.other_wanted.connect(heard.append)
    view.show_image("cat: cat/1.png")
    for button in (view.next_button, view.back_button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard == [1, -1]
    view.show_image("")
    assert not view.next_button.isEnabled()
