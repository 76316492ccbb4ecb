"""The button of a layer whose settings can be measured on the training images, and how far the measuring is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.jobs import JobProgress
from gui import theme as looks
from gui.widgets.buttons import WrappingButton, push_button
from gui.widgets.labels import PlainLabel
from gui.words import duration, tip


class MeasureOffer(QWidget):
    """Signals: `wanted` where the training images are to be measured, `cancel_requested` while they are."""

    wanted = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = WrappingButton("", icon_name="check")
        self.button.clicked.connect(self._on_clicked)
        self.missing = PlainLabel(role="secondary", wrap=True)
        self.text = PlainLabel(role="secondary", wrap=True)
        self.cancel_button = push_button("Cancel")
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        self._under_way = QWidget()
        row = QHBoxLayout(self._under_way)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.SPACE_2)
        row.addWidget(self.text, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.SPACE_1)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.missing)
        column.addWidget(self._under_way)
        self.show_busy(False)
        self.hide()

    def show_offer(self, title: str, missing: str = "") -> None:
        """Offer it in these words; `missing` says what it still needs, "" where it can be had."""
        self.button.set_title(title)
        self.button.fit(self.width())
        self.button.setEnabled(not missing)
        self.button.setToolTip(tip(missing))
        self.missing.setText(missing)
        self.missing.setVisible(bool(missing))
        self.setVisible(bool(title))

    def show_busy(self, busy: bool) -> None:
        """Whether the images are being measured."""
        self.text.setText("Measuring the training images …")
        self._under_way.setVisible(busy)
        self.button.setVisible(not busy)
        self.cancel_button.setEnabled(busy)
        self.cancel_button.setAccessibleName("Cancel: Measuring the training images")

    def show_progress(self, progress: JobProgress) -> None:
        """How far it is."""
        left = duration(progress.seconds_left)
        share = f"{progress.done / progress.total:.0%}" if progress.total else ""
        told = " · ".join(one for one in (share, f"{left} left" if left else "") if one)
        self.text.setText(f"Measuring the training images: {told}" if told else "Measuring the training images …")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.button.fit(event.size().width())

    def _on_clicked(self) -> None:
        self.wanted.emit()

    def _on_cancel_clicked(self) -> None:
        self.cancel_button.setEnabled(False)
        self.cancel_requested.emit()
