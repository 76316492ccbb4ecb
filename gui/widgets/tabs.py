"""Tabs as a row of flat buttons, one of them chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from gui import theme as looks
from gui.words import no_mnemonic


class SegmentedTabs(QWidget):
    """A row of choices. `chosen` is emitted with the key of the one the user picked."""

    chosen = Signal(str)

    def __init__(self, tabs: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(looks.SPACE_1)
        for key, text in tabs.items():
            button = QPushButton(no_mnemonic(text))
            button.setCheckable(True)
            button.setProperty("tab", "true")
            button.setAccessibleName(text)
            button.setObjectName(key)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_button_clicked)
        next(iter(self._buttons.values())).setChecked(True)
        self._make_room()
        looks.theme().theme_changed.connect(self._make_room)

    @property
    def current(self) -> str:
        """The key of the chosen tab."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Show a tab as chosen without saying so."""
        self._buttons[key].setChecked(True)

    def show_covered(self, covered: bool) -> None:
        """Show whether something else stands in the place of the chosen page: its tab is then only outlined."""
        for button in self._buttons.values():
            if button.property("covered") != str(covered).lower():
                button.setProperty("covered", str(covered).lower())
                button.style().unpolish(button)
                button.style().polish(button)

    def button(self, key: str) -> QPushButton:
        """The button of a tab."""
        return self._buttons[key]

    def set_text(self, key: str, text: str) -> None:
        """Give a tab other words."""
        self._buttons[key].setText(no_mnemonic(text))
        self._buttons[key].setAccessibleName(text)
        self._make_room()

    def _make_room(self) -> None:
        """The chosen tab is bolder: all have room for that from the start, so that nothing moves."""
        metrics = QFontMetrics(looks.theme().font(bold=True))
        for button in self._buttons.values():
            button.setMinimumWidth(metrics.horizontalAdvance(button.accessibleName()) + looks.theme().px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        keys = list(self._buttons)
        place = keys.index(self.current) + step
        if not step or not 0 <= place < len(keys):
            super().keyPressEvent(event)
            return
        self._buttons[keys[place]].setFocus()
        self._buttons[keys[place]].click()

    def _on_button_clicked(self, button: QPushButton) -> None:
        self.chosen.emit(button.objectName())
