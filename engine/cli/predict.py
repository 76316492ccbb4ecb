"""`predict`: what a run says of images."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from engine.cli import screen
from engine.cli.options import Json, RunName, WeightsName
from engine.cli.projects import Project
from engine.cli.session import Session
from engine.errors import EngineError
from engine.inspection.results import Classification
from engine.service.inspection import Classify


def predict(
    project: Path,
    image: Path,
    /,
    *images: Path,
    run: RunName = "",
    top: Annotated[int, Parameter(name="--top")] = 5,
    weights: WeightsName = "best",
    json: Json = False,
) -> None:
    """Classify images, and all images in folders and in files of images (lists, NPZ, IDX, CIFAR, zip and tar).

    Args:
        project: The project.
        image: An image, or a folder of images.
        images: More of them.
        run: The run; the newest one with weights where nothing is said.
        top: How many classes are named for each image.
        weights: Those after the best epoch, or the last ones.
        json: Print one JSON object instead of a table.
    """
    if top < 1:
        raise EngineError(f"--top cannot be {top}.", "--top is a whole number of at least 1.", "Set it to 5.")
    opened = Project.open(project)
    trained = opened.trained(run, weights)
    with Session() as session:
        found: Classification = session.run(Classify(trained, (image, *images), top))
    if not found.images:
        raise _nothing_read(found)
    for one in found.unreadable:
        screen.note(f"{one.path}: {one.why}")
    if json:
        screen.print_json(_as_json(found))
    else:
        _print(found)


def _nothing_read(found: Classification) -> EngineError:
    first, others = found.unreadable[0], len(found.unreadable) - 1
    more = f" The same goes for {others:,} more." if others else ""
    return EngineError(
        f"{first.path} cannot be used: {first.why}.{more}",
        "Images are JPEG, PNG, BMP, GIF, TIFF or WebP files that are whole.",
        "Give other images, or mend these.",
    )


def _as_json(found: Classification) -> dict[str, Any]:
    return {
        "run": found.trained.run,
        "weights": found.trained.weights,
        "predictions": [
            {"path": one.path, "top": [{"class": top.class_name, "probability": top.probability} for top in one.top]}
            for one in found.images
        ],
        "unreadable": [dataclasses.asdict(one) for one in found.unreadable],
    }


def _print(found: Classification) -> None:
    rows = [
        (one.path, *(f"{top.class_name} {screen.percent(top.probability)}" for top in one.top)) for one in found.images
    ]
    columns = ("Image", "Answer", *(f"{place}." for place in range(2, len(rows[0]))))
    screen.print_table(columns, rows)
