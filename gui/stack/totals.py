"""The foot of the left pane: what the layers add up to and what a training costs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme as looks
from gui import words
from gui.icons import icon
from gui.models.totals import Figure, TotalsView
from gui.widgets.buttons import link_button
from gui.widgets.labels import PlainLabel, Rule
from gui.widgets.trouble import TroubleList


class Totals(QWidget):
    """Rows of figures, and a warning where a run would not fit.

    Signals: `remedy_chosen` with the Remedy whose button was clicked; `dismissed` with the warning that was closed;
    `problem_wanted` and `advice_wanted` where the user wants to see the next one.
    """

    remedy_chosen = Signal(object)
    dismissed = Signal(object)
    problem_wanted = Signal()
    advice_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[PlainLabel, PlainLabel]] = []
        self.problems = link_button("")
        self.problems.setIcon(icon("warning", "bad"))
        self.problems.setProperty("tone", "bad")
        self.problems.setToolTip(words.tip("Go to the next problem  ( F8 )"))
        self.problems.clicked.connect(self.problem_wanted)
        self.advice = link_button("", icon_name="info")
        self.advice.setToolTip(words.tip("Go to the next piece of advice"))
        self.advice.clicked.connect(self.advice_wanted)
        self.warning = TroubleList()
        self.warning.remedy_chosen.connect(self.remedy_chosen)
        self.warning.dismissed.connect(self.dismissed)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(looks.SPACE_1)
        column = QVBoxLayout(self)
        column.setContentsMargins(looks.SPACE_3, 0, looks.SPACE_3, looks.SPACE_3)
        column.setSpacing(looks.SPACE_2)
        column.addWidget(Rule())
        column.addLayout(self._lines)
        column.addWidget(self.warning)
        column.addWidget(self.problems, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.advice, alignment=Qt.AlignmentFlag.AlignLeft)
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
        for link, text in ((self.problems, view.problems), (self.advice, view.advice)):
            link.setText(text)
            link.setAccessibleName(text)
            link.setVisible(bool(text))
        self.warning.show_troubles([(view.warning, view.remedies, True)] if view.warning is not None else [])

    def _add_row(self) -> None:
        # The name breaks into lines where large text leaves it little room; a figure never does.
        pair = (PlainLabel(role="quiet", wrap=True), PlainLabel(role="strong"))
        line = QHBoxLayout()
        line.addWidget(pair[0], 1)
        line.addWidget(pair[1])
        self._lines.addLayout(line)
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
