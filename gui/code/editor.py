"""The editor of the code: text of fixed width with line numbers, lines that belong to layers, and one fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from engine import limits
from gui.code.gutter import Gutter
from gui.code.highlighter import MOST_COLOURED, PythonHighlighter
from gui.theme import colour, theme

INDENT = "    "


class CodeEditor(QPlainTextEdit):
    """Shows code and lets the user change it.

    Signals: `edited` when the user changed the text; `line_chosen` with the line, from 1, that the user put the
    cursor on; `left` when the keyboard goes elsewhere; `away_wanted` when Escape is pressed; `undo_wanted` and
    `redo_wanted` when these keys are pressed and there is nothing of the text's own to undo or redo;
    `too_long` with the number of characters that were pasted and not taken.
    """

    edited = Signal()
    line_chosen = Signal(int)
    left = Signal()
    away_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    too_long = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("CodeEditor")
        self.setAccessibleName("Code")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setCursorWidth(2)
        self.families: Mapping[int, str] = {}
        self.chosen_lines: frozenset[int] = frozenset()
        self.wrong_line = 0
        self.wrong_column = 0
        self._showing = False
        self.gutter = Gutter(self)
        self.highlighter = PythonHighlighter(self.document())
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._on_update_requested)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.document().contentsChange.connect(self._on_contents_changed)
        theme().theme_changed.connect(self._dress)
        self._dress()

    # What is shown

    def show_text(self, text: str) -> None:
        """Show a text that is not the user's; the cursor and the place in sight stay where they are."""
        old = self.toPlainText()
        start = _shared(old, text)
        end = _shared(old[start:][::-1], text[start:][::-1])
        bar = self.verticalScrollBar()
        in_sight = bar.value()
        self._showing = True
        try:
            self._colour(len(text))
            if old != text:
                cursor = QTextCursor(self.document())
                cursor.setPosition(_units(old[:start]))
                cursor.setPosition(_units(old[: len(old) - end]), QTextCursor.MoveMode.KeepAnchor)
                cursor.insertText(text[start : len(text) - end])
            self.forget_steps()
        finally:
            self._showing = False
        bar.setValue(in_sight)

    def forget_steps(self) -> None:
        """What was typed so far is no longer undone in the text: it has become steps of the document."""
        self.setUndoRedoEnabled(False)
        self.setUndoRedoEnabled(True)

    def show_layers(self, families: Mapping[int, str], chosen: frozenset[int]) -> None:
        """Mark the lines of layers.

        Args:
            families: The family of the layer on each line, from 1.
            chosen: The lines of the chosen layer.
        """
        self.families, self.chosen_lines = families, chosen
        self._mark()

    def show_fault(self, line: int, column: int) -> None:
        """Mark where something is wrong, both from 1; line 0 for nowhere."""
        self.wrong_line, self.wrong_column = line, column
        self._mark()

    def go_to(self, line: int, column: int = 1) -> None:
        """Put the cursor there."""
        block = self.document().findBlockByNumber(min(line, self.blockCount()) - 1)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(max(0, column - 1), block.length() - 1))
        self.setTextCursor(cursor)
        self.centerCursor()

    def bring_into_sight(self, line: int) -> None:
        """Scroll, where need be, until a line can be seen with some lines around it."""
        first = self.firstVisibleBlock().blockNumber()
        rows = max(1, self.viewport().height() // max(1, self.fontMetrics().lineSpacing()))
        if not first + 1 < line < first + rows - 1:
            self.verticalScrollBar().setValue(max(0, line - 1 - rows // 3))

    def lines_in_sight(self) -> Iterator[tuple[int, QRect]]:
        """The numbers, from 0, of the lines in sight, and where they stand in the viewport."""
        block = self.firstVisibleBlock()
        while block.isValid():
            rect = self.blockBoundingGeometry(block).translated(self.contentOffset()).toRect()
            if rect.top() > self.viewport().height():
                return
            yield block.blockNumber(), rect
            block = block.next()

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab indents, Return keeps the indentation, and undo goes on to the document's own steps."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo() if self.document().isUndoAvailable() else self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo() if self.document().isRedoAvailable() else self.redo_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.away_wanted.emit()
        elif event.key() == Qt.Key.Key_Tab and not event.modifiers():
            self._indent()
        elif event.key() == Qt.Key.Key_Backtab:
            self._outdent()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._break_line()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab indents; Escape leaves."""
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text, unless it is longer than any code."""
        more = len(source.text())
        whole = self.document().characterCount() + more
        if more > limits.MAX_CODE_PASTED or whole > limits.MAX_CODE_CHARACTERS:
            self.too_long.emit(more)
            return
        self._colour(whole)
        super().insertFromMimeData(source)

    def _colour(self, characters: int) -> None:
        """Colour the text only where that does not take long; the stack's own scripts are far shorter."""
        document = self.document() if characters <= MOST_COLOURED else None
        if self.highlighter.document() is not document:
            self.highlighter.setDocument(document)

    def _indent(self) -> None:
        if self.textCursor().hasSelection():
            self._each_line(lambda cursor: cursor.insertText(INDENT))
        else:
            column = self.textCursor().positionInBlock()
            self.insertPlainText(" " * (len(INDENT) - column % len(INDENT)))

    def _outdent(self) -> None:
        def outdent(cursor: QTextCursor) -> None:
            text = cursor.block().text()
            for _ in range(min(len(INDENT), len(text) - len(text.lstrip(" ")))):
                cursor.deleteChar()

        self._each_line(outdent)

    def _each_line(self, change: Callable[[QTextCursor], None]) -> None:
        chosen = self.textCursor()
        first = self.document().findBlock(chosen.selectionStart()).blockNumber()
        last = self.document().findBlock(chosen.selectionEnd()).blockNumber()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number in range(first, last + 1):
            cursor.setPosition(self.document().findBlockByNumber(number).position())
            change(cursor)
        cursor.endEditBlock()

    def _break_line(self) -> None:
        before = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
        indent = before[: len(before) - len(before.lstrip(" "))]
        deeper = INDENT if before.rstrip().endswith((":", "(", "[")) else ""
        self.insertPlainText("\n" + indent + deeper)
        self.ensureCursorVisible()

    # Painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        in_sight = 0 <= self.cursorRect().top() < event.oldSize().height()
        super().resizeEvent(event)
        if in_sight:
            self.ensureCursorVisible()  # where a message came up below
        inside = self.contentsRect()
        self.gutter.setGeometry(QRect(inside.left(), inside.top(), self.gutter.room(), inside.height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "gutter"):
            self._make_room()

    def _dress(self) -> None:
        self.setFont(theme().code_font())
        self.document().setDefaultFont(theme().code_font())
        self.gutter.setFont(theme().code_font())
        self._make_room()
        self._mark()

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter.room(), 0, 0, 0)
        inside = self.contentsRect()
        self.gutter.setGeometry(QRect(inside.left(), inside.top(), self.gutter.room(), inside.height()))

    def _on_update_requested(self, rect: QRect, dy: int) -> None:
        if dy:
            self.gutter.scroll(0, dy)
        else:
            self.gutter.update(0, rect.y(), self.gutter.width(), rect.height())

    def _on_cursor_moved(self) -> None:
        self.gutter.update()
        if not self._showing and self.hasFocus():
            self.line_chosen.emit(self.textCursor().blockNumber() + 1)

    def _on_contents_changed(self, _at: int, removed: int, added: int) -> None:
        # The highlighter's formats come as changes too, without a character more or less.
        if not self._showing and (removed or added):
            self.edited.emit()

    def _mark(self) -> None:
        marks = [self._whole_line(line, "accent_soft") for line in sorted(self.chosen_lines)]
        if self.wrong_line:
            marks += [self._whole_line(self.wrong_line, "bad_soft"), self._underline()]
        self.setExtraSelections(marks)
        self.gutter.update()

    def _whole_line(self, line: int, role: str) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        shape = QTextCharFormat()
        shape.setBackground(colour(role))
        shape.setProperty(QTextFormat.Property.FullWidthSelection, True)
        mark.format = shape
        mark.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        return mark

    def _underline(self) -> QTextEdit.ExtraSelection:
        block = self.document().findBlockByNumber(min(self.wrong_line, self.blockCount()) - 1)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(max(0, self.wrong_column - 1), max(0, block.length() - 2)))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shape.setUnderlineColor(colour("bad"))
        mark.format = shape
        mark.cursor = cursor
        return mark


def _units(text: str) -> int:
    """Qt counts the UTF-16 units of a text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
