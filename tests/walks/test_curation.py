"""Sorting images: found by name, labelled, left out and moved by mouse and keyboard, undone, and looked at large."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from tests.walks.walker import Walker

pytestmark = pytest.mark.slow
GRID = "Images of the dataset"


def press_row(walker: Walker, row: int, keys: Qt.KeyboardModifier) -> None:
    """Click an image with a key held."""
    view = walker.find_a(QAbstractItemView, GRID)
    handle = walker.window.windowHandle()
    place = view.viewport().mapTo(walker.window, view.visualRect(view.model().index(row, 0)).center())
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, keys, place)
    QTest.qWait(30)


def images(walker: Walker) -> list[str]:
    return walker.rows(GRID)


def test_images_are_found_labelled_left_out_moved_undone_and_looked_at(walker: Walker, pictures: Path) -> None:
    files = {one: one.read_bytes() for one in pictures.rglob("*.png")}
    walker.click("Data")
    walker.drop([pictures])
    walker.wait_to_read("60 images · 3 classes · 32 × 32 × 3")
    walker.wait_to_read("All 60 images")

    # By mouse: a class, several images, left out.
    walker.click_item("Images in each class", 1)
    assert walker.says("How many images are shown") == "20 of 60 images"
    walker.click_item(GRID, 0)
    press_row(walker, 2, Qt.KeyboardModifier.ShiftModifier)
    press_row(walker, 4, Qt.KeyboardModifier.ControlModifier)
    walker.wait_to_read("4 chosen")
    walker.click("Leave out")
    walker.wait_to_read("60 images · 4 left out · 3 classes")
    assert [one.endswith("circle, left out") for one in images(walker)[:5]] == [True, True, True, False, True]
    walker.picture("left-out")
    walker.keys("Ctrl+Z")
    walker.wait_to_read("60 images · 3 classes")
    assert not any("left out" in one for one in images(walker))
    walker.keys("Ctrl+Shift+Z")
    walker.wait_to_read("4 left out")
    walker.choose("State of the images", "Left out (4)")
    assert len(images(walker)) == 4
    walker.click("Search images by name")
    walker.write("unicorn")
    walker.wait_to_read("Nothing fits the search")
    walker.click("Show all")
    walker.wait_to_read("All 60 images")

    # By keyboard: found by name, labelled with a new class, moved.
    walker.keys("Ctrl+F")
    walker.write("cross/")
    walker.wait_to_read("20 of 60 images")
    walker.keys("Down", "Shift+Right", "L")
    walker.find("Class of 2 images")
    walker.write("plus")
    walker.picture("new-class")
    walker.keys("Return")
    walker.wait_to_read("60 images · 4 left out · 4 classes")
    assert "plus, was cross" in images(walker)[0]
    walker.wait(lambda: "plus: " in "".join(walker.rows("Images in each class")), "for the new class")
    walker.keys("Ctrl+Alt+3")
    walker.wait(lambda: "for test, moved there" in images(walker)[0], "for the images to be moved")
    walker.picture("moved")
    walker.keys("Ctrl+Z")
    walker.wait(lambda: "moved there" not in images(walker)[0], "for the move to be undone")

    # Large: the next image, left out from there, and taken in again.
    walker.keys("Home", "Return")
    walker.wait(lambda: "Size: 32 × 32 pixels" in walker.says("About the file"), "for the image")
    first = walker.says("Place among the images shown")
    walker.keys("Right")
    assert (first, walker.says("Place among the images shown")) == ("1 of 20", "2 of 20")
    walker.wait(lambda: "Size: 32 × 32 pixels" in walker.says("About the file"), "for the next image")
    walker.keys("Shift+Right")
    assert walker.says("Value under the cursor").startswith("Row ")
    walker.picture("large")
    walker.keys("Del")
    walker.wait(lambda: "left out" in walker.says("Class and part"), "for it to be left out")
    walker.keys("Ins")
    walker.wait(lambda: "left out" not in walker.says("Class and part"), "for it to be taken in again")
    walker.keys("Esc")
    walker.wait_until_gone("Image, large")

    # A class renamed by key, and all of it undone; the files are as they were.
    view = walker.find_a(QAbstractItemView, "Images in each class")
    row = next(place for place, one in enumerate(walker.rows("Images in each class")) if one.startswith("plus"))
    walker.press(view.viewport(), view.visualRect(view.model().index(row, 0)).center())
    walker.keys("F2")
    walker.find("Rename “plus”")
    walker.write("sum")
    walker.keys("Return")
    walker.wait(lambda: any(one.startswith("sum: ") for one in walker.rows("Images in each class")), "for the name")
    for _ in range(12):
        walker.keys("Ctrl+Z")
        if walker.reads("60 images · 3 classes"):
            break
    walker.wait_to_read("60 images · 3 classes")
    assert {one: one.read_bytes() for one in pictures.rglob("*.png")} == files
