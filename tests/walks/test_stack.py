"""Editing the stack, once by mouse and once by keyboard alone; no edit needs the engine."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.walks.walker import Walker

pytestmark = pytest.mark.slow

FIRST = [
    "Input",
    "1. Rescaling",
    "2. Conv2D",
    "3. MaxPooling2D",
    "4. Conv2D",
    "5. MaxPooling2D",
    "6. Dropout",
    "7. Flatten",
    "8. Dense",
    "9. Dropout",
    "10. Dense",
]


def _undo_everything(walker: Walker) -> int:
    steps = 0
    while walker.find("Undo*").isEnabled():
        walker.keys("Ctrl+Z")
        steps += 1
        assert steps < 50, "undo does nothing"
    return steps


def test_the_stack_by_mouse(walker: Walker) -> None:
    assert walker.cards() == FIRST
    walker.click("3. MaxPooling2D")
    walker.click("Add a layer")
    walker.write("batch")
    walker.picture("palette")
    assert walker.rows("Layer types")
    walker.keys("Return")
    assert walker.cards()[4] == "4. BatchNormalization"
    assert "output 4 × 4 × 32" in walker.says("4. BatchNormalization")

    walker.drag("4. BatchNormalization", "2. Conv2D")
    assert walker.cards()[2:5] == ["2. Conv2D", "3. BatchNormalization", "4. MaxPooling2D"]
    walker.open_menu_of("3. BatchNormalization")
    walker.choose_in_menu("Duplicate")
    assert walker.cards()[3:5] == ["3. BatchNormalization", "4. BatchNormalization"]
    walker.menu("Network", "Remove")
    assert walker.cards()[3:5] == ["3. BatchNormalization", "4. MaxPooling2D"]
    walker.click("3. BatchNormalization")
    walker.menu("Network", "Rename")
    walker.write("Even out, please")
    walker.keys("Return")
    assert walker.cards()[3] == "3. Even out, please"
    walker.menu("Network", "Switch off")
    assert "switched off" in walker.says("3. Even out, please")

    walker.click("2. Conv2D")
    walker.fill("Filters", "24")
    assert "24 filters" in walker.says("2. Conv2D")
    walker.choose("Padding", "valid")
    assert "output 6 × 6 × 24" in walker.says("2. Conv2D")
    walker.click("More settings")
    walker.click("Use bias")
    assert "216 params" in walker.says("2. Conv2D")
    walker.picture("stack-edited")

    walker.fill("Kernel size, height", "9")
    assert "Problem:" in walker.says("2. Conv2D")
    assert not walker.find("Train the network").isEnabled()
    walker.picture("problem-on-its-card")
    walker.keys("Ctrl+Z")
    assert "Problem:" not in walker.says("2. Conv2D")
    walker.click("8. Flatten")
    walker.keys("Del")
    assert "looks at each of 1 × 1 places by itself" in walker.says("10. Dense")
    walker.picture("dense-without-flatten")

    last = [(one, walker.says(one)) for one in walker.cards()]
    steps = _undo_everything(walker)
    assert walker.cards() == FIRST
    assert steps == 10, "add, move, duplicate, remove, rename, switch off, filters, padding, bias, remove"
    for _ in range(steps):
        walker.click("Redo*")
    assert [(one, walker.says(one)) for one in walker.cards()] == last


def test_the_stack_by_keyboard_alone(walker: Walker) -> None:
    def tab_to(name: str) -> None:
        for _ in range(60):
            focused = QApplication.focusWidget()
            if focused is not None and focused.accessibleName() == name:
                return
            walker.keys("Tab")
        raise AssertionError(f"Tab never reaches {name!r}")

    tab_to("2. Conv2D")
    walker.keys("/")
    walker.write("layernorm")
    walker.keys("Return")
    assert walker.cards()[3] == "3. LayerNormalization"
    walker.keys("Alt+Down")
    assert walker.cards()[3:5] == ["3. MaxPooling2D", "4. LayerNormalization"]
    walker.keys("F2")
    walker.write("Level")
    walker.keys("Return", "Ctrl+D")
    assert [one.partition(". ")[2] for one in walker.cards()[4:6]] == ["Level", "Level"]
    walker.keys("Del", "Up", "Up", "Up")
    walker.keys("F2", "Esc")
    assert "2. Conv2D" in walker.cards()
    tab_to("Filters")
    walker.keys("Ctrl+A")
    walker.write("12")
    walker.keys("Return")
    assert "12 filters" in walker.says("2. Conv2D")
    edited = walker.cards()
    steps = _undo_everything(walker)
    assert walker.cards() == FIRST
    for _ in range(steps):
        walker.keys("Ctrl+Shift+Z")
    assert walker.cards() == edited
    walker.keys("Ctrl+1")
    assert walker.reads("Handwritten digits")
    walker.keys("Ctrl+4")
    assert walker.reads("No runs yet")
    walker.picture("no-runs-yet")
    walker.keys("Ctrl+3")
    assert walker.reads("Nothing has been trained yet")
    walker.picture("nothing-to-inspect")
