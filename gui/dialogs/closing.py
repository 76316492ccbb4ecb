"""What closing the window means while a run is under way."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.frame import Dialog
from gui.widgets.buttons import push_button
from gui.widgets.labels import PlainLabel


class ClosingDialog(Dialog):
    """Asks what becomes of the run. One of the signals is emitted, or none where the user goes back to the window."""

    background_chosen = Signal()
    stop_chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("A run is still training", parent)
        self.setMinimumWidth(460)
        self.body.addWidget(
            PlainLabel(
                "It can go on in the background: the window closes, the run trains to its end, and Convoscope then "
                "ends by itself. Until then the program stays in memory without a window. The run is in the project "
                "when you open it again.",
                wrap=True,
            )
        )
        self.body.addWidget(
            PlainLabel("Or stop it now and keep what it has learned; it can be resumed later.", wrap=True)
        )
        cancel = self.add_button(push_button("Cancel"))
        stop = self.add_button(push_button("Stop and keep"))
        background = self.add_button(push_button("Keep training in the background", primary=True))
        background.setDefault(True)
        cancel.clicked.connect(self.reject)
        stop.clicked.connect(self._on_stop_clicked)
        background.clicked.connect(self._on_background_clicked)

    def _on_stop_clicked(self) -> None:
        self.accept()
        self.stop_chosen.emit()

    def _on_background_clicked(self) -> None:
        self.accept()
        self.background_chosen.emit()
