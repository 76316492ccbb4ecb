"""News on a page: a run has ended, the engine was restarted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.theme import SPACE_1, SPACE_2, SPACE_3
from gui.widgets import PlainLabel, icon_button, push_button


class NoticePanel(QFrame):
    """A title, a sentence or two, perhaps something to do. Hidden until there is news; `action_requested`."""

    action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(role="strong", wrap=True)
        self.text = PlainLabel(wrap=True)
        self.action_button = push_button("")
        self.action_button.clicked.connect(self.action_requested)
        self.close_button = icon_button("close", "Hide this message")
        self.close_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_3, SPACE_2, SPACE_2, SPACE_2)
        row.setSpacing(SPACE_3)
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        words.addWidget(self.title)
        words.addWidget(self.text)
        words.addWidget(self.action_button, alignment=Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)
        row.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_notice(self, title: str, text: str, *, warning: bool = False, action: str = "") -> None:
        """Show this news; `action` names the button that goes with it."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.action_button.setText(action)
        self.action_button.setAccessibleName(action)
        self.action_button.setVisible(bool(action))
        name = "AdvicePanel" if warning else "Card"
        if self.objectName() != name:
            self.setObjectName(name)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.show()
