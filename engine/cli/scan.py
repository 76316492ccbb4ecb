"""`scan`: what a source holds, and what is wrong with it."""

from __future__ import annotations

from engine.cli import screen
from engine.cli.options import Json
from engine.cli.session import Session
from engine.data.scanning import Duplicate, ScanReport
from engine.data.source import Source
from engine.service.datasets import Scan

_SHOWN = 20


def scan(source: str, /, *, json: Json = False) -> None:
    """Look through images: classes, files that cannot be read, and files that are there twice.

    Args:
        source: A folder with a folder for each class; a list of paths and labels (CSV); an NPZ, IDX or CIFAR file; a
            zip or tar file of any of these; sample:digits or sample:shapes.
        json: Print one JSON object instead of tables.
    """
    with Session() as session:
        report: ScanReport = session.run(Scan(Source.parse(source)))
    if json:
        screen.print_json(report.to_json())
    else:
        _print(report)


def _print(report: ScanReport) -> None:
    rows = [(name, f"{count:,}") for name, count in report.classes.items()]
    screen.print_table(("Class", "Images"), [*rows, ("all", f"{report.images:,}")], right=("Images",))
    screen.say(f"Proposed input: {' × '.join(map(str, report.shape))}")
    for line in report.notes:
        screen.say(line)
    _print_some(
        f"{screen.counted(len(report.unreadable), 'file')} cannot be read:",
        [f"{one.path}: {one.why}" for one in report.unreadable],
    )
    _print_some(
        f"There more than once: {screen.counted(len(report.duplicates), 'image')}",
        [_line(one) for one in report.duplicates],
    )
    screen.say(f"Looked through in {report.seconds:.1f} s.")


def _line(one: Duplicate) -> str:
    warnings = []
    if one.crosses_classes:
        warnings.append("in different classes: a label is wrong")
    if one.crosses_splits:
        warnings.append("in different parts of the split: the measured accuracy is too high")
    return " = ".join(one.paths) + (f" ({'; '.join(warnings)})" if warnings else "")


def _print_some(title: str, lines: list[str]) -> None:
    if not lines:
        return
    screen.say(title)
    for line in lines[:_SHOWN]:
        screen.say(f"  {line}")
    if len(lines) > _SHOWN:
        screen.say(f"  and {len(lines) - _SHOWN:,} more; --json lists all")
