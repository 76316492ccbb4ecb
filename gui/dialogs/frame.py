"""What every dialog has: a title, a body, a row of buttons, and an end to its memory when it closes."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import theme as looks
from gui.widgets.labels import PlainLabel


class Dialog(QDialog):
    """A dialog of the window. Add widgets to `.body`; buttons made by `add_button` stand below, right."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(looks.SPACE_5, looks.SPACE_5, looks.SPACE_5, looks.SPACE_4)
        outer.setSpacing(looks.SPACE_4)
        outer.addWidget(PlainLabel(title, role="title", wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(looks.SPACE_3)
        outer.addLayout(self.body, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(looks.SPACE_2)
        self.buttons.addStretch()
        outer.addLayout(self.buttons)
        looks.theme().theme_changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Larger text needs a larger dialog; how large is known once its labels have the new font."""
        layout = self.layout()
        if layout is not None:
            wanted = layout.totalSizeHint().expandedTo(layout.totalMinimumSize())
            self.resize(wanted.width(), max(wanted.height(), layout.totalHeightForWidth(wanted.width())))

    def add_button(self, button: QPushButton) -> QPushButton:
        """Put a button into the row at the bottom."""
        self.buttons.addWidget(button)
        return button
