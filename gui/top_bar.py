"""The bar at the top: what is open, the pages, undo and redo, and the one thing to do next."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QWidget

from gui import theme as looks
from gui.icons import icon
from gui.theme import theme
from gui.widgets.buttons import push_button
from gui.widgets.labels import ElidedLabel, PlainLabel
from gui.widgets.tabs import SegmentedTabs
from gui.words import display_name, tip

PAGES: Final = {"data": "Data", "train": "Train", "inspect": "Inspect", "runs": "Runs"}


class TopBar(QWidget):
    """The top bar. The buttons show the actions they are given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("TopBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = PlainLabel("Convoscope", role="strong")
        self.project = ElidedLabel(role="quiet")
        self.project.setAccessibleName("Project")
        self.tabs = SegmentedTabs(PAGES)
        self.train_button = push_button("Train", icon_name="play", primary=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(looks.SPACE_2)
        self._buttons.addWidget(self.train_button)
        left = QHBoxLayout()
        left.setSpacing(looks.SPACE_3)
        left.addWidget(self.name)
        left.addWidget(self.project, 1)
        right = QHBoxLayout()
        right.addStretch()
        right.addLayout(self._buttons)
        row = QGridLayout(self)
        row.setContentsMargins(looks.SPACE_4, looks.SPACE_2, looks.SPACE_4, looks.SPACE_2)
        row.setColumnStretch(0, 1)
        row.setColumnStretch(2, 1)
        row.addLayout(left, 0, 0)
        row.addWidget(self.tabs, 0, 1)
        row.addLayout(right, 0, 2)

    def add_actions(self, *actions: QAction) -> None:
        """Put an icon for each of these actions before the Train button."""
        for action in actions:
            button = QToolButton()
            button.setProperty("framed", "true")
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setIconSize(QSize(theme().px(16), theme().px(16)))
            self._buttons.insertWidget(self._buttons.count() - 1, button)

    def show_project(self, name: str, *, edited: bool) -> None:
        """Show the project's name, and whether it was edited since it was saved."""
        self.project.setText(display_name(name) + (" — edited" if edited else ""))

    def show_covered(self, covered: bool) -> None:
        """Show that the code stands in the place of the chosen page, which a click on its tab brings back."""
        self.tabs.show_covered(covered)
        current = self.tabs.button(self.tabs.current)
        for key in PAGES:
            self.tabs.button(key).setToolTip("")
        if covered:
            current.setToolTip(tip(f"The code covers this page. A click brings {PAGES[self.tabs.current]} back."))

    def show_training(self, running: bool, missing: str, tool_tip: str) -> None:
        """Show what the primary button does now.

        Args:
            running: Whether a run is under way; the button then leads to it.
            missing: Why training cannot start, or "".
            tool_tip: The tool tip while it can, as HTML.
        """
        self.train_button.setText("Training…" if running else "Train")
        self.train_button.setAccessibleName("Go to the training run" if running else "Train the network")
        self.train_button.setIcon(icon("train" if running else "play", "disabled" if missing else "on_accent"))
        self.train_button.setEnabled(not missing)
        self.train_button.setToolTip(tip(missing) if missing else tool_tip)
