"""`scan`: what a source holds, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from engine.cli import VERSION, screen
from engine.cli.options import Json
from engine.cli.projects import Project
from engine.cli.session import Session
from engine.data.dataset import DatasetSpec
from engine.data.doctor.finding import Finding
from engine.data.scanning import ScanReport
from engine.data.source import Source
from engine.inspection.results import TrainedRef
from engine.jobs import Quiet
from engine.project import file, project_folder
from engine.report.doctor_page import WORDS, doctor_page, doctor_table
from engine.service.doctor import Scan, newest
from engine.service.session import DATASETS
from engine.storage import save_text

_SHOWN = 20


def scan(
    source: str,
    /,
    *,
    json: Json = False,
    html: Annotated[Path | None, Parameter(name="--html")] = None,
    csv: Annotated[Path | None, Parameter(name="--csv")] = None,
) -> None:
    """Look through images: what is in them, and everything that is wrong with them.

    Args:
        source: A folder with a folder for each class; a list of paths and labels (CSV); an NPZ, IDX or CIFAR file; a
            zip or tar file of any of these; sample:digits or sample:shapes; or a project, whose labels, split and
            newest run count then.
        json: Print one JSON object instead of tables.
        html: Write the report with pictures to this file too.
        csv: Write every image that something is wrong with to this file too, as a table.
    """
    data, trained = _asked(source)
    with Session() as session:
        report: ScanReport = session.run(Scan(data, trained))
    if html is not None or csv is not None:
        dataset = DATASETS.get(report.examination.spec, Quiet())
        if html is not None:
            save_text(html, doctor_page(report, dataset, f"Convoscope {VERSION}"))
        if csv is not None:
            save_text(csv, doctor_table(report, dataset))
    if json:
        screen.print_json(report.to_json())
    else:
        _print(report)
        for one in (html, csv):
            if one is not None:
                screen.say(f"Written: {one}")


def _asked(named: str) -> tuple[DatasetSpec, TrainedRef | None]:
    """The dataset that is meant, and the run whose answers its labels are compared with."""
    if ":" not in named and "\0" not in named and named.strip():
        folder = project_folder(Path(named))
        if (folder / file.FILE).is_file() and (folder == Path(named).absolute() or not Path(named).exists()):
            project = Project.open(Path(named))
            return project.draft.data, newest(project.runs)
    return DatasetSpec(Source.parse(named)), None


def _print(report: ScanReport) -> None:
    rows = [(name, f"{count:,}") for name, count in report.classes.items()]
    screen.print_table(("Class", "Images"), [*rows, ("all", f"{report.images:,}")], right=("Images",))
    screen.say(f"Proposed input: {' × '.join(map(str, report.shape))}")
    for line in report.notes:
        screen.say(line)
    if report.findings:
        columns = ("How bad", "What was found", "Images")
        found = [(WORDS[one.severity], one.title, f"{len(one.images):,}" or "") for one in report.findings]
        screen.print_table(columns, found, right=("Images",))
    else:
        screen.say("Nothing was found wrong.")
    for finding in report.findings:
        _print_finding(finding)
    screen.say(f"Looked through in {report.seconds:.1f} s.")


def _print_finding(finding: Finding) -> None:
    screen.say(f"{WORDS[finding.severity]}: {finding.title}.")
    screen.say(f"  {finding.why}")
    lines = _lines(finding)
    for line in lines[:_SHOWN]:
        screen.say(f"    {line}")
    if len(lines) > _SHOWN:
        screen.say(f"    and {len(lines) - _SHOWN:,} more; --json lists all")
    if finding.advice:
        screen.say(f"  {finding.advice}")


def _lines(finding: Finding) -> list[str]:
    if finding.groups:
        return [" = ".join(one) for one in finding.groups]
    if not finding.images:
        return [f"{what}: {figure}" for what, figure in finding.evidence]
    return [
        f"{id}: {finding.caption(place)}" if finding.caption(place) else id for place, id in enumerate(finding.images)
    ]
