"""Finding text in the code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from gui import theme as looks
from gui.widgets.buttons import icon_button
from gui.widgets.labels import PlainLabel


class FindBar(QWidget):
    """A line above the code with what is looked for. `closed` is emitted when it is put away."""

    closed = Signal()

    def __init__(self, editor: QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("FindBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._editor = editor
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find")
        self.field.setAccessibleName("Find in the code")
        self.field.textChanged.connect(self._on_text_changed)
        self.field.returnPressed.connect(self._on_return_pressed)
        self.said = PlainLabel(role="secondary")
        self.before = icon_button("up", "Find the one before  ( Shift+Return )")
        self.before.clicked.connect(self.find_before)
        self.next = icon_button("down", "Find the next  ( Return )")
        self.next.clicked.connect(self.find_next)
        self.close_button = icon_button("close", "Stop finding  ( Esc )")
        self.close_button.clicked.connect(self.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.SPACE_3, looks.SPACE_1, looks.SPACE_2, looks.SPACE_1)
        row.setSpacing(looks.SPACE_1)
        row.addWidget(self.field, 1)
        for widget in (self.said, self.before, self.next, self.close_button):
            row.addWidget(widget)
        self.hide()

    def begin(self) -> None:
        """Show it with what is chosen in the code."""
        chosen = self._editor.textCursor().selectedText()
        if chosen and "\u2029" not in chosen:
            self.field.setText(chosen)
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def put_away(self) -> None:
        """Hide it; the keyboard goes back to the code."""
        self.hide()
        self.closed.emit()

    def find_next(self) -> None:
        """Choose the next place, from the top again after the last."""
        self._find(QTextDocument.FindFlag(0))

    def find_before(self) -> None:
        """Choose the place before, from the end again after the first."""
        self._find(QTextDocument.FindFlag.FindBackward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _on_return_pressed(self) -> None:
        back = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self.find_before() if back else self.find_next()

    def _on_text_changed(self) -> None:
        cursor = self._editor.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._editor.setTextCursor(cursor)
        self._find(QTextDocument.FindFlag(0))

    def _find(self, flags: QTextDocument.FindFlag) -> None:
        text = self.field.text()
        if not text:
            self.said.setText("")
            return
        found = self._editor.find(text, flags)
        if not found:
            cursor = self._editor.textCursor()
            back = flags & QTextDocument.FindFlag.FindBackward
            end = QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start
            start = QTextCursor(cursor)
            start.movePosition(end)
            self._editor.setTextCursor(start)
            found = self._editor.find(text, flags)
            if not found:
                self._editor.setTextCursor(cursor)
        self.said.setText("" if found else "Not in the code")
