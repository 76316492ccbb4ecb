"""The left pane: the heading with Add, the cards, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui import theme as looks
from gui import words
from gui.models.layer_cards import CardView
from gui.stack.card_list import CardList
from gui.stack.totals import Totals
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.labels import Heading, PlainLabel
from gui.widgets.panels import ErrorPanel

if TYPE_CHECKING:
    from gui.stack.palette import LayerPalette


class StackView(QWidget):
    """The layer stack.

    Signals: `add_requested` with the kind that was picked in the palette, `beside_requested` with one that is to stand
    beside the chosen layer of a block; `template_requested`; `compact_requested` with whether each card takes one line.
    """

    add_requested = Signal(str)
    beside_requested = Signal(str)
    template_requested = Signal()
    compact_requested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.cards = CardList()
        self.add_button = push_button("Add", icon_name="add")
        self.add_button.setToolTip(words.tip("Add a layer below the chosen one  ( / )"))
        self.add_button.setAccessibleName("Add a layer")
        self.add_button.clicked.connect(self.open_palette)
        self.compact_button = icon_button("compact", "One line a layer")
        self.compact_button.setCheckable(True)
        self.compact_button.clicked.connect(self.compact_requested)
        self.error_panel = ErrorPanel(closable=True)
        self.empty = _Nothing()
        self.empty.template_button.clicked.connect(self.template_requested)
        self.empty.add_button.clicked.connect(self.open_palette)
        self._palette: LayerPalette | None = None
        self._beside = False
        self._inside = False
        self.totals = Totals()
        top = QHBoxLayout()
        top.setContentsMargins(looks.SPACE_3, looks.SPACE_3, looks.SPACE_3, 0)
        top.addWidget(Heading("Layer stack"))
        top.addStretch()
        top.addWidget(self.compact_button)
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
        troubles = QHBoxLayout()
        troubles.setContentsMargins(looks.SPACE_3, 0, looks.SPACE_3, 0)
        troubles.addWidget(self.error_panel)
        holder = QHBoxLayout()
        holder.setContentsMargins(looks.SPACE_3, 0, 0, 0)
        holder.addWidget(self.area)
        holder.addWidget(self.opening)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.SPACE_2)
        column.addLayout(top)
        column.addLayout(troubles)
        column.addLayout(holder, 1)
        column.addWidget(self.empty, 3)
        column.addWidget(self.totals)

    def show_opening(self, opening: bool) -> None:
        """Show that a project is being opened, in the place of the cards."""
        self.opening.setVisible(opening)
        self.area.setVisible(not opening)
        self.totals.setVisible(not opening)
        self.empty.setVisible(not opening and len(self.cards.order) == 1)
        self.add_button.setEnabled(not opening)

    def show_views(self, views: Sequence[CardView]) -> None:
        """Show the cards."""
        self.cards.show_cards(views)
        nothing = len(views) == 1 and self.opening.isHidden()
        self.empty.setVisible(nothing)
        # The input's card with what is wrong with an empty network is to be seen whole.
        self.area.setMinimumHeight(min(self.cards.minimumHeight(), 200) if nothing else 0)

    def show_compact(self, compact: bool) -> None:
        """Show each card in one line, or in two."""
        self.compact_button.setChecked(compact)
        self.cards.set_compact(compact)

    def show_inside(self, inside: bool) -> None:
        """What is added goes into a block from now on, or into the stack."""
        self._inside = inside

    def open_palette(self) -> None:
        """Offer the layer types."""
        self._offer(beside=False)

    def open_palette_beside(self) -> None:
        """Offer the layer types for a branch beside the chosen layer of a block."""
        self._offer(beside=True)

    def _offer(self, *, beside: bool) -> None:
        from gui.stack.palette import LayerPalette

        if self._palette is None:
            self._palette = LayerPalette(self)
            self._palette.picked.connect(self._on_picked)
        self._beside = beside
        corner = self.add_button.mapToGlobal(QPoint(0, self.add_button.height() + 4))
        self._palette.open_at(corner, inside=self._inside)

    def _on_picked(self, kind: str) -> None:
        (self.beside_requested if self._beside else self.add_requested).emit(kind)


class _Nothing(QWidget):
    """What the stack says while it holds no layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.template_button = push_button("Start from a template…", icon_name="layers", primary=True)
        self.add_button = push_button("Add a first layer", icon_name="add")
        text = PlainLabel(
            "Images enter above; every layer that you add makes something new of what the one before it gives.",
            role="quiet",
            wrap=True,
        )
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = PlainLabel("No layers yet", role="strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(looks.SPACE_4, 0, looks.SPACE_4, 0)
        column.setSpacing(looks.SPACE_3)
        column.addWidget(title, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(text)
        column.addWidget(self.template_button)
        column.addWidget(self.add_button)
        column.addStretch()
        self.hide()
