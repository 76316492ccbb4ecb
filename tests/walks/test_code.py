"""The code beside the stack: read, edited, wrong, mended and saved, by mouse and keyboard."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from tests.walks.walker import Walker

pytestmark = pytest.mark.slow


def _text(walker: Walker) -> str:
    return walker.find_a(QPlainTextEdit, "Code").toPlainText()


def _go_to(walker: Walker, words: str) -> None:
    """Find words in the code; they are chosen then."""
    walker.keys("Ctrl+F")
    walker.write(words)
    walker.keys("Return", "Esc")


def test_the_code_is_edited_and_saved(walker: Walker, tmp_path: Path) -> None:
    walker.menu("View", "Code")
    walker.wait(lambda: "def build_network():" in _text(walker), "for the code")
    assert "output 2 × 2 × 64" in walker.says("5. MaxPooling2D")
    walker.click("4. Conv2D")
    walker.picture("code")

    walker.click("Find in the code*")
    walker.write("64, (3, 3)")
    walker.keys("Esc")
    walker.write("24, (5, 5)")
    walker.wait(lambda: "24 filters, 5 × 5" in walker.says("4. Conv2D"), "for the card to follow")
    assert "output 2 × 2 × 24" in walker.says("5. MaxPooling2D")
    assert "edit the code" in walker.find("Undo*").toolTip()
    walker.keys("Ctrl+Z")
    walker.wait(lambda: "64 filters, 3 × 3" in walker.says("4. Conv2D"), "for undo")
    walker.wait(lambda: "64, (3, 3)" in _text(walker), "for the code to follow")

    _go_to(walker, "layers.Flatten")
    walker.write("layers.Flatter")
    walker.wait_to_read("there is no layer type called 'Flatter' here")
    assert walker.reads("The stack waits until this is mended.")
    assert "8. Dense" in walker.cards()
    walker.picture("code-fault")
    _go_to(walker, "layers.Flatter")
    walker.write("layers.Flatten")
    walker.wait(lambda: not walker.reads("there is no layer type"), "for the message to go")
    _go_to(walker, "EPOCHS = 20")
    walker.write("EPOCHS = 99")
    walker.wait_to_read("is outside build_network()")
    walker.click("Back to the stack's code")
    walker.wait(lambda: "EPOCHS = 20" in _text(walker), "for the stack's code")

    saved = tmp_path / "digits.py"
    walker.click("Save the code as…")
    walker.answer_file_dialog(saved)
    walker.wait(lambda: walker.reads(f"Saved in {saved}"), "for the script to be saved")
    assert saved.read_text().startswith(_text(walker))
    ast.parse(saved.read_text())
    walker.keys("Ctrl+5")
    assert walker.seen("Code") is None
    assert walker.reads("Accuracy")
