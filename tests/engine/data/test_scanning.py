"""What a scan says of a folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from engine.data.dataset import DatasetSpec
from engine.data.doctor.duplicates import Duplicate
from engine.data.scanning import ScanReport, scan
from engine.data.source import Source
from engine.errors import EngineError
from tests.engine.data.folders import folder, save


def scanned(root: Path) -> ScanReport:
    return scan(DatasetSpec(Source(str(root))))


def test_it_counts_classes_and_lists_what_is_wrong(tmp_path: Path) -> None:
    folder(tmp_path, {"cats": 3, "dogs": 2})
    (tmp_path / "dogs" / "<b>.jpg").write_text("no image")
    report = scanned(tmp_path)
    assert (report.classes, report.images, report.shape) == ({"cats": 3, "dogs": 2}, 5, (6, 8, 3))
    data = json.loads(json.dumps(report.to_json()))
    assert data["unreadable"] == [{"path": "dogs/<b>.jpg", "why": "it is a text file, not an image"}]
    assert (data["images"], data["shape"], data["duplicates"]) == (5, [6, 8, 3], [])
    assert data["notes"] == ["Fewer than three images in dogs: all are for training, none to check on."]


def test_the_same_bytes_twice_are_exact_copies_and_the_same_pixels_in_other_bytes_are_near_ones(tmp_path: Path) -> None:
    folder(tmp_path, {"a": 3, "b": 3})
    shutil.copy(tmp_path / "a" / "000.png", tmp_path / "a" / "copy.png")
    shutil.copy(tmp_path / "a" / "001.png", tmp_path / "b" / "copy.png")
    save(tmp_path / "b" / "other.bmp", 3)
    found = {one.paths: one for one in scanned(tmp_path).duplicates}
    assert {paths: (one.kind, one.crosses_classes) for paths, one in found.items()} == {
        ("a/000.png", "a/copy.png"): ("exact", False),
        ("a/001.png", "b/copy.png"): ("exact", True),
        ("a/002.png", "b/other.bmp"): ("near", True),
    }


def test_a_duplicate_in_another_part_makes_the_check_too_kind(tmp_path: Path) -> None:
    folder(tmp_path, {"train/a": 2, "train/b": 2, "test/a": 1, "test/b": 1})
    shutil.copy(tmp_path / "train" / "a" / "000.png", tmp_path / "test" / "a" / "copy.png")
    shutil.copy(tmp_path / "train" / "b" / "000.png", tmp_path / "train" / "b" / "copy.png")
    folder(tmp_path / "val", {"a": 0})
    save(tmp_path / "val" / "a" / "x.png", 50)
    assert scanned(tmp_path).duplicates == (
        Duplicate(("test/a/copy.png", "train/a/000.png"), "exact", False, True),
        Duplicate(("train/b/000.png", "train/b/copy.png"), "exact", False, False),
    )


def test_images_that_only_look_alike_when_small_are_not_duplicates(tmp_path: Path) -> None:
    for number, level in enumerate((100, 200)):
        picture = tmp_path / "ab"[number] / "x.png"
        save(picture)
        Image.new("RGB", (8, 6), (level, level, level)).save(picture)
    shutil.copy(tmp_path / "a" / "x.png", tmp_path / "a" / "y.png")
    assert [one.paths for one in scanned(tmp_path).duplicates] == [("a/x.png", "a/y.png")]


def test_a_sample_can_be_scanned() -> None:
    report = scan(DatasetSpec(Source("sample:shapes?images=60")))
    assert (report.images, set(report.classes.values()), report.duplicates) == (60, {10}, ())


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="is empty"):
        scanned(tmp_path)
