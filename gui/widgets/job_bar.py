"""The one way a job is shown: what it does, how far it is, what is left, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from engine.jobs import JobProgress
from gui import theme as looks
from gui.widgets.buttons import push_button
from gui.widgets.labels import ElidedLabel, PlainLabel
from gui.words import duration

_STEPS = 1000


class JobBar(QWidget):
    """Progress of one job; hidden while there is none. `cancel_requested` is emitted when the user wants it to end."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(role="strong")
        self.text = ElidedLabel(role="secondary")
        self.figures = PlainLabel(role="secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel_button = push_button("Cancel")
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        line = QHBoxLayout()
        line.setSpacing(looks.SPACE_2)
        line.addWidget(self.title)
        line.addWidget(self.text, 1)
        line.addWidget(self.figures)
        column = QVBoxLayout()
        column.setSpacing(looks.SPACE_1)
        column.addLayout(line)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.SPACE_3)
        row.addLayout(column, 1)
        row.addWidget(self.cancel_button)
        self._rate = ""
        self.hide()

    def start(self, title: str) -> None:
        """A job begins; how long it takes is not known yet."""
        self.title.setText(title)
        self.text.setText("")
        self.figures.setText("")
        self._rate = ""
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.cancel_button.setEnabled(True)
        self.cancel_button.setAccessibleName(f"Cancel: {title}")
        self.show()

    def show_progress(self, progress: JobProgress) -> None:
        """How far the job is."""
        if progress.total:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(round(_STEPS * min(1.0, progress.done / progress.total)))
        else:
            self.bar.setRange(0, 0)
        self.text.setText(progress.text)
        left = duration(progress.seconds_left)
        self.figures.setText(" · ".join(part for part in (self._rate, f"{left} left" if left else "") if part))

    def set_rate(self, text: str) -> None:
        """How fast the job is, in words, from the next progress on: "1,252 images/s"."""
        self._rate = text

    def finish(self) -> None:
        """The job has ended."""
        self.hide()

    def _on_cancel_clicked(self) -> None:
        self.cancel_button.setEnabled(False)
        self.text.setText("Ending…")
        self.cancel_requested.emit()
