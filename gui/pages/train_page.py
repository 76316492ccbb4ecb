"""The Train page: start, pause and stop a run, and watch it learn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from gui.pages.flow import flowing
from gui.pages.notice_panel import NoticePanel
from gui.pages.page import Page, scrolled
from gui.pages.recipe_cards import RecipeCards
from gui.plots.learning_charts import LearningCharts
from gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, theme
from gui.widgets import ElidedLabel, ErrorPanel, PlainLabel, link_button, push_button
from gui.words import duration, tip

HINT = "Press Train: accuracy and loss appear here after every step, for training and for validation images."

COMING = "The first steps are coming."

_STEPS = 1000

WIDE = 640
"""From this width on, what can be done with an ended run stands beside the buttons."""


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Attributes:
        epoch: The epoch it is in, from 1.
        step: Steps of this epoch that have ended.
        share: Of the whole run, 0 to 1.
        images_per_second: 0 where it is not known yet.
    """

    epoch: int
    epochs: int
    step: int
    steps: int
    share: float
    images_per_second: float = 0.0
    seconds_left: float | None = None


class TrainPage(Page):
    """Shows a run and asks for what can be done with it.

    Signals: `train_requested`, `pause_requested`, `continue_requested`, `stop_requested`; `more_requested` (ten epochs
    on top of the shown run), `resume_requested`, `inspect_requested`, `notice_action_requested`.
    """

    train_requested = Signal()
    pause_requested = Signal()
    continue_requested = Signal()
    stop_requested = Signal()
    more_requested = Signal()
    resume_requested = Signal()
    inspect_requested = Signal()
    notice_action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Train", parent)
        self._state = "idle"
        self.train_button = push_button("Train", icon_name="play", primary=True)
        self.pause_button = push_button("Pause", icon_name="pause", primary=True)
        self.continue_button = push_button("Continue", icon_name="play", primary=True)
        self.stop_button = push_button("Stop and keep", icon_name="stop")
        self.more_button = link_button("Train 10 more epochs", icon_name="add")
        self.resume_button = link_button("Resume", icon_name="redo")
        self.inspect_button = link_button("Look inside", icon_name="inspect")
        self.status_label = ElidedLabel(role="strong")
        self.figures_label = PlainLabel(role="secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the run")
        self.notice = NoticePanel()
        self.error_panel = ErrorPanel(closable=True)
        self.charts = LearningCharts(HINT)
        self.recipe = RecipeCards()
        self._build()
        self._connect()
        self.show_state("idle")
        self.show_run("")

    # what the controller calls

    def show_state(self, state: str) -> None:
        """Show the buttons of "idle", "starting", "running", "paused" or "stopping"."""
        self._state = state
        busy = state != "idle"
        self.train_button.setVisible(not busy)
        self.pause_button.setVisible(state in ("starting", "running"))
        self.pause_button.setEnabled(state == "running")
        self.continue_button.setVisible(state in ("paused", "stopping"))
        self.continue_button.setEnabled(state == "paused")
        self.stop_button.setVisible(busy)
        self.stop_button.setEnabled(state != "stopping")
        self.stop_button.setText("Cancel" if state == "starting" else "Stop and keep")
        self.stop_button.setAccessibleName(self.stop_button.text())
        self.bar.setVisible(busy)
        waits = {"starting": "The network is being built", "stopping": "The run is ending"}
        self.pause_button.setToolTip(tip(waits.get(state, "Wait after this step (Ctrl+P)".partition(" (")[0])))
        self.stop_button.setToolTip(tip("End after this step; what was learned so far is kept"))
        self._after_run.setVisible(not busy)
        self.charts.set_hint(COMING if busy else HINT)

    def show_blocked(self, reason: str) -> None:
        """Disable Train, and say in its tool tip what is missing; "" enables it."""
        self.train_button.setEnabled(not reason)
        self.train_button.setToolTip(tip(reason or "Train the network on these images, as a new run"))

    def show_run(self, run: str, *, more: bool = False, resume: bool = False, inspect: bool = False) -> None:
        """Name the run whose curves are shown, and what can be done with it."""
        self._after_run.setAccessibleName(f"What can be done with {run}" if run else "")
        self.more_button.setVisible(more)
        self.more_button.setToolTip(tip(f"{run} goes on where it ended"))
        self.resume_button.setText(f"Resume {run}")
        self.resume_button.setAccessibleName(f"Resume {run}")
        self.resume_button.setToolTip(tip(f"{run} goes on at its last checkpoint"))
        self.resume_button.setVisible(resume)
        self.inspect_button.setVisible(inspect)

    def show_status(self, text: str, figures: str = "") -> None:
        """Say what is going on, left, and figures, right, in words."""
        self.status_label.setText(text)
        self.figures_label.setText(figures)

    def show_busy(self, text: str) -> None:
        """Something goes on that has no end in sight: the network is being built."""
        self.bar.setRange(0, 0)
        self.show_status(text)

    def show_progress(self, progress: Progress, *, paused: bool = False) -> None:
        """How far the run is."""
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(_STEPS * progress.share))
        where = f"Epoch {progress.epoch} of {progress.epochs}, step {progress.step:,} of {progress.steps:,}"
        figures = []
        if progress.images_per_second:
            figures.append(f"{progress.images_per_second:,.0f} images/s")
        if progress.seconds_left is not None and not paused:
            figures.append(f"{duration(progress.seconds_left)} left")
        self.show_status(f"Paused · {where}" if paused else where, " · ".join(figures))

    # how it is built

    def _build(self) -> None:
        self._bar_row = self._make_bar()
        self.column.addLayout(self._bar_row)
        self.column.addWidget(self.error_panel)
        self.column.addWidget(self.notice)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, SPACE_1, SPACE_5)
        column.setSpacing(SPACE_4)
        column.addWidget(self.charts, 1)
        column.addWidget(self.recipe)
        self.column.addWidget(scrolled(content), 1)

    def _make_bar(self) -> QBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        for button in (self.train_button, self.pause_button, self.continue_button, self.stop_button):
            row.addWidget(button)
        words = QHBoxLayout()
        words.setSpacing(SPACE_2)
        words.addWidget(self.status_label, 1)
        words.addWidget(self.figures_label)
        state = QVBoxLayout()
        state.setSpacing(SPACE_1)
        state.addLayout(words)
        state.addWidget(self.bar)
        self._make_room()
        theme().theme_changed.connect(self._make_room)
        row.addSpacing(SPACE_3 - SPACE_2)
        row.addLayout(state, 1)
        self._after_run = flowing(self.resume_button, self.more_button, self.inspect_button)
        bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        bar.setSpacing(SPACE_2)
        bar.addLayout(row, 1)
        bar.addWidget(self._after_run)
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme().px(WIDE)
        self._bar_row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _make_room(self) -> None:
        """Pause and Continue take turns: as wide as the wider, so that Stop stays where it is."""
        turns = (self.pause_button, self.continue_button)
        for button in turns:
            button.setMinimumWidth(0)
            button.ensurePolished()
        width = max(button.sizeHint().width() for button in turns)
        for button in turns:
            button.setMinimumWidth(width)

    def _connect(self) -> None:
        self.train_button.clicked.connect(self.train_requested)
        self.pause_button.clicked.connect(self.pause_requested)
        self.continue_button.clicked.connect(self.continue_requested)
        self.stop_button.clicked.connect(self.stop_requested)
        self.more_button.clicked.connect(self.more_requested)
        self.resume_button.clicked.connect(self.resume_requested)
        self.inspect_button.clicked.connect(self.inspect_requested)
        self.notice.action_requested.connect(self.notice_action_requested)
