"""The question before runs are deleted for good."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.frame import Dialog
from gui.widgets.buttons import push_button
from gui.widgets.labels import PlainLabel


class DeletingDialog(Dialog):
    """Asks whether to delete. `delete_chosen` is emitted only where the user says so.

    Args:
        names: What would be deleted: "run-003", "2 runs".
    """

    delete_chosen = Signal()

    def __init__(self, names: str, parent: QWidget) -> None:
        super().__init__(f"Delete {names}?", parent)
        self.setMinimumWidth(420)
        self.body.addWidget(
            PlainLabel("Curves and weights are deleted from the disk for good. This cannot be undone.", wrap=True)
        )
        self.delete_button = self.add_button(push_button("Delete"))
        keep = self.add_button(push_button("Keep", primary=True))
        keep.setDefault(True)
        keep.clicked.connect(self.reject)
        self.delete_button.clicked.connect(self._on_delete_clicked)

    def _on_delete_clicked(self) -> None:
        self.accept()
        self.delete_chosen.emit()
