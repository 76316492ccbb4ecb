"""What is wrong, or what would be better, with a button for each way to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engine.facts import Problem
from engine.remedies import Remedy
from gui import theme as looks
from gui.widgets.buttons import WrappingButton, icon_button
from gui.widgets.labels import PlainLabel


class RemedyButton(WrappingButton):
    """The button of a remedy."""

    def __init__(self, remedy: Remedy, parent: QWidget | None = None) -> None:
        super().__init__(remedy.title, icon_name="check", parent=parent)
        self.remedy = remedy


class TroublePanel(QFrame):
    """A problem or a piece of advice.

    Signals: `remedy_chosen` with the Remedy whose button was clicked; `dismissed` with the advice that was closed.

    Args:
        problem: What is said.
        remedies: What mends it, best first.
        advice: Whether it is advice, which is quieter and can be closed.
        compact: Whether it stands on a card: small, without a frame of its own.
    """

    remedy_chosen = Signal(object)
    dismissed = Signal(object)

    def __init__(
        self,
        problem: Problem,
        remedies: Sequence[Remedy],
        *,
        advice: bool = False,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.problem = problem
        self.setAccessibleName(problem.what)
        self.setAccessibleDescription(f"{problem.expected} {problem.fix}")
        self.what = PlainLabel(problem.what, role="bad" if compact else "strong", wrap=True)
        self.expected = PlainLabel(problem.expected, role="secondary" if compact else "", wrap=True)
        self.fix = PlainLabel(problem.fix, role="secondary" if compact else "", wrap=True)
        self.buttons = [RemedyButton(one) for one in remedies]
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2 if compact else looks.SPACE_1)
        if compact:
            self._column.setContentsMargins(0, 0, 0, 0)
        else:
            self.setObjectName("AdvicePanel" if advice else "ErrorPanel")
            self._column.setContentsMargins(looks.SPACE_3, looks.SPACE_2, looks.SPACE_2, looks.SPACE_2)
        self._column.addLayout(self._first_line(advice and not compact))
        self._column.addWidget(self.expected)
        self._column.addWidget(self.fix)
        for button in self.buttons:
            button.clicked.connect(self._on_clicked)
            self._column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)

    def _first_line(self, closable: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(looks.SPACE_1)
        line.addWidget(self.what, 1)
        if closable:
            close = icon_button("close", "Do not show this advice again")
            close.clicked.connect(self._on_close_clicked)
            line.addWidget(close, alignment=Qt.AlignmentFlag.AlignTop)
        return line

    def set_margins(self, left: int, right: int, bottom: int) -> None:
        """Room around what stands on a card."""
        self._column.setContentsMargins(left, 0, right, bottom)

    def height_at(self, width: int) -> int:
        """The height that it needs at this width."""
        self._fit(width)
        return max(self.heightForWidth(width), self.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        margins = self._column.contentsMargins()
        for button in self.buttons:
            button.fit(width - margins.left() - margins.right())

    def _on_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, RemedyButton), "only these are connected"
        self.remedy_chosen.emit(button.remedy)

    def _on_close_clicked(self) -> None:
        self.dismissed.emit(self.problem)


class TroubleList(QWidget):
    """Panels one below the other. Signals as a panel's, which are passed on."""

    remedy_chosen = Signal(object)
    dismissed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panels: list[TroublePanel] = []
        self._shown: tuple[tuple[Problem, tuple[Remedy, ...], bool], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(looks.SPACE_2)

    def show_troubles(self, troubles: Sequence[tuple[Problem, tuple[Remedy, ...], bool]]) -> None:
        """Show each problem with its remedies, and whether it is advice only."""
        if tuple(troubles) == self._shown:
            return
        self._shown = tuple(troubles)
        for panel in self.panels:
            panel.hide()
            panel.deleteLater()
        self.panels = []
        for problem, remedies, advice in troubles:
            panel = TroublePanel(problem, remedies, advice=advice)
            panel.remedy_chosen.connect(self.remedy_chosen)
            panel.dismissed.connect(self.dismissed)
            self._column.addWidget(panel)
            panel.show()
            self.panels.append(panel)
        self.setVisible(bool(self.panels))
