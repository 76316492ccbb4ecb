from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest

from gui.code.editor import CodeEditor
from gui.theme import theme


@pytest.fixture
def editor(qtbot: Any) -> CodeEditor:
    made = CodeEditor()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def key(editor: CodeEditor, one: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(editor, one, modifier)


def test_another_text_keeps_the_cursor_and_what_is_in_sight(editor: CodeEditor) -> None:
    lines = [f"line {number}" for number in range(200)]
    editor.show_text("\n".join(lines))
    editor.go_to(150, 3)
    in_sight = editor.verticalScrollBar().value()
    lines[10] = "größer 😀 als zuvor"
    editor.show_text("\n".join(lines))
    assert editor.toPlainText() == "\n".join(lines)
    assert editor.textCursor().block().text() == "line 149"
    assert editor.verticalScrollBar().value() == in_sight
    lines[10] = "größer 😁 als zuvor"
    editor.show_text("\n".join(lines))
    assert editor.toPlainText() == "\n".join(lines)


def test_only_the_user_edits(qtbot: Any, editor: CodeEditor) -> None:
    with qtbot.assertNotEmitted(editor.edited):
        editor.show_text("a = 1")
        editor.show_fault(1, 1)
        editor.show_layers({1: "dense"}, frozenset({1}))
        qtbot.wait(20)
    with qtbot.waitSignal(editor.edited):
        QTest.keyClicks(editor, "b")


def test_undo_is_for_what_was_typed_and_then_for_the_document(qtbot: Any, editor: CodeEditor) -> None:
    editor.show_text("a = 1")
    QTest.keyClicks(editor, "b")
    with qtbot.assertNotEmitted(editor.undo_wanted):
        key(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == "a = 1"
    with qtbot.waitSignal(editor.undo_wanted):
        key(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_tab_indents_and_return_keeps_the_indentation(editor: CodeEditor) -> None:
    QTest.keyClicks(editor, "def f():")
    key(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "return 1")
    key(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == "def f():\n    return 1\n    "
    editor.selectAll()
    key(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == "    def f():\n        return 1\n        "
    key(editor, Qt.Key.Key_Backtab)
    assert editor.toPlainText() == "def f():\n    return 1\n    "
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(editor, "x")
    key(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText().startswith("x   def f")


def test_escape_leaves(qtbot: Any, editor: CodeEditor) -> None:
    with qtbot.waitSignal(editor.away_wanted):
        key(editor, Qt.Key.Key_Escape)


def test_a_line_is_brought_into_sight_and_chosen_in_the_margin(qtbot: Any, editor: CodeEditor) -> None:
    editor.show_text("\n".join(f"line {number}" for number in range(200)))
    editor.bring_into_sight(100)
    seen = [number for number, _ in editor.lines_in_sight()]
    assert 99 in seen
    place = dict(editor.lines_in_sight())[99]
    with qtbot.waitSignal(editor.line_chosen) as said:
        qtbot.mouseClick(editor.gutter, Qt.MouseButton.LeftButton, pos=QPoint(5, place.center().y()))
    assert said.args == [100]


def test_less_height_hides_no_cursor_and_moves_nothing_that_was_scrolled(qtbot: Any, editor: CodeEditor) -> None:
    editor.show_text("\n".join(f"line {number}" for number in range(200)))
    last = max(number for number, rect in editor.lines_in_sight() if rect.bottom() < editor.viewport().height())
    editor.setTextCursor(QTextCursor(editor.document().findBlockByNumber(last)))
    editor.resize(500, 150)
    qtbot.waitUntil(lambda: editor.height() == 150)
    assert 0 <= editor.cursorRect().top() < editor.viewport().height()
    editor.verticalScrollBar().setValue(120)
    editor.resize(500, 120)
    qtbot.waitUntil(lambda: editor.height() == 120)
    assert editor.verticalScrollBar().value() == 120


def test_the_margin_says_where_something_is_wrong(editor: CodeEditor) -> None:
    editor.show_text("a\nb\nc")
    plain = editor.gutter.grab().toImage()
    editor.show_fault(2, 1)
    assert editor.gutter.grab().toImage() != plain
    editor.show_fault(0, 0)
    assert editor.gutter.grab().toImage() == plain
    editor.show_layers({1: "dense"}, frozenset())
    assert editor.gutter.grab().toImage() != plain


def test_a_fault_beyond_the_end_is_shown_all_the_same(editor: CodeEditor) -> None:
    editor.show_text("a")
    editor.show_fault(9, 99)
    editor.go_to(9, 99)
    assert editor.textCursor().position() == 1


def test_a_long_text_is_not_coloured_and_a_short_one_is_again(editor: CodeEditor) -> None:
    QGuiApplication.clipboard().setText("x = 1\n" * 30_000)
    editor.paste()
    assert editor.highlighter.document() is None
    theme().theme_changed.emit()
    editor.show_text("x = 1")
    assert editor.highlighter.document() is editor.document()


def test_the_font_has_one_width(editor: CodeEditor) -> None:
    metrics = editor.fontMetrics()
    assert metrics.horizontalAdvance("iiii") == metrics.horizontalAdvance("MMMM")
