"""Accuracy and loss of one run, or of several on top of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.models.learning import Learning
from gui.plots.curve_plot import CurvePlot, Series
from gui.plots.sentences import figure_text, learning_sentence, runs_sentence
from gui.theme import SPACE_2, SPACE_3, SPACE_4, colour, run_colour, theme
from gui.widgets import Card, PlainLabel

REDRAW_MS = 100
CHART_HEIGHT = 290
"""Least height of a chart with its title and sentence, and of the key."""
SIDE_BY_SIDE = 560
"""From this width on the two charts stand side by side."""


@dataclass(frozen=True, eq=False)
class NamedLearning:
    """A run's curves under its name, which also decides its colour."""

    run: str
    learning: Learning


class CurveCard(Card):
    """One chart: its title, its curves and its sentence; a hint where there is nothing to draw yet."""

    def __init__(self, figure: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(figure.capitalize(), parent)
        self.figure = figure
        self._hint_text = hint
        self._learnings: Sequence[NamedLearning] = ()
        self._reading: float | None = None
        self._build()

    def _build(self) -> None:
        self.plot = CurvePlot(self.figure.capitalize())
        self._sentence = PlainLabel(role="secondary", wrap=True)
        self._sentence.setAccessibleName(f"What the {self.figure} chart shows")
        # Room for two lines, so that a longer sentence does not make the chart jump.
        self._sentence.setMinimumHeight(2 * self._sentence.fontMetrics().lineSpacing())
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.plot, 1)
        self.body.addWidget(self._sentence)
        self.plot.reading_changed.connect(self._on_reading_changed)

    @property
    def sentence(self) -> str:
        """What stands under the chart."""
        return str(self._sentence.text())

    def set_hint(self, text: str) -> None:
        """What to say while there is nothing to draw."""
        self._hint_text = text
        self._say()

    def draw(self, learnings: Sequence[NamedLearning], *, several: bool) -> None:
        """Draw these runs; `several` gives each its own colour instead of training and validation theirs."""
        self._learnings = learnings
        series: list[Series] = []
        for one in learnings:
            series += _of_run(one, self.figure) if several else _of_parts(one.learning, self.figure)
        epochs = max((one.learning.epochs_planned for one in learnings), default=1)
        self.plot.set_series(series, epochs=max(1, epochs), high=1.0 if self.figure == "accuracy" else None)
        self._say()

    def _say(self) -> None:
        if self._reading is not None:
            text = reading_sentence(self._learnings, self.figure, int(self._reading))
        elif len(self._learnings) == 1:
            text = learning_sentence(self._learnings[0].learning, self.figure)
        else:
            text = runs_sentence([(one.run, one.learning) for one in self._learnings], self.figure)
        self._sentence.setText(text or self._hint_text)
        self.plot.setAccessibleDescription(text or self._hint_text)

    def _on_reading_changed(self, epoch: float | None) -> None:
        self._reading = epoch if self._learnings else None
        self.plot.read_at(self._reading)
        self._say()


class LearningCharts(QWidget):
    """The two charts and their key; redrawn ten times a second at most, and only where it can be seen."""

    drawn = Signal()

    def __init__(self, hint: str, *, several: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._several = several
        self._learnings: tuple[NamedLearning, ...] = ()
        self._stale = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REDRAW_MS)
        self._timer.timeout.connect(self._redraw)
        self.accuracy = CurveCard("accuracy", hint)
        self.loss = CurveCard("loss", hint)
        self.key = CurveKey(several=several)
        self._charts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._charts.setSpacing(SPACE_4)
        self._charts.addWidget(self.accuracy, 1)
        self._charts.addWidget(self.loss, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_2)
        layout.addLayout(self._charts, 1)
        layout.addWidget(self.key)
        theme().theme_changed.connect(self.changed)
        self._redraw()

    def show_runs(self, learnings: Sequence[NamedLearning]) -> None:
        """Draw these runs from now on; their curves may grow, see `changed`."""
        self._learnings = tuple(learnings)
        self.changed()

    def set_hint(self, text: str) -> None:
        """What both charts say while there is nothing to draw."""
        for card in (self.accuracy, self.loss):
            card.set_hint(text)

    def changed(self) -> None:
        """The curves have grown: redraw soon."""
        self._stale = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _redraw(self) -> None:
        self._stale = False
        for card in (self.accuracy, self.loss):
            card.draw(self._learnings, several=self._several)
        self.key.show_runs([one.run for one in self._learnings])
        self.drawn.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= SIDE_BY_SIDE
        kinds = QBoxLayout.Direction
        self._charts.setDirection(kinds.LeftToRight if beside else kinds.TopToBottom)
        self.setMinimumHeight(CHART_HEIGHT if beside else 2 * CHART_HEIGHT)


class CurveKey(QWidget):
    """What each kind of line means, in words."""

    def __init__(self, *, several: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._several = several
        self._shown: list[tuple[str, str, bool]] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(SPACE_2, 0, 0, 0)
        self._layout.setSpacing(SPACE_2)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_runs(self, runs: Sequence[str]) -> None:
        """Name the lines of these runs."""
        lines = self._lines(runs)
        if lines == self._shown:
            return
        self._shown = lines
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for text, role, dashed in lines:
            self._layout.addWidget(LineSample(role, dashed=dashed))
            self._layout.addWidget(PlainLabel(text, role="secondary"))
            self._layout.addSpacing(SPACE_3)
        self._layout.addStretch(1)

    def _lines(self, runs: Sequence[str]) -> list[tuple[str, str, bool]]:
        """(words, role of the colour, whether dashed) of each kind of line."""
        if not self._several:
            return [("training", "training", False), ("validation", "validation", False)]
        kinds = [("validation", "secondary", False), ("training", "secondary", True)] if runs else []
        return [(run, f"run:{run}", False) for run in runs] + kinds


class LineSample(QWidget):
    """A short piece of line in the colour of a role, or of a run ("run:run-003")."""

    def __init__(self, role: str, *, dashed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._dashed = dashed
        self.setFixedSize(QSize(18, 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pen = QPen(run_colour(self._role[4:]) if self._role.startswith("run:") else colour(self._role), 2)
        pen.setStyle(Qt.PenStyle.DotLine if self._dashed else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawLine(0, 6, self.width(), 6)
        painter.end()


def reading_sentence(learnings: Sequence[NamedLearning], figure: str, epoch: int) -> str:
    """The values at one epoch: "Epoch 7: training 0.91, validation 0.88."."""
    parts = []
    for one in learnings:
        point = next((point for point in one.learning.points if point.epoch == epoch), None)
        if point is None:
            continue
        training = getattr(point, f"train_{figure}")
        validation = getattr(point, f"validation_{figure}")
        words = f"training {figure_text(training)}"
        if validation is not None:
            words += f", validation {figure_text(validation)}"
        parts.append(words if len(learnings) == 1 else f"{one.run} {words}")
    return f"Epoch {epoch}: {'; '.join(parts)}." if parts else f"Epoch {epoch}: not trained yet."


def _of_parts(learning: Learning, figure: str) -> list[Series]:
    training, validation = colour("training"), colour("validation")
    steps = learning.step_curve(figure)
    return [
        Series("training, every step", training, *steps, faint=True),
        Series("training", training, *learning.epoch_curve("train", figure), dots=True),
        Series("validation", validation, *learning.epoch_curve("validation", figure), dots=True),
    ]


def _of_run(one: NamedLearning, figure: str) -> list[Series]:
    shade = QColor(run_colour(one.run))
    training = one.learning.epoch_curve("train", figure)
    validation = one.learning.epoch_curve("validation", figure)
    return [
        Series(f"{one.run} training", shade, *training, width=1.0, dashed=True),
        Series(one.run, shade, *validation, dots=True),
    ]
