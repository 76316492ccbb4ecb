"""Two networks side by side, layers matched, differences marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QWidget

from engine.analysis import analyse
from engine.comparison import compare
from engine.errors import EngineError
from engine.network import Network
from gui import theme as looks
from gui.dialogs.frame import Dialog
from gui.forms.inputs import ComboBox
from gui.models.comparison_table import ComparisonModel, comparison_sentence
from gui.theme import theme
from gui.widgets.buttons import push_button
from gui.widgets.labels import PlainLabel
from gui.widgets.panels import ErrorPanel
from gui.words import grouped, short

OWN = "your stack"
ANOTHER = "another"
"""The choice that asks for a project."""


class ComparingDialog(Dialog):
    """Compares the stack with another one. `other_wanted` is emitted with what was chosen to compare it with.

    Args:
        network: The stack.
        choices: What it can be compared with: a key, and its words.
    """

    other_wanted = Signal(str)

    def __init__(self, network: Network, choices: Sequence[tuple[str, str]], parent: QWidget | None) -> None:
        super().__init__("Compare two networks", parent)
        self._network = network
        self.box = ComboBox()
        self.box.setAccessibleName("Compare your stack with")
        for key, words in choices:
            self.box.addItem(words, key)
        self.box.activated.connect(self._on_activated)
        self.sentence = PlainLabel(role="strong", wrap=True)
        self.sentence.setAccessibleName("How they differ")
        self.figures = PlainLabel(role="quiet", wrap=True)
        self.error_panel = ErrorPanel()
        self.model = ComparisonModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("Layers side by side")
        self._build()
        self.resize(theme().px(900), theme().px(600))
        self.table.setFocus()

    def choose(self, key: str) -> None:
        """Compare with what has this key; the first where there is none."""
        self.box.setCurrentIndex(max(0, self.box.findData(key)))
        self._on_activated(self.box.currentIndex())

    def add_choice(self, key: str, words: str) -> None:
        """Offer something more, and choose it."""
        self.box.insertItem(0, words, key)
        self.box.setCurrentIndex(0)

    def show_other(self, network: Network, name: str, *, by_id: bool) -> None:
        """Show the stack beside this network."""
        self.error_panel.clear()
        comparison = compare(self._network, network, by_id=by_id)
        self.model.show_comparison(comparison, OWN, name)
        self.sentence.setText(comparison_sentence(comparison, OWN, name))
        mine, other = analyse(self._network), analyse(network)
        self.figures.setText(
            f"Parameters {grouped(mine.parameters)} → {grouped(other.parameters)}, "
            f"MACs per image {short(mine.macs)} → {short(other.macs)}."
        )

    def show_error(self, error: EngineError) -> None:
        """Say why there is nothing to compare with."""
        self.model.show_comparison(None, OWN, "")
        self.sentence.setText("")
        self.figures.setText("")
        self.error_panel.show_error(error)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(looks.SPACE_2)
        row.addWidget(PlainLabel("Your stack and"))
        row.addWidget(self.box, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.error_panel)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.figures)
        self.table.setMinimumSize(820, 380)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setIconSize(QSize(8, 14))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.table, 1)
        close = self.add_button(push_button("Close", primary=True))
        close.clicked.connect(self.accept)

    def _on_activated(self, place: int) -> None:
        key = self.box.itemData(place)
        if key:
            self.other_wanted.emit(key)
