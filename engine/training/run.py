"""Starting a run, and going on with one."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine import limits, process
from engine.analysis import analyse
from engine.data.dataset import Dataset
from engine.errors import EngineError
from engine.events import Reason, RunResumed, RunStarted
from engine.graph import Graph
from engine.plan import Plan
from engine.runs import checkpoints
from engine.runs.checkpoints import Checkpoint
from engine.runs.folder import RunFolder
from engine.runs.owner import Owner
from engine.runs.progress import Progress
from engine.runs.records import RunSummary, State
from engine.runs.status import RunStatus
from engine.training.batches import Batches
from engine.training.learner import Learner
from engine.training.loop import NextControl, TrainingRun
from engine.training.reporter import OnEvent, Reporter


def start(plan: Plan, dataset: Dataset, runs_folder: Path, on_event: OnEvent, next_control: NextControl) -> RunSummary:
    """Train a plan as a new run; returns when it has ended.

    Args:
        plan: All that decides the run.
        dataset: The one that the plan was made for.
        runs_folder: Where the run's own folder is made.
        on_event: Hears the events of `engine/events.py`, in the calling thread.
        next_control: Gives the next control, waiting for it at most so many seconds, or None.

    Raises:
        EngineError: where the plan and the images do not fit, or the run could not go on.
    """
    note = process.prepare(plan.threads)
    graph = _graph(plan, dataset)
    parent = _parent(plan, runs_folder)
    learner = Learner(plan, graph)
    if parent:
        learner.take_weights(parent)
    folder = RunFolder.create(runs_folder, plan, dataset)
    progress = Progress(plan.recipe.epochs)
    status = _fresh_status(folder, plan, learner, note)
    folder.save_status(status)
    batches = Batches(dataset, plan.recipe.batch_size, plan.seed)
    reporter = Reporter(folder, progress, len(batches.train), on_event)
    run = TrainingRun(folder, plan.recipe, learner, batches, progress, status, reporter, next_control)
    return run.train(
        RunStarted,
        folder=str(folder.path),
        epochs=progress.epochs,
        steps_per_epoch=batches.steps,
        images=len(batches.train),
        validation_images=len(batches.validation),
        parameters=status.parameters,
        note=note,
    )


def resume(
    run_folder: Path, dataset: Dataset, on_event: OnEvent, next_control: NextControl, more_epochs: int = 0
) -> RunSummary:
    """Go on with a run at its newest sound checkpoint; returns when it has ended.

    Args:
        run_folder: The run's folder.
        dataset: The one that it was started with.
        on_event: As for `start`.
        next_control: As for `start`.
        more_epochs: Epochs beyond those planned so far; beyond the last one, where the run was stopped early.

    Raises:
        EngineError: where there is nothing to go on with, the images have changed, or the run could not go on.
    """
    folder = RunFolder.open(run_folder)
    plan, status = folder.plan(), folder.status()
    _check_at_rest(folder)
    note = process.prepare(plan.threads)
    graph = _graph(plan, dataset)
    checkpoint, skipped = checkpoints.newest(folder.checkpoints)
    progress = checkpoint.progress if checkpoint else Progress(plan.recipe.epochs)
    _extend(progress, status, more_epochs)
    learner = Learner(plan, graph)
    if checkpoint:
        learner.restore(checkpoint)
    elif parent := _parent(plan, run_folder.parent):
        learner.take_weights(parent)
    folder.rewind(progress.total)
    notes = [*skipped, note, _differences(status.environment, process.environment())]
    said = " ".join(one for one in notes if one)
    status = dataclasses.replace(
        status,
        state=State.RUNNING,
        reason="",
        error="",
        owner=Owner.this_process(),
        environment=process.environment(),
        notes=(*status.notes, said) if said else status.notes,
        steps=progress.total,
    )
    folder.save_status(status)
    batches = Batches(dataset, plan.recipe.batch_size, plan.seed)
    reporter = Reporter(folder, progress, len(batches.train), on_event)
    if more_epochs:
        reporter.note_control(control="set", name="epochs", value=progress.epochs)
    run = TrainingRun(folder, plan.recipe, learner, batches, progress, status, reporter, next_control)
    return run.train(
        RunResumed,
        folder=str(folder.path),
        from_step=progress.total,
        epochs=progress.epochs,
        steps_per_epoch=batches.steps,
        note=said,
    )


def _fresh_status(folder: RunFolder, plan: Plan, learner: Learner, note: str) -> RunStatus:
    return RunStatus(
        run=folder.id,
        state=State.RUNNING,
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        planned_epochs=plan.recipe.epochs,
        parameters=learner.model.count_params(),
        owner=Owner.this_process(),
        environment=process.environment(),
        notes=(note,) if note else (),
    )


def _graph(plan: Plan, dataset: Dataset) -> Graph:
    """The plan's network, expanded; raises EngineError where plan and images do not belong together."""
    if plan.fingerprint != dataset.fingerprint:
        raise EngineError(
            "The images are not those that the run was planned with.",
            "A run is trained on one dataset: the same images, labels and split to its end.",
            "Undo what changed in the images or the split, or start a new run.",
        )
    if not Batches(dataset, plan.recipe.batch_size, plan.seed).steps:
        raise EngineError(
            "No image of the dataset is for training.",
            "Training takes at least one image.",
            "Add images, or lower the shares for validation and test.",
        )
    analysis = analyse(plan.network, len(plan.class_names))
    if analysis.graph is None:
        first = analysis.problems[0]
        raise EngineError(first.what, first.expected, first.fix)
    return analysis.graph


def _parent(plan: Plan, runs_folder: Path) -> Checkpoint | None:
    """The checkpoint that the run begins from, where it begins from another run's."""
    if not plan.parent:
        return None
    folder = RunFolder.open(runs_folder / plan.parent)
    return Checkpoint.load(checkpoints.path_of(folder.checkpoints, plan.start_step))


def _check_at_rest(folder: RunFolder) -> None:
    if folder.summary().state in (State.RUNNING, State.PAUSED):
        raise EngineError(
            f"{folder.id} is being trained already.",
            "A run is trained by one process at a time.",
            "Wait until it has ended, or stop it.",
        )


def _extend(progress: Progress, status: RunStatus, more_epochs: int) -> None:
    """Plan more epochs; raises EngineError where nothing would be left to do."""
    if status.reason == Reason.DIVERGED:
        raise EngineError(
            f"{status.run} has diverged: going on would only repeat it.",
            "A run goes on from where its loss was a number and stayed one.",
            "Start a new run with a smaller learning rate.",
        )
    early = status.reason == Reason.EARLY_STOPPED
    if more_epochs > 0:
        progress.epochs = min((progress.epoch - 1 if early else progress.epochs) + more_epochs, limits.MAX_EPOCHS)
        progress.waited = 0
    if progress.epoch > progress.epochs or (early and more_epochs <= 0):
        raise EngineError(
            f"{status.run} has nothing left to do after {progress.epoch - 1} epochs.",
            "A run that has come to its end goes on only with more epochs.",
            "Train more epochs (--epochs on the command line), or start a new run.",
        )


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What has changed around the run, where that costs the equality of the last bits."""
    changed = [
        f"{name} was {before[name]} and is {now[name]}" for name in now if before.get(name, now[name]) != now[name]
    ]
    if not changed:
        return ""
    return f"The run goes on, but not bit for bit like an unbroken one: {', '.join(changed)}."
