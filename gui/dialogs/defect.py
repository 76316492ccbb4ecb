"""The notice of a defect of the program."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.dialogs.frame import Dialog
from gui.widgets.buttons import push_button
from gui.widgets.labels import PlainLabel


class DefectDialog(Dialog):
    """Says that the program made a mistake, and lets the user copy what a developer needs."""

    def __init__(self, details: str, parent: QWidget | None) -> None:
        super().__init__("Something in the program went wrong", parent)
        self.setMinimumWidth(520)
        self.body.addWidget(
            PlainLabel(
                "This is a mistake of the program, not yours. Your edits are kept, and you can go on working. "
                "If it happens again, send the details below to the developers.",
                wrap=True,
            )
        )
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setAccessibleName("Details")
        self.details.setMinimumHeight(180)
        self.body.addWidget(self.details)
        copy = self.add_button(push_button("Copy details", icon_name="duplicate"))
        copy.clicked.connect(self._on_copy_clicked)
        close = self.add_button(push_button("Go on", primary=True))
        close.clicked.connect(self.accept)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
