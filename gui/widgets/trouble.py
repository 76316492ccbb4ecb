"""What is wrong, or what would be better, with a button for each way to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.facts import Problem
from engine.remedies import Remedy
from gui import theme as looks
from gui.icons import icon
from gui.theme import theme
from gui.widgets.buttons import icon_button
from gui.widgets.labels import PlainLabel
from gui.words import no_mnemonic

_BUTTON_EDGE = 5
"""Border and padding of a link-like button at each side, as the style sheet gives them."""


class RemedyButton(QPushButton):
    """A link-like button whose words break into lines where they do not fit."""

    def __init__(self, remedy: Remedy, parent: QWidget | None = None) -> None:
        super().__init__(no_mnemonic(remedy.title), parent)
        self.remedy = remedy
        self.setAccessibleName(remedy.title)
        self.setProperty("link", "true")
        self.setIcon(icon("check", "accent"))
        self.setIconSize(QSize(theme().px(14) + looks.SPACE_1, theme().px(14)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A button is never narrower than its words are on one line, unless it is told so.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        longest = max(self.fontMetrics().horizontalAdvance(word) for word in self.remedy.title.split(" "))
        return QSize(longest + self._beside_words(), super().minimumSizeHint().height())

    def _beside_words(self) -> int:
        return self.iconSize().width() + looks.SPACE_1 + 2 * _BUTTON_EDGE

    def fit(self, width: int) -> None:
        """Break the words so that the button is at most `width` wide."""
        room = width - self._beside_words()
        lines = [""]
        for word in self.remedy.title.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.fontMetrics().horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        text = no_mnemonic("\n".join(lines))
        if text != self.text():
            self.setText(text)


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
