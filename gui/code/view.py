"""The pane of the code: what can be done with it, the editor, and what is said about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme as looks
from gui.code.editor import CodeEditor
from gui.code.finding import FindBar
from gui.code.messages import FaultMessage, Remark
from gui.widgets.buttons import icon_button, link_button, push_button
from gui.widgets.labels import ElidedLabel, Heading, Rule
from gui.widgets.panels import Trouble
from gui.words import tip


class CodePane(QWidget):
    """The code beside the stack.

    Signals: `copy_requested`, `save_requested`, `close_requested` and `back_requested` when these buttons are
    clicked; the last gives up what was typed for the stack's own code.
    """

    copy_requested = Signal()
    save_requested = Signal()
    close_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(looks.theme().px(380))
        self.editor = CodeEditor()
        self.find_bar = FindBar(self.editor)
        self.fault = FaultMessage()
        self.remark = Remark()
        self.state = ElidedLabel(role="secondary")
        self.state.setAccessibleName("State of the code")
        self.back_button = link_button("Back to the stack's code", icon_name="reset")
        self.back_button.setToolTip(tip("Give up what was typed and show the code of the stack as it is"))
        self.back_button.clicked.connect(self.back_requested)
        self.back_button.hide()
        self.fault.place_wanted.connect(self._show_place_of_fault)
        self.find_bar.closed.connect(self.editor.setFocus)
        self._build()

    def _build(self) -> None:
        find = icon_button("search", "Find in the code  ( Ctrl+F )")
        find.clicked.connect(self.find_bar.begin)
        QShortcut(
            QKeySequence.StandardKey.Find,
            self,
            self.find_bar.begin,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )
        copy = push_button("Copy all", icon_name="duplicate")
        copy.setToolTip(tip("Copy the whole script, as it stands here"))
        copy.clicked.connect(self.copy_requested)
        save = push_button("Save as…", icon_name="save")
        save.setAccessibleName("Save the code as…")
        save.setToolTip(tip("Save as a Python script (.py) or a Jupyter notebook (.ipynb)"))
        save.clicked.connect(self.save_requested)
        close = icon_button("close", "Hide the code  ( Ctrl+5 )")
        close.clicked.connect(self.close_requested)
        top = QHBoxLayout()
        top.setContentsMargins(looks.SPACE_4, looks.SPACE_3, looks.SPACE_2, looks.SPACE_2)
        top.setSpacing(looks.SPACE_2)
        top.addWidget(Heading("Code"))
        top.addStretch()
        for button in (find, copy, save, close):
            top.addWidget(button)
        messages = QVBoxLayout()
        messages.setContentsMargins(looks.SPACE_3, looks.SPACE_2, looks.SPACE_3, 0)
        messages.setSpacing(looks.SPACE_2)
        messages.addWidget(self.fault)
        messages.addWidget(self.remark)
        foot = QHBoxLayout()
        foot.setContentsMargins(looks.SPACE_4, 0, looks.SPACE_3, looks.SPACE_2)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.back_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(Rule())
        column.addWidget(self.find_bar)
        column.addWidget(self.editor, 1)
        column.addWidget(Rule())
        column.addLayout(messages)
        column.addSpacing(looks.SPACE_2)
        column.addLayout(foot)

    def show_fault(self, fault: Trouble | None, line: int = 0, column: int = 0) -> None:
        """Show what is wrong with the code and where, both from 1; None where nothing is."""
        self.fault.show_fault(fault, line)
        self.editor.show_fault(line, column)
        said = "" if fault is None else f"{fault.what} {fault.expected} {fault.fix} "
        self.editor.setAccessibleDescription(f"{said}Tab indents; Escape leaves the code.")

    def show_state(self, text: str, *, typed: bool) -> None:
        """Show how the code and the stack stand to each other.

        Args:
            text: In a sentence.
            typed: Whether the text is the user's, and can be given up.
        """
        self.state.setText(text)
        self.state.setToolTip(tip(text))
        self.back_button.setVisible(typed)

    def _show_place_of_fault(self) -> None:
        self.editor.go_to(self.editor.wrong_line, self.editor.wrong_column)
        self.editor.setFocus()
