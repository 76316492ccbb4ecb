"""What the demo writes: predictions, feature maps, learning curves, and a page that shows them together."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.analysis import analyse
from engine.cli import VERSION, screen
from engine.data.dataset import Dataset
from engine.data.split import PARTS, Part
from engine.inspection.results import Evaluation, TrainedRef
from engine.inspection.trained import Trained
from engine.jobs import Quiet
from engine.plan import Draft
from engine.report import png
from engine.report.answer_sheet import Answer, answer_sheet
from engine.report.learning_curves import learning_curves, sentence
from engine.report.map_sheet import map_sheet
from engine.report.page import Page
from engine.report.paper import DARK, LIGHT
from engine.runs.records import RunRecord
from engine.service.session import DATASETS
from engine.storage import make_folder, save_text

Array = np.ndarray[Any, Any]

_SHOWN: Final = 32
CURVES: Final = "learning-curves.png"
PREDICTIONS: Final = "predictions"
MAPS: Final = "maps"
REPORT: Final = "report.html"


@dataclass(frozen=True)
class Findings:
    """What the demo has found out."""

    draft: Draft
    record: RunRecord
    measured: Evaluation
    trained: TrainedRef


@dataclass(frozen=True, eq=False)
class _Tested:
    """The test images with what the network says of them."""

    trained: Trained
    dataset: Dataset
    indexes: Array
    probabilities: Array

    @property
    def answers(self) -> list[Answer]:
        names = self.dataset.class_names
        return [
            Answer(
                self.dataset.images[index],
                names[self.dataset.labels[index]],
                names[int(found.argmax())],
                float(found.max()),
            )
            for index, found in zip(self.indexes, self.probabilities, strict=True)
        ]


def write_report(folder: Path, findings: Findings) -> list[str]:
    """Write everything into `folder`; return the files' names, the report first."""
    tested = _test(findings)
    page = _page(findings)
    files = [REPORT, _write_curves(folder, findings, page), *_write_predictions(folder, tested, page)]
    files += _write_maps(folder, tested, page)
    _add_tables(page, findings)
    save_text(folder / REPORT, page.html())
    return files


def _test(findings: Findings) -> _Tested:
    trained = Trained.load(findings.trained)
    dataset = DATASETS.get(findings.draft.data, Quiet())
    indexes = np.flatnonzero(dataset.parts == PARTS.index(Part.TEST))
    return _Tested(trained, dataset, indexes, trained.predict(np.asarray(dataset.images[indexes])))


def _page(findings: Findings) -> Page:
    run, plan, measured = findings.record.summary, findings.record.plan, findings.measured
    page = Page(
        "Handwritten digits, learned from scratch",
        f"A convolutional network of {len(plan.network.layers)} layers with {run.parameters:,} weights learned to "
        f"tell ten digits apart from small pictures, and was then tested on {measured.images} it had never seen.",
        f"Convoscope {VERSION} · {run.run} · seed {plan.seed} · "
        f"{plan.threads} CPU {'thread' if plan.threads == 1 else 'threads'} · "
        "images: UCI optical recognition of handwritten digits",
    )
    page.add_figures(
        [
            (screen.percent(measured.accuracy), "test accuracy"),
            (f"{run.epochs}", "epochs"),
            (f"{run.seconds:.1f} s", "training time"),
            (f"{run.images_per_second:,.0f}", "images per second"),
        ]
    )
    return page


def _write_curves(folder: Path, findings: Findings, page: Page) -> str:
    words = sentence(findings.record)
    light, dark = (learning_curves(findings.record, ink) for ink in (LIGHT, DARK))
    png.save(folder / CURVES, light)
    page.add_picture("How it learned", f"{words} A dot marks the best epoch.", light, dark, words)
    return CURVES


def _write_predictions(folder: Path, tested: _Tested, page: Page) -> list[str]:
    answers = tested.answers
    save_text(folder / f"{PREDICTIONS}.csv", _csv(tested, answers))
    save_text(folder / f"{PREDICTIONS}.json", json.dumps(_json(tested, answers), indent=1) + "\n")
    wrong = sum(one.wrong for one in answers)
    shown = _chosen(answers)
    title = f"{len(shown)} of {len(answers)} test images"
    note = f"below each the network's answer and how sure it is; {wrong} of all {len(answers)} are wrong"
    light, dark = (answer_sheet(title, note, shown, ink) for ink in (LIGHT, DARK))
    png.save(folder / f"{PREDICTIONS}.png", light)
    text = "Wrong answers come first, in a frame, with the right class below. The others are drawn from all classes."
    page.add_picture("What it says", text, light, dark, f"{title}: {note}.")
    return [f"{PREDICTIONS}.{ending}" for ending in ("png", "csv", "json")]


def _chosen(answers: list[Answer]) -> list[Answer]:
    """The wrong ones first, at most half of what is shown, then right ones class after class in turn."""
    found = [one for one in answers if one.wrong][: _SHOWN // 2]
    right: dict[str, list[Answer]] = {}
    for one in answers:
        if not one.wrong:
            right.setdefault(one.truth, []).append(one)
    while len(found) < _SHOWN and any(right.values()):
        for name in sorted(right):
            if right[name] and len(found) < _SHOWN:
                found.append(right[name].pop(0))
    return found


def _csv(tested: _Tested, answers: list[Answer]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["image", "class", "predicted", "probability"])
    for index, one in zip(tested.indexes, answers, strict=True):
        writer.writerow([tested.dataset.ids[index], one.truth, one.said, f"{one.probability:.6f}"])
    return stream.getvalue()


def _json(tested: _Tested, answers: list[Answer]) -> dict[str, Any]:
    return {
        "run": tested.trained.facts.run,
        "predictions": [
            {
                "path": tested.dataset.ids[index],
                "class": one.truth,
                "top": [
                    {"class": top.class_name, "probability": top.probability} for top in tested.trained.ranked(found, 5)
                ],
            }
            for index, one, found in zip(tested.indexes, answers, tested.probabilities, strict=True)
        ],
    }


def _write_maps(folder: Path, tested: _Tested, page: Page) -> list[str]:
    """A sheet for every layer that gives maps; those that have weights are on the page."""
    index = int(tested.indexes[0])
    name = tested.dataset.ids[index]
    _, maps = tested.trained.inspect(tested.dataset.images[index])
    facts = analyse(tested.trained.plan.network, len(tested.dataset.class_names)).facts
    make_folder(folder / MAPS)
    files = []
    for path, values in maps.items():
        if values.ndim != 3:
            continue
        kind = facts[path].kind
        title = f"{path} ({kind}) for {name}"
        file = f"{MAPS}/{path.replace('/', '.')}.png"
        light = map_sheet(title, values)
        png.save(folder / file, light)
        files.append(file)
        if facts[path].parameters:
            text = (
                f"What the {values.shape[2]} filters of {path}, a {kind}, make of one test image: "
                "bright where a filter finds what it looks for, dark where it does not."
            )
            page.add_picture(f"What it sees: {path}", text, light, map_sheet(title, values, DARK), title)
    return files


def _add_tables(page: Page, findings: Findings) -> None:
    measured = findings.measured
    page.add_table(
        "Class by class",
        "How many test images of each digit were recognised.",
        ("Class", "Images", "Correct", "Accuracy"),
        [
            (one.class_name, f"{one.images}", f"{one.correct}", screen.percent(one.accuracy))
            for one in measured.per_class
        ],
        [one.accuracy for one in measured.per_class],
    )
    facts = analyse(findings.record.plan.network, len(measured.per_class)).facts
    page.add_table(
        "The network",
        "Its layers from the image to the answer.",
        ("Layer", "Kind", "Output", "Weights"),
        [
            (one.path, one.kind, " × ".join(map(str, one.output_shape or ())), f"{one.parameters or 0:,}")
            for one in facts.values()
        ],
    )
