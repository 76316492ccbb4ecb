"""The doctor's report as a page and as a table."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from engine.data.dataset import Dataset, DatasetSpec
from engine.data.opening import open_dataset
from engine.data.scanning import ScanReport, scan
from engine.data.source import Source
from engine.report.doctor_page import doctor_page, doctor_table
from tests.engine.data.folders import folder
from tests.engine.report.test_page import Reader


@pytest.fixture
def scanned(tmp_path: Path) -> tuple[ScanReport, Dataset]:
    folder(tmp_path, {"=1+1": 12, "<b>dogs": 12})
    shutil.copy(tmp_path / "=1+1" / "000.png", tmp_path / "=1+1" / "<script>.png")
    Image.new("RGB", (8, 6)).save(tmp_path / "=1+1" / "blank.png")
    (tmp_path / "<b>dogs" / "no.jpg").write_text("no image")
    spec = DatasetSpec(Source(str(tmp_path)))
    return scan(spec), open_dataset(spec)


def test_the_page_shows_every_finding_with_pictures_and_names_as_text(scanned: tuple[ScanReport, Dataset]) -> None:
    page = doctor_page(*scanned, "the footer")
    reader = Reader()
    reader.feed(page)
    assert "<script" not in page
    assert "=1+1/<script>.png" in reader.text
    for one in scanned[0].findings:
        assert one.title in reader.text
    assert "What to do: Leave the copies out." in reader.text
    pictures = [one for tag, one in reader.tags if tag == "img"]
    assert len(pictures) == sum(len(one.images) for one in scanned[0].findings if one.kind != "unreadable")
    assert "http" not in page.replace("http://www.w3.org", "")


def test_no_cell_of_the_table_is_a_formula(scanned: tuple[ScanReport, Dataset]) -> None:
    rows = list(csv.DictReader(io.StringIO(doctor_table(*scanned))))
    assert {row["image"] for row in rows} >= {"'=1+1/000.png", "'=1+1/<script>.png", "<b>dogs/no.jpg"}
    assert {row["class"] for row in rows if "script" in row["image"]} == {"'=1+1"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    copies = [row["group"] for row in rows if "same file" in row["finding"]]
    assert copies == ["1", "1"]
