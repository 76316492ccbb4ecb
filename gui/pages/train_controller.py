"""What the Train page can do: start a run, pause, continue and stop it, take an old one up again."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from engine.augmentation import Augmentation
from engine.data.dataset import DatasetSpec
from engine.errors import EngineError
from engine.events import (
    Continue,
    EpochEnded,
    Pause,
    RunContinued,
    RunPaused,
    RunResumed,
    RunStarted,
    StepsEnded,
    Stop,
    ValueChanged,
)
from engine.jobs import JobProgress
from engine.recipe import Recipe
from engine.runs.records import RunRecord, RunSummary
from engine.service.projects import ReadRun
from engine.service.training import ResumeRun, Train
from gui.bridge import EngineBridge
from gui.controller import PageController
from gui.document import Document
from gui.models.learning import Learning
from gui.models.run_list import RunList
from gui.models.run_words import Notice, can_extend, can_resume, ended_notice
from gui.pages.augmentation_controller import AugmentationController
from gui.pages.latest import Latest
from gui.pages.train_page import Progress, TrainPage
from gui.plots.learning_charts import NamedLearning
from gui.settings import THREADS, Settings
from gui.words import plural

MORE_EPOCHS = 10
LONG_RUN_SECONDS = 20.0
"""A run of at least this length announces its end to a window that is not in front."""


class TrainingController(PageController):
    """One run at a time, from the click to the notice of its end.

    Signals: `state_changed` when `state` has another value; `run_started` with the run's id; `run_ended` with its
    `RunSummary`.
    """

    state_changed = Signal()
    run_started = Signal(str)
    run_ended = Signal(object)

    def __init__(self, page: TrainPage, document: Document, bridge: EngineBridge, settings: Settings) -> None:
        super().__init__(page, document, bridge, settings)
        self._page = page
        self.state = "idle"
        self._runs = RunList.of(document, bridge)
        self._training = Latest(bridge, self)
        self._reading = Latest(bridge, self)
        self._learning = Learning()
        self._progress = Progress(0, 0, 0, 0, 0.0)
        self._shown: RunSummary | None = None
        self._folder: Path | None = None
        self._more_epochs = 0
        self._to_resume = False
        self._lost = ""
        self._progressed = False
        self._connect()
        self._augmentation = AugmentationController(page.recipe.augmentation, document, bridge)
        self._on_draft_changed()
        self._show_blocked()
        self._on_runs_changed()

    def _connect(self) -> None:
        page, document = self._page, self.document
        page.train_requested.connect(self.start)
        page.pause_requested.connect(self.pause)
        page.continue_requested.connect(self.resume_paused)
        page.stop_requested.connect(self.stop)
        page.more_requested.connect(self.train_more)
        page.resume_requested.connect(self.resume_shown)
        page.inspect_requested.connect(self._on_inspect_requested)
        page.notice_action_requested.connect(self.lower_learning_rate)
        page.recipe.recipe_edited.connect(self.set_recipe)
        page.recipe.augmentation_edited.connect(self.set_augmentation)
        document.draft_changed.connect(self._on_draft_changed)
        document.analysis_changed.connect(self._show_blocked)
        document.dataset_changed.connect(self._show_blocked)
        document.project_changed.connect(self._show_blocked)
        self._runs.changed.connect(self._on_runs_changed)
        self._training.partial.connect(self._on_event)
        self._training.progress.connect(self._on_job_progress)
        self._training.done.connect(self._on_done)
        self._training.failed.connect(self._on_failed)
        self._training.cancelled.connect(self._on_cancelled)
        self._reading.done.connect(self._on_record)
        self._reading.failed.connect(self._on_record_failed)
        self.bridge.engine_lost.connect(self._on_engine_lost)

    # verbs

    def blocked(self) -> EngineError | None:
        """Why no run can be started now; None where one can."""
        analysis, dataset = self.document.analysis, self.document.dataset
        if self._runs.folder is None:
            return EngineError("The project is still being opened.", "A run belongs to a project.", "Wait a moment.")
        if dataset is None:
            return EngineError(
                "There are no images to train on yet.",
                "A network learns from images.",
                "Open a folder of images, or a sample, on the Data page.",
            )
        if analysis.problems:
            first, more = analysis.problems[0], len(analysis.problems) - 1
            rest = f" ({plural(more, 'more problem')} in the stack.)" if more else ""
            return EngineError(first.what, first.expected, first.fix + rest)
        return None

    def start(self) -> None:
        """Train the draft as a new run."""
        if self.state != "idle":
            return
        reason, folder = self.blocked(), self._runs.folder
        if reason is not None or folder is None:
            self._page.error_panel.show_error(reason)
            self.page_wanted.emit("train")
            return
        self._learning = Learning()
        self._begin("Building the network", "")
        self._training.submit(Train(self.document.draft, folder, self.settings.get(THREADS)))

    def pause(self) -> None:
        """Wait after this step."""
        if self.state == "running" and self._training.number is not None:
            self.bridge.control(self._training.number, Pause())
            self._page.pause_button.setEnabled(False)

    def resume_paused(self) -> None:
        """Go on after a pause."""
        if self.state == "paused" and self._training.number is not None:
            self.bridge.control(self._training.number, Continue())

    def stop(self) -> None:
        """End the run after this step and keep what was learned; before the first one, cancel it."""
        if self.state == "starting" and self._training.number is None:
            self._reading.drop()
            self._end("")
        elif self.state == "starting":
            self._training.cancel()
            self._enter("stopping")
        elif self.state in ("running", "paused") and self._training.number is not None:
            self.bridge.control(self._training.number, Stop())
            self._enter("stopping")

    def train_more(self) -> None:
        """Ten epochs on top of the run that is shown."""
        if self._shown is not None:
            self.resume_run(self._shown.folder, MORE_EPOCHS)

    def resume_shown(self) -> None:
        """Take the run that is shown up again at its last checkpoint."""
        if self._shown is not None:
            self.resume_run(self._shown.folder)

    def resume_run(self, run_folder: Path, more_epochs: int = 0) -> None:
        """Take a run up again at its last checkpoint, for some epochs beyond those planned."""
        if self.state != "idle":
            return
        self._folder, self._more_epochs, self._to_resume = run_folder, more_epochs, True
        self._begin("Reading the run", run_folder.name)
        self._reading.submit(ReadRun(run_folder))
        self.page_wanted.emit("train")

    def set_recipe(self, recipe: Recipe, text: str, key: str) -> None:
        """Train another way next time."""
        self.document.apply(dataclasses.replace(self.document.draft, recipe=recipe), text, key)

    def set_augmentation(self, augmentation: Augmentation, text: str, key: str) -> None:
        """Change the training images another way next time."""
        self.document.apply(dataclasses.replace(self.document.draft, augmentation=augmentation), text, key)

    def lower_learning_rate(self) -> None:
        """A learning rate that does not diverge so soon, for the next run."""
        recipe, rate = self.document.draft.recipe, self._lower_rate()
        self.set_recipe(recipe.with_value("learning_rate", rate), f"set learning rate to {rate:g}", "")
        self._page.notice.hide()

    def _lower_rate(self) -> float:
        """A tenth of the learning rate; the optimizer's own where that is lower still."""
        optimizer = self.document.draft.recipe.optimizer
        return min(optimizer.learning_rate / 10, type(optimizer)().learning_rate)

    # a run and its news

    def _begin(self, text: str, run: str) -> None:
        self._page.error_panel.clear()
        self._page.notice.hide()
        self._lost, self._progressed = "", False
        self._progress = Progress(0, 0, 0, 0, 0.0)
        self._page.charts.show_runs([NamedLearning(run, self._learning)] if self._learning.points else [])
        self._page.show_busy(text)
        self._enter("starting")

    def _on_record(self, record: RunRecord) -> None:
        if self.state == "idle" or not self._to_resume:
            self._show_learning(record.summary.run, Learning.of_record(record))
            return
        self._to_resume = False
        plan, folder = record.plan, record.summary.folder
        self._show_learning(record.summary.run, Learning.of_record(record))
        data = DatasetSpec(self.document.draft.source, plan.preprocessing, plan.split, plan.curation)
        self._page.show_busy("Building the network")
        self._training.submit(ResumeRun(folder, data, self._more_epochs))

    def _on_record_failed(self, error: EngineError) -> None:
        if self._to_resume:
            self._end("")
            self._page.error_panel.show_error(error)

    def _show_learning(self, run: str, learning: Learning) -> None:
        self._learning = learning
        self._page.charts.show_runs([NamedLearning(run, learning)])

    def _on_job_progress(self, progress: JobProgress) -> None:
        if self.state == "starting" and progress.text:
            self._page.show_busy(progress.text)

    def _on_event(self, event: object) -> None:
        match event:
            case RunStarted():
                self._learning.started(event)
                self._on_running(event.run, event.folder, event.steps_per_epoch)
            case RunResumed():
                self._learning.resumed(event)
                self._on_running(event.run, event.folder, event.steps_per_epoch)
                if event.note:
                    self._page.notice.show_notice(f"{event.run} goes on.", event.note)
            case StepsEnded():
                self._on_steps_ended(event)
            case EpochEnded():
                self._learning.epoch_ended(event)
            case RunPaused():
                self._enter("paused")
                self._page.show_progress(self._progress, paused=True)
            case RunContinued():
                self._enter("running")
            case ValueChanged(name="epochs"):
                self._learning.epochs_planned = int(event.value)
        self._page.charts.changed()

    def _on_running(self, run: str, folder: str, steps: int) -> None:
        self._folder = Path(folder)
        self._progress = Progress(1, self._learning.epochs_planned, 0, steps, 0.0)
        self._page.charts.show_runs([NamedLearning(run, self._learning)])
        if self.state == "starting":
            self._enter("running")
        self._page.show_progress(self._progress)
        self.run_started.emit(run)
        self._runs.refresh()

    def _on_steps_ended(self, event: StepsEnded) -> None:
        self._progressed = True
        self._learning.steps_ended(event)
        steps, epochs = self._learning.steps_per_epoch, self._learning.epochs_planned
        ended = event.last_step + 1
        self._progress = Progress(
            event.epoch,
            epochs,
            ended - (event.epoch - 1) * steps,
            steps,
            min(1.0, ended / max(1, steps * epochs)),
            event.images_per_second,
            event.seconds_left,
        )
        if self.state == "running":
            self._page.show_progress(self._progress)

    def _on_done(self, summary: RunSummary) -> None:
        self._shown = summary
        notice = ended_notice(summary)
        self._end("")
        self._announce(notice, summary)
        self._runs.refresh()
        self.run_ended.emit(summary)

    def _announce(self, notice: Notice, summary: RunSummary) -> None:
        action = ""
        if notice.lower_rate:
            action = f"Set learning rate to {self._lower_rate():g}"
        self._page.notice.show_notice(notice.title, notice.text, warning=notice.warning, action=action)
        self.notice.emit(notice.title)
        window = self._page.window()
        if summary.seconds >= LONG_RUN_SECONDS and not window.isActiveWindow():
            QApplication.alert(window)

    def _on_failed(self, error: EngineError) -> None:
        lost, cut_off = self._lost, self._progressed and self.state != "stopping"
        self._end("")
        self._runs.refresh()
        if lost and cut_off and self._folder is not None:
            self._take_up_again(self._folder)
        else:
            self._page.error_panel.show_error(error)
            self.page_wanted.emit("train")

    def _on_cancelled(self) -> None:
        self._end("")
        self._runs.refresh()

    def _on_engine_lost(self, why: str) -> None:
        # The failure of the run comes right after the news that its process is gone.
        if self.state != "idle":
            self._lost = why

    def _take_up_again(self, folder: Path) -> None:
        """Say that the engine's process died, and let its run go on at its last checkpoint."""
        self.resume_run(folder)
        self._page.notice.show_notice(
            f"The engine stopped while {folder.name} was training, and was started again.",
            f"{folder.name} goes on at its last checkpoint.",
            warning=True,
        )

    def _end(self, text: str) -> None:
        self._to_resume = False
        self._page.show_status(text)
        self._page.charts.changed()
        self._enter("idle")

    def _enter(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self._page.show_state(state)
            self._show_shown()
            self.state_changed.emit()

    # what is shown

    def _on_draft_changed(self) -> None:
        self._page.recipe.show_recipe(self.document.draft.recipe)

    def _show_blocked(self) -> None:
        reason = self.blocked()
        self._page.show_blocked(f"{reason.what}\n{reason.fix}" if reason is not None else "")

    def _on_runs_changed(self) -> None:
        if self.state != "idle":
            return
        runs = self._runs.runs
        before = self._shown
        self._shown = runs[-1] if runs else None
        self._show_shown()
        if self._shown is None:
            self._page.charts.show_runs([])
        elif before is None or before.run != self._shown.run:
            self._reading.submit(ReadRun(self._shown.folder))

    def _show_shown(self) -> None:
        run = self._shown
        if run is None:
            self._page.show_run("")
            return
        self._page.show_run(run.run, more=can_extend(run), resume=can_resume(run), inspect=run.has_weights)
        if self.state == "idle":
            self._page.show_status(run.run)

    def _on_inspect_requested(self) -> None:
        self.page_wanted.emit("inspect")
