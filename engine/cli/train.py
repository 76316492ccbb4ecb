"""`train`: a new run of a project, or the rest of one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from engine.cli import screen
from engine.cli.options import Json
from engine.cli.progress import TrainingBar
from engine.cli.projects import Project
from engine.cli.session import Session
from engine.cli.settings import with_seed, with_settings
from engine.data.words import counted
from engine.errors import EngineError
from engine.events import Reason, RunEvent, SetValue
from engine.jobs import Job, JobEvent, JobPartial
from engine.runs.journal import event_to_json
from engine.runs.records import RunSummary
from engine.service.training import ResumeRun, Train

_ENDS = {
    Reason.COMPLETED: "completed",
    Reason.STOPPED: "was stopped",
    Reason.EARLY_STOPPED: "was stopped early, as the validation loss no longer improved,",
}


class JsonTrainingBar(TrainingBar):
    """Puts every event on stdout too, one JSON object a line."""

    def hear(self, event: JobEvent) -> None:
        if isinstance(event, JobPartial) and isinstance(event.value, RunEvent):
            screen.print_json(event_to_json(event.value))
        super().hear(event)


def train(
    project: Path,
    /,
    *,
    epochs: Annotated[int | None, Parameter(name="--epochs")] = None,
    seed: Annotated[int | None, Parameter(name="--seed")] = None,
    settings: Annotated[tuple[str, ...], Parameter(name="--set", show_default=False)] = (),
    resume: Annotated[str, Parameter(name="--resume", show_default=False)] = "",
    json: Json = False,
) -> None:
    """Train the network on the project's images. Ctrl+C stops in order and keeps what was learned.

    Args:
        project: The project.
        epochs: How many times every training image is seen; with --resume, in the whole run.
        seed: Decides the first weights, the order of images, dropout and augmentation.
        settings: Change a value for this run, as NAME=VALUE, such as recipe.learning_rate=0.01,
            augmentation.RandomRotation.degrees=15, network.layer_002.filters=16 or split.fold=2; may be given again.
        resume: Go on with this run, such as run-001, instead of starting one.
        json: Print every event as a JSON object on a line of its own.
    """
    opened = Project.open(project)
    controls: tuple[object, ...] = ()
    if resume:
        _refuse_changes(seed, settings)
        job, controls = _rest(opened, resume, epochs)
    else:
        job = _fresh(opened, epochs, seed, settings)
    with Session() as session:
        done: RunSummary = session.run(job, JsonTrainingBar() if json else TrainingBar(), *controls)
        if not json:
            _report(opened, done)
        if session.interrupted:
            raise KeyboardInterrupt
    if done.reason == Reason.DIVERGED:
        raise diverged(done)


def _fresh(project: Project, epochs: int | None, seed: int | None, settings: tuple[str, ...]) -> Job:
    draft = with_settings(project.draft, settings)
    if epochs is not None:
        draft = with_settings(draft, (f"recipe.epochs={epochs}",))
    if seed is not None:
        draft = with_seed(draft, seed)
    return Train(draft, project.runs)


def _rest(project: Project, name: str, epochs: int | None) -> tuple[Job, tuple[object, ...]]:
    """The job that goes on with a run, and what it is told at its start."""
    run = project.run(name)
    data = project.data_of(run.folder)
    if epochs is None:
        return ResumeRun(run.folder, data), ()
    if epochs <= run.epochs:
        raise EngineError(
            f"{run.run} has ended {run.epochs} epochs already.",
            "With --resume, --epochs is how many the whole run has in the end.",
            f"Ask for more than {run.epochs}.",
        )
    planned = run.epochs if run.reason == Reason.EARLY_STOPPED else run.planned_epochs
    if epochs < planned:
        return ResumeRun(run.folder, data), (SetValue("epochs", epochs),)
    return ResumeRun(run.folder, data, epochs - planned), ()


def _refuse_changes(seed: int | None, settings: tuple[str, ...]) -> None:
    if seed is not None or settings:
        raise EngineError(
            f"{'--set' if settings else '--seed'} cannot be given together with --resume.",
            "A run keeps the settings that it began with; only more epochs may be asked for.",
            "Leave it out, or start a new run without --resume.",
        )


def _report(project: Project, done: RunSummary) -> None:
    if done.reason == Reason.DIVERGED:
        return
    end = _ENDS.get(Reason(done.reason), done.reason) if done.reason else done.state.value
    screen.say(f"{done.run} {end} after {counted(done.epochs, 'epoch')}.")
    screen.say(f"  training accuracy    {screen.percent(done.train_accuracy)}")
    screen.say(f"  validation accuracy  {screen.percent(done.validation_accuracy)}")
    if done.best_epoch and done.best_epoch != done.epochs:
        screen.say(
            f"  best                 {screen.percent(done.best_validation_accuracy)} after epoch {done.best_epoch}"
        )
    rate = f"{done.images_per_second:,.0f} images/s, " if done.images_per_second else ""
    screen.say(f"  {rate}{done.seconds:.1f} s")
    screen.say(f"Measure it: main.py evaluate {project.name}")


def diverged(done: RunSummary) -> EngineError:
    """For a run whose loss has left all bounds."""
    return EngineError(
        f"{done.run} diverged in epoch {done.epochs + 1}: its loss grew beyond all bounds or is no number.",
        "The loss stays a finite number; the last weights that were finite are kept.",
        "Train again with a smaller learning rate, such as --set recipe.learning_rate=0.001",
    )
