"""`demo`: the main job with nothing given: train on the digits, measure, classify, look inside, and report."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter

from engine.cli import VERSION, screen
from engine.cli.demo_report import Findings, write_report
from engine.cli.evaluate import print_classes
from engine.cli.progress import TrainingBar
from engine.cli.session import Session
from engine.cli.settings import with_seed
from engine.cli.train import diverged
from engine.errors import EngineError
from engine.events import Reason
from engine.inspection.results import Evaluation, TrainedRef
from engine.project import create, runs_folder, sample_draft
from engine.runs.records import RunRecord, RunSummary
from engine.service.inspection import Evaluate
from engine.service.projects import ReadRun
from engine.service.training import Train
from engine.storage import load_json, make_folder, save_json

FOLDER: Final = "convoscope-demo"
MARK: Final = "demo.json"
"""Says that a folder was made by the demo, so that the demo may write into it again."""
PROJECT: Final = "digits.convoscope"


def demo(
    *,
    out: Annotated[Path | None, Parameter(name="--out")] = None,
    seed: Annotated[int, Parameter(name="--seed")] = 0,
) -> None:
    """Train a small network on handwritten digits and report on it; takes a minute and no display.

    Args:
        out: The folder for pictures and report; "convoscope-demo" here where nothing is said.
        seed: Decides the first weights, the order of images and dropout.
    """
    draft = with_seed(sample_draft(), seed)
    folder = _folder(out)
    make_folder(folder)
    save_json(folder / MARK, {"made_by": "convoscope demo", "version": VERSION})
    project = folder / PROJECT
    if not project.exists():
        create(project, draft)
    with Session() as session:
        done: RunSummary = session.run(Train(draft, runs_folder(project)), TrainingBar())
        if session.interrupted:
            raise KeyboardInterrupt
        if done.reason == Reason.DIVERGED:
            raise diverged(done)
        trained = TrainedRef(done.folder)
        data = dataclasses.replace(draft.data)
        measured: Evaluation = session.run(Evaluate(trained, data))
        record: RunRecord = session.run(ReadRun(done.folder))
    files = write_report(folder, Findings(draft, record, measured, trained))
    _print(folder, measured, record, files)


def _folder(out: Path | None) -> Path:
    """Where to write: what was asked for, else a free name here; raises EngineError where others' files are."""
    if out is None:
        number, folder = 1, Path(FOLDER)
        while not _usable(folder):
            number += 1
            folder = Path(f"{FOLDER}-{number}")
        return folder
    if not _usable(out):
        raise EngineError(
            f"{out} is there already, and this program's demo did not make it.",
            "The demo writes into a new or empty folder, or into one of its own.",
            "Choose another folder with --out.",
        )
    return out


def _usable(folder: Path) -> bool:
    if not folder.exists():
        return not folder.is_symlink()
    if not folder.is_dir():
        return False
    if not any(folder.iterdir()):
        return True
    try:
        mark = load_json(folder / MARK)
    except EngineError:
        return False
    return isinstance(mark, dict) and mark.get("made_by") == "convoscope demo"


def _print(folder: Path, measured: Evaluation, record: RunRecord, files: list[str]) -> None:
    print_classes(measured)
    run = record.summary
    screen.say(
        f"{run.run}: test accuracy {screen.percent(measured.accuracy)} on {measured.images} images, "
        f"{run.epochs} epochs in {run.seconds:.1f} s, {run.images_per_second:,.0f} images/s."
    )
    screen.say(f"Wrote into {folder}:")
    for name in files:
        screen.say(f"  {name}")
    screen.say(f"Open the project in the window: main.py {folder / PROJECT}")
