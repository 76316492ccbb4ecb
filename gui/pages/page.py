"""What every page is made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QTableView, QVBoxLayout, QWidget

from gui.theme import SPACE_3, SPACE_4, SPACE_5, theme


class Page(QWidget):
    """A page: the window's ground colour and its margins; add widgets to `.column`, a vertical layout."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        self.column.setSpacing(SPACE_3)


def scrolled(content: QWidget) -> QScrollArea:
    """`content` in a frameless area that scrolls up and down only."""
    content.setObjectName("PageArea")
    content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    area = QScrollArea()
    area.setObjectName("PageScroll")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


def quiet_table(name: str) -> QTableView:
    """A table without lines: whole rows are chosen, the last column takes what room is left."""
    table = QTableView()
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme().px(30))
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return table
