"""`runs`: the runs of a project."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from engine.cli import screen
from engine.cli.options import Json
from engine.cli.projects import Project
from engine.runs.folder import list_runs
from engine.runs.records import RunSummary


def runs(project: Path, /, *, json: Json = False) -> None:
    """List the runs, oldest first.

    Args:
        project: The project.
        json: Print one JSON object instead of a table.
    """
    opened = Project.open(project)
    found = list_runs(opened.runs)
    if json:
        screen.print_json({"runs": [dataclasses.asdict(one) | {"folder": str(one.folder)} for one in found]})
    elif not found:
        screen.say(f"{opened.folder.name} has no runs yet. Train it: main.py train {opened.name}")
    else:
        columns = ("Run", "State", "Epochs", "Training", "Validation", "Best", "Parameters", "Time")
        screen.print_table(columns, [_row(one) for one in found], right=columns[2:])


def _row(one: RunSummary) -> tuple[str, ...]:
    best = f"{screen.percent(one.best_validation_accuracy)} ({one.best_epoch})" if one.best_epoch else "–"
    return (
        one.run,
        one.reason.replace("_", " ") or one.error or one.state.value,
        f"{one.epochs} of {one.planned_epochs}",
        screen.percent(one.train_accuracy),
        screen.percent(one.validation_accuracy),
        best,
        f"{one.parameters:,}",
        f"{one.seconds:.1f} s",
    )
