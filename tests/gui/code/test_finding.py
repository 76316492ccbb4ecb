from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.code.conftest import Code


def test_words_are_found_one_after_the_other_and_from_the_start_again(code: Code) -> None:
    bar, editor = code.pane.find_bar, code.pane.editor
    code.put_cursor("layers.Conv2D")
    QTest.keyClick(editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert bar.isVisible()
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "build_network")
    lines = []
    for _ in range(3):
        lines.append(editor.textCursor().blockNumber())
        assert editor.textCursor().selectedText() == "build_network"
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert lines[0] > lines[1]
    assert lines[2] == lines[0]
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert editor.textCursor().blockNumber() == lines[0]


def test_what_is_not_there_is_said(code: Code) -> None:
    bar = code.pane.find_bar
    bar.begin()
    QTest.keyClicks(bar.field, "torch")
    assert bar.said.text() == "Not in the code"
    bar.field.clear()
    assert bar.said.text() == ""


def test_escape_goes_back_to_the_code(code: Code) -> None:
    bar = code.pane.find_bar
    code.put_cursor("build_network")
    bar.begin()
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert code.pane.editor.hasFocus()
