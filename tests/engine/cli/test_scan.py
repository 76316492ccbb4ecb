"""What a source holds and what is wrong with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.engine.cli.conftest import Command, draw_images


def test_counts_unreadable_files_and_duplicates(command: Command, images: Path) -> None:
    whole = (images / "dark" / "00.png").read_bytes()
    (images / "dark" / "text.jpg").write_text("hello\n" * 20, "utf-8")
    (images / "dark" / "cut.png").write_bytes(whole[: len(whole) // 2])
    shutil.copy(images / "dark" / "00.png", images / "bright" / "[red]x.png")
    found = command("scan", images, "--json").json
    assert found["classes"] == {"bright": 21, "dark": 20}
    assert found["images"] == 41
    assert [one["path"] for one in found["unreadable"]] == ["dark/cut.png", "dark/text.jpg"]
    assert all(one["why"] for one in found["unreadable"])
    (twice,) = found["duplicates"]
    assert (twice["paths"], twice["kind"], twice["crosses_classes"]) == (
        ["bright/[red]x.png", "dark/00.png"],
        "exact",
        True,
    )
    assert found["seconds"] >= 0
    text = command("scan", images).out
    assert "bright/[red]x.png = dark/00.png" in text
    assert "it is a text file" in text


def test_images_by_parts_tell_of_copies_across_them(command: Command, tmp_path: Path) -> None:
    for part in ("train", "test"):
        draw_images(tmp_path / "parts" / part, images=5)
    found = command("scan", tmp_path / "parts", "--json").json["duplicates"]
    assert len(found) == 10
    assert all(one["crosses_splits"] and not one["crosses_classes"] for one in found)


@pytest.mark.parametrize("classes", [(), ("one",)])
def test_no_class_or_one_is_refused(command: Command, tmp_path: Path, classes: tuple[str, ...]) -> None:
    folder = draw_images(tmp_path / "few", classes) if classes else tmp_path / "few"
    folder.mkdir(exist_ok=True)
    command("scan", folder).refused()


def test_what_is_no_source_is_refused(command: Command, tmp_path: Path) -> None:
    for name in (tmp_path / "nowhere", "sample:cats", "https://example.org/pets"):
        command("scan", name).refused()


def test_one_image_in_each_class_is_told(command: Command, tmp_path: Path) -> None:
    found = command("scan", draw_images(tmp_path / "single", ("a", "b"), 1), "--json").json
    assert found["classes"] == {"a": 1, "b": 1}
    assert "Fewer than three images" in " ".join(found["notes"])


def test_findings_are_listed_and_written_as_page_and_table(command: Command, images: Path, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), "navy").save(images / "dark" / "blank.png")
    page, table = tmp_path / "r.html", tmp_path / "r.csv"
    said = command("scan", images, "--html", page, "--csv", table)
    assert "1 image is blank" in said.out
    assert "dark/blank.png" in page.read_text("utf-8")
    assert "dark/blank.png" in table.read_text("utf-8")
    found = {one["kind"]: one for one in command("scan", images, "--json").json["findings"]}
    assert found["blank"]["images"] == ["dark/blank.png"]
    assert found["blank"]["cures"] == [{"title": "Leave them out", "images": 1}]
    assert "shortcut" in found  # one class is bright, the other dark
    command("scan", images, "--html", tmp_path / "no" / "r.html").refused()


def test_a_project_is_scanned_with_its_curation_and_its_run(command: Command, work: Path) -> None:
    file = work / "p.convoscope" / "project.json"
    project = json.loads(file.read_text("utf-8"))
    wrong = work / "images" / "dark" / "wrong.png"
    Image.open(work / "images" / "bright" / "00.png").save(wrong)
    before = command("scan", "p", "--json").json
    assert any("dark/wrong.png" in one["paths"] for one in before["duplicates"])
    project["draft"]["curation"]["excluded"] = ["dark/wrong.png"]
    file.write_text(json.dumps(project), "utf-8")
    assert command("scan", "p", "--json").json["duplicates"] == []
