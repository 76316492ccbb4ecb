"""The dataset doctor's report: as one page, and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Final

from PIL import Image

from engine.data.dataset import Dataset
from engine.data.doctor.finding import Finding, Severity
from engine.data.scanning import ScanReport
from engine.data.words import counted
from engine.images.thumbnails import sheet
from engine.report.page import Page

_SHOWN: Final = 24
"""Images of one finding that are shown; the table holds all."""
_SIDE: Final = 116

WORDS: Final = {Severity.SERIOUS: "Serious", Severity.WARNING: "Warning", Severity.NOTE: "Note"}
_COLUMNS: Final = ("severity", "finding", "group", "image", "class", "remark", "suggestion")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula where a cell begins with it."""


def doctor_page(report: ScanReport, dataset: Dataset, footer: str = "") -> str:
    """The report as one HTML file that needs nothing else; every name in it is text.

    Args:
        report: What was found.
        dataset: The dataset that it was found in, for the pictures.
        footer: The last line.
    """
    findings = report.findings
    page = Page(
        f"Dataset doctor: {report.source.name}",
        f"{counted(report.images)} in {len(report.classes):,} classes were looked through, and "
        + ("nothing was found wrong." if not findings else f"{counted(len(findings), 'finding')} came of it."),
        footer,
    )
    page.add_figures(
        [
            (f"{report.images:,}", "images"),
            (f"{len(report.classes):,}", "classes"),
            *((f"{sum(one.severity is level for one in findings):,}", word.lower()) for level, word in WORDS.items()),
        ]
    )
    places = {id: place for place, id in enumerate(dataset.ids)}
    for finding in findings:
        _add(page, finding, dataset, places)
    most = max(report.classes.values(), default=1)
    rows = [(name, f"{count:,}") for name, count in report.classes.items()]
    page.add_table("Classes", "", ("Class", "Images"), rows, [count / most for count in report.classes.values()])
    return page.html()


def _add(page: Page, finding: Finding, dataset: Dataset, places: dict[str, int]) -> None:
    shown = [(place, id) for place, id in enumerate(finding.images[:_SHOWN])]
    pictures: list[tuple[Image.Image | None, str, str]] = []
    for place, id in shown:
        picture = None
        if id in places:
            picture = Image.fromarray(sheet(dataset.images[[places[id]]], _SIDE)[0])
        pictures.append((picture, id, finding.caption(place)))
    lines = [
        f"{what}: {figure:,}" if isinstance(figure, int) else f"{what}: {figure}" for what, figure in finding.evidence
    ]
    if len(finding.images) > _SHOWN:
        lines.append(f"{len(finding.images) - _SHOWN:,} more images are not shown here")
    what = " Or: ".join(
        one.rstrip(".") + "." for one in (*(cure.title for cure in finding.cures), finding.advice) if one
    )
    text = f"{WORDS[finding.severity]}. {finding.why}" + (f" What to do: {what}" if what else "")
    page.add_gallery(finding.title, text, pictures, lines)


def doctor_table(report: ScanReport, dataset: Dataset) -> str:
    """The report as CSV, a row for each image of each finding; no cell can be taken for a formula."""
    classes = dict(zip(dataset.ids, (dataset.class_names[one] for one in dataset.labels), strict=True))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for finding in report.findings:
        group = {id: str(number) for number, ids in enumerate(finding.groups, 1) for id in ids}
        for place, id in enumerate(finding.images or ("",)):
            suggestion = finding.suggestions[place] if finding.suggestions else ""
            remark = finding.caption(place) or ("" if finding.images else finding.why)
            row = (
                finding.severity.value,
                finding.title,
                group.get(id, ""),
                id,
                classes.get(id, ""),
                remark,
                suggestion,
            )
            writer.writerow([_cell(one) for one in row])
    return stream.getvalue()


def _cell(text: str) -> str:
    plain = text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\0")
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
