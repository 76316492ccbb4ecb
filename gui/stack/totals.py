"""The foot of the left pane: what the layers add up to and what a training costs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui import theme as looks
from gui import words
from gui.models.totals import Figure, TotalsView
from gui.widgets.labels import PlainLabel, Rule
from gui.widgets.trouble import TroubleList


class Totals(QWidget):
    """Rows of figures, and a warning where a run would not fit.

    Signals: `remedy_chosen` with the Remedy whose button was clicked; `dismissed` with the warning that was closed.
    """

    remedy_chosen = Signal(object)
    dismissed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[PlainLabel, PlainLabel]] = []
        self.problems = PlainLabel(role="bad", wrap=True)
        self.advice = PlainLabel(role="secondary", wrap=True)
        self.warning = TroubleList()
        self.warning.remedy_chosen.connect(self.remedy_chosen)
        self.warning.dismissed.connect(self.dismissed)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(looks.SPACE_1)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(looks.SPACE_3, 0, looks.SPACE_3, looks.SPACE_3)
        column.setSpacing(looks.SPACE_2)
        column.addWidget(Rule())
        column.addLayout(self._grid)
        column.addWidget(self.warning)
        column.addWidget(self.problems)
        column.addWidget(self.advice)
        for label in (self.warning, self.problems, self.advice):
            label.hide()

    def figure(self, name: str) -> str:
        """The figure of the row whose name begins with `name`; "" where there is none."""
        return next((text.text() for label, text in self._rows if label.text().startswith(name)), "")

    def show_totals(self, view: TotalsView) -> None:
        """Show the figures; "unknown" below a problem."""
        while len(self._rows) < len(view.figures):
            self._add_row()
        for place, pair in enumerate(self._rows):
            self._show_row(pair, view.figures[place] if place < len(view.figures) else None)
        self.problems.setText(view.problems)
        self.problems.setVisible(bool(view.problems))
        self.advice.setText(view.advice)
        self.advice.setVisible(bool(view.advice))
        self.warning.show_troubles([(view.warning, view.remedies, True)] if view.warning is not None else [])

    def _add_row(self) -> None:
        pair = (PlainLabel(role="quiet"), PlainLabel(role="strong"))
        self._grid.addWidget(pair[0], len(self._rows), 0)
        self._grid.addWidget(pair[1], len(self._rows), 1, alignment=Qt.AlignmentFlag.AlignRight)
        self._rows.append(pair)

    def _show_row(self, pair: tuple[PlainLabel, PlainLabel], figure: Figure | None) -> None:
        label, text = pair
        for one in pair:
            one.setVisible(figure is not None)
        if figure is None:
            return
        label.setText(figure.name)
        text.setText(figure.text)
        text.setAccessibleName(figure.name)
        text.setAccessibleDescription(f"{figure.text}. {figure.help}")
        for one in pair:
            one.setToolTip(words.tip(figure.help))
