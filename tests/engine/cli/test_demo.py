"""The main job with nothing given."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PIL import Image

from engine.cli import demo
from engine.cli.settings import with_settings
from engine.plan import Draft
from engine.project import sample_draft
from tests.engine.cli.conftest import Command


@pytest.fixture
def short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo of two epochs, in a working folder of its own."""
    monkeypatch.chdir(tmp_path)

    def draft() -> Draft:
        return with_settings(sample_draft(), ("recipe.epochs=2",))

    monkeypatch.setattr(demo, "sample_draft", draft)


def test_it_writes_everything_and_says_where(command: Command, short: None) -> None:
    said = command("demo")
    assert said.status == 0
    folder = Path("convoscope-demo")
    for line in said.out.splitlines():
        if line.startswith("  "):
            assert (folder / line.strip()).is_file()
    with (folder / "predictions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 269
    assert set(rows[0]) == {"image", "class", "predicted", "probability"}
    right = sum(one["class"] == one["predicted"] for one in rows)
    assert f"test accuracy {right / 269 * 100:.1f} %" in said.out
    assert len(json.loads((folder / "predictions.json").read_text("utf-8"))["predictions"]) == 269
    for name in ("learning-curves.png", "predictions.png", "maps/layer_002.png"):
        with Image.open(folder / name) as picture:
            assert picture.width > 1000
    page = (folder / "report.html").read_text("utf-8")
    assert "prefers-color-scheme: dark" in page
    assert "http" not in page.replace("http-equiv", "")


def test_it_writes_into_its_own_folder_again_and_never_into_others(command: Command, short: None) -> None:
    Path("convoscope-demo").mkdir()
    Path("convoscope-demo/mine.txt").write_text("mine", "utf-8")
    assert command("demo", "--seed", "1").status == 0
    assert Path("convoscope-demo-2/report.html").is_file()
    assert [one.name for one in Path("convoscope-demo").iterdir()] == ["mine.txt"]
    assert "did not make it" in command("demo", "--out", "convoscope-demo").refused()[0]
    assert command("demo", "--out", "convoscope-demo-2").status == 0
    found = command("runs", "convoscope-demo-2/digits", "--json").json["runs"]
    assert [one["run"] for one in found] == ["run-001", "run-002"]


def test_a_place_that_cannot_be_used_is_refused(command: Command, short: None) -> None:
    Path("file").write_text("x", "utf-8")
    command("demo", "--out", "file").refused()
    command("demo", "--out", "file/below").refused()
    command("demo", "--seed", "-1").refused()
    assert [one.name for one in Path().iterdir()] == ["file"]
