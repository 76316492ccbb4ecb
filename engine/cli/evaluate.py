"""`evaluate`: how well a run does on images that it has not learned from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from engine.cli import screen
from engine.cli.options import Json, RunName, WeightsName
from engine.cli.projects import Project
from engine.cli.session import Session
from engine.data.dataset import DatasetSpec
from engine.data.source import Source
from engine.data.split import Split
from engine.inspection.results import Evaluation
from engine.service.inspection import Evaluate


def evaluate(
    project: Path,
    /,
    *,
    run: RunName = "",
    data: Annotated[str | None, Parameter(name="--data")] = None,
    split: Annotated[str, Parameter(name="--split", show_default=False)] = "",
    weights: WeightsName = "best",
    json: Json = False,
) -> None:
    """Measure a run on the test images, or on validation where there are none, and say which.

    Args:
        project: The project.
        run: The run; the newest one with weights where nothing is said.
        data: Other images instead of the run's own; classes are matched by name.
        split: train, validation, test or all.
        weights: Those after the best epoch, or the last ones.
        json: Print one JSON object instead of a table.
    """
    opened = Project.open(project)
    trained = opened.trained(run, weights)
    spec = opened.data_of(trained.run_folder)
    if data is not None:
        spec = _other(Source.parse(data), spec)
    with Session() as session:
        found: Evaluation = session.run(Evaluate(trained, spec, split))
    if json:
        screen.print_json(_as_json(found))
    else:
        _print(found)


def _other(source: Source, own: DatasetSpec) -> DatasetSpec:
    """Other images: parts only where their folders say so, since nothing of them was trained on."""
    return own if source == own.source else DatasetSpec(source, split=Split(validation=0.0, test=0.0))


def _as_json(found: Evaluation) -> dict[str, Any]:
    return {
        "run": found.trained.run,
        "weights": found.trained.weights,
        "epoch": found.trained.epoch,
        "split": found.split,
        "accuracy": found.accuracy,
        "loss": found.loss,
        "images": found.images,
        "per_class": [
            {"class": one.class_name, "images": one.images, "correct": one.correct, "accuracy": one.accuracy}
            for one in found.per_class
        ],
        "note": found.note,
    }


def _print(found: Evaluation) -> None:
    print_classes(found)
    trained = found.trained
    screen.say(
        f"{trained.run}, {trained.weights} weights (epoch {trained.epoch}), on the {found.split} images: "
        f"accuracy {screen.percent(found.accuracy)}, loss {found.loss:.4f}, {found.images:,} images."
    )
    if found.note:
        screen.say(found.note)


def print_classes(found: Evaluation) -> None:
    """A table of the accuracy for each class."""
    columns = ("Class", "Images", "Correct", "Accuracy")
    rows = [
        (one.class_name, f"{one.images:,}", f"{one.correct:,}", screen.percent(one.accuracy)) for one in found.per_class
    ]
    screen.print_table(columns, rows, right=columns[1:])
