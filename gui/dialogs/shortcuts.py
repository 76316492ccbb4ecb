"""The list of keyboard shortcuts, made from the actions themselves."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui import theme as looks
from gui.actions import ACTIONS, MENUS
from gui.dialogs.frame import Dialog
from gui.widgets.buttons import push_button
from gui.widgets.labels import Heading, PlainLabel

IN_THE_STACK: Final = (
    ("Choose another layer", "Up, Down"),
    ("First and last layer", "Home, End"),
    ("Choose several", "Shift+Up, Shift+Down"),
    ("Open and close a block", "Right, Left"),
    ("Change its settings", "Return"),
    ("From the settings back to the stack", "Esc"),
    ("Leave a name unchanged", "Esc"),
)


class ShortcutsDialog(Dialog):
    """Every shortcut, by menu, in two columns."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__("Keyboard shortcuts", parent)
        columns = QHBoxLayout()
        columns.setSpacing(looks.SPACE_5 * 2)
        for menus in (MENUS[:3], MENUS[3:]):
            column = QVBoxLayout()
            column.setSpacing(looks.SPACE_2)
            for menu in menus:
                self._add_menu(column, menu)
            if menus is not None and MENUS[-1] in menus:
                self._add_rows(column, "In the layer stack", IN_THE_STACK)
            column.addStretch()
            columns.addLayout(column)
        self.body.addLayout(columns)
        close = self.add_button(push_button("Close", primary=True))
        close.clicked.connect(self.accept)

    def _add_menu(self, column: QVBoxLayout, menu: str) -> None:
        rows = tuple(
            (one.text.rstrip("…"), QKeySequence(one.shortcut).toString(QKeySequence.SequenceFormat.NativeText))
            for one in ACTIONS
            if one.menu == menu and one.shortcut
        )
        self._add_rows(column, menu, rows)

    def _add_rows(self, column: QVBoxLayout, title: str, rows: tuple[tuple[str, str], ...]) -> None:
        column.addWidget(Heading(title))
        grid = QGridLayout()
        grid.setVerticalSpacing(looks.SPACE_1)
        grid.setHorizontalSpacing(looks.SPACE_5)
        grid.setColumnStretch(0, 1)
        for row, (text, keys) in enumerate(rows):
            grid.addWidget(PlainLabel(text), row, 0)
            shown = PlainLabel(keys, role="quiet")
            shown.setFrameShape(QFrame.Shape.NoFrame)
            grid.addWidget(shown, row, 1, alignment=Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        column.addSpacing(looks.SPACE_3)
