"""From an empty stack to LeNet-5 with keys alone, in the real window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from engine.templates import template
from gui.app import Convoscope
from gui.settings import COMPACT
from tests.gui.stack.conftest import kinds

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Keys:
    """Presses keys wherever the keyboard is."""

    def __init__(self, qtbot: Any, program: Convoscope) -> None:
        self._qtbot = qtbot
        self._program = program

    def press(self, *keys: str) -> None:
        """As in "Ctrl+A"."""
        for one in keys:
            self._qtbot.keySequence(focus(), one)

    def write(self, text: str) -> None:
        self._qtbot.keyClicks(focus(), text)

    def add(self, kind: str) -> None:
        """Search the palette for a layer type."""
        self.press("/")
        self.write(kind)
        self.press("Return")
        document = self._program.document
        assert document.network.layer(document.selected).type.kind.lower() == kind

    def set(self, values: dict[str, str]) -> None:
        """From the card to its settings, to each field by Tab, and back."""
        self.press("Return")
        for name, text in values.items():
            self._go_to(name)
            if text.isdigit():
                self.press("Ctrl+A")
            else:
                # Letters typed sooner would be searched for together with those typed before.
                self._qtbot.wait(QApplication.keyboardInputInterval() + 50)
            self.write(text)
            self.press("Tab")
        self.press("Esc")
        assert self._program.window.stack.isAncestorOf(focus()), "Escape goes back to the stack"

    def _go_to(self, name: str) -> None:
        for _ in range(40):
            if focus().accessibleName().startswith(name):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not come to {name!r}")


def focus() -> QWidget:
    found = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert found is not None
    return QApplication.focusWidget() or found


def test_lenet_5_is_made_with_keys_alone(qtbot: Any, ready: Convoscope) -> None:
    keys, document = Keys(qtbot, ready), ready.document
    ready.window.stack.cards.focus_selected()
    keys.press("Ctrl+A", "Del")
    assert kinds(document) == []
    assert document.selected == "input"
    keys.set({"Height": "28", "Width": "28"})
    keys.add("rescaling")
    keys.add("conv2d")
    keys.set(
        {"Filters": "6", "Kernel size, height": "5", "Kernel size, width": "5", "Padding": "same", "Activation": "tanh"}
    )
    keys.add("averagepooling2d")
    keys.add("conv2d")
    keys.set({"Filters": "16", "Kernel size, height": "5", "Kernel size, width": "5", "Activation": "tanh"})
    keys.add("averagepooling2d")
    keys.add("flatten")
    for units in ("120", "84"):
        keys.add("dense")
        keys.set({"Units": units, "Activation": "tanh"})
    keys.add("dense")
    keys.set({"Units": "10", "Activation": "softmax"})
    wanted = template("lenet5", document.network.input, 10)
    made = [layer.type for layer in document.network.layers]
    assert made == [layer.type for layer in wanted.layers]
    assert document.analysis.parameters == 61_706
    assert document.analysis.problems == ()
    assert document.undo_stack.undoText() == "set activation to softmax"


def test_cut_and_paste_by_keys_and_undo_with_names(qtbot: Any, ready: Convoscope) -> None:
    keys, document = Keys(qtbot, ready), ready.document
    before = document.network
    ready.window.stack.cards.focus_selected()
    keys.press("Home", "Down", "Shift+Down", "Ctrl+X")
    assert len(document.network.layers) == len(before.layers) - 2
    keys.press("End", "Ctrl+V")
    assert document.undo_stack.undoText() == "paste 2 layers"
    assert "Undo: paste 2 layers" in ready.desk.actions["undo"].text()
    keys.press("Ctrl+Z", "Ctrl+Z")
    assert document.network == before


def test_text_fields_keep_their_own_clipboard(qtbot: Any, ready: Convoscope) -> None:
    keys, document = Keys(qtbot, ready), ready.document
    before = document.network
    ready.window.stack.cards.focus_selected()
    keys.press("Return")
    assert not ready.window.stack.isAncestorOf(focus())
    keys.press("Ctrl+A", "Ctrl+C", "Ctrl+V", "Del")
    assert [one.id for one in document.network.layers] == [one.id for one in before.layers]


def test_one_line_a_layer_is_remembered(qtbot: Any, ready: Convoscope) -> None:
    qtbot.keySequence(ready.window, "Ctrl+L")
    assert ready.settings.get(COMPACT) == 1
    assert ready.window.stack.compact_button.isChecked()
    qtbot.mouseClick(ready.window.stack.compact_button, Qt.MouseButton.LeftButton)
    assert ready.settings.get(COMPACT) == 0


def test_a_branch_is_drawn_with_keys_alone(qtbot: Any, ready: Convoscope) -> None:
    keys, document = Keys(qtbot, ready), ready.document
    ready.window.stack.cards.focus_selected()
    keys.press("Home", "Down")
    keys.add("branches")
    keys.press("Right", "Right", "Ctrl+/")
    keys.write("maxpooling2d")
    keys.press("Return")
    assert document.selected.endswith("/maxpooling2d")
    keys.press("Left", "Left")
    assert document.network.layer(document.selected).type.kind == "Branches"
    assert ready.desk.actions["toggle_inside"].text() == "Open block"
    keys.press("Ctrl+Space")
    assert ready.desk.actions["toggle_inside"].text() == "Close block"
