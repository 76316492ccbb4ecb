"""The left pane: the heading with Add, the cards, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui import theme as looks
from gui import words
from gui.models.layer_cards import CardView
from gui.models.totals import TotalsView
from gui.stack.card_list import CardList
from gui.stack.totals import Totals
from gui.widgets.buttons import push_button
from gui.widgets.labels import Heading, PlainLabel

if TYPE_CHECKING:
    from gui.stack.palette import LayerPalette


class StackView(QWidget):
    """The layer stack. `add_requested` is emitted with the kind that was picked in the palette."""

    add_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.cards = CardList()
        self.add_button = push_button("Add", icon_name="add")
        self.add_button.setToolTip(words.tip("Add a layer below the chosen one  ( / )"))
        self.add_button.setAccessibleName("Add a layer")
        self.add_button.clicked.connect(self.open_palette)
        self._palette: LayerPalette | None = None
        self.totals = Totals()
        top = QHBoxLayout()
        top.setContentsMargins(looks.SPACE_3, looks.SPACE_3, looks.SPACE_3, 0)
        top.addWidget(Heading("Layer stack"))
        top.addStretch()
        top.addWidget(self.add_button)
        self.area = QScrollArea()
        self.area.setObjectName("PaneScroll")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.cards)
        self.area.viewport().setAutoFillBackground(False)
        self.cards.setAutoFillBackground(False)
        self.opening = PlainLabel("Opening the project…", role="quiet")
        self.opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.opening.hide()
        holder = QHBoxLayout()
        holder.setContentsMargins(looks.SPACE_3, 0, 0, 0)
        holder.addWidget(self.area)
        holder.addWidget(self.opening)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.SPACE_2)
        column.addLayout(top)
        column.addLayout(holder, 1)
        column.addWidget(self.totals)

    def show_opening(self, opening: bool) -> None:
        """Show that a project is being opened, in the place of the cards."""
        self.opening.setVisible(opening)
        self.area.setVisible(not opening)
        self.totals.setVisible(not opening)
        self.add_button.setEnabled(not opening)

    def show_network(self, views: Sequence[CardView], totals: TotalsView) -> None:
        """Show the cards and their totals."""
        self.cards.show_cards(views)
        self.totals.show_totals(totals)

    def open_palette(self) -> None:
        """Offer the layer types."""
        from gui.stack.palette import LayerPalette

        if self._palette is None:
            self._palette = LayerPalette(self)
            self._palette.picked.connect(self.add_requested)
        self._palette.open_at(self.add_button.mapToGlobal(QPoint(0, self.add_button.height() + 4)))
