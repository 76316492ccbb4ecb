"""What a run says of images."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.engine.cli.conftest import Command


def test_files_and_folders_are_classified_in_order(command: Command, work: Path) -> None:
    found = command("predict", "p", "images/dark/03.png", "images/bright", "--top", "1", "--json").json
    assert [one["path"] for one in found["predictions"][:2]] == ["images/dark/03.png", "images/bright/00.png"]
    assert len(found["predictions"]) == 21
    assert all(len(one["top"]) == 1 for one in found["predictions"])
    assert found["unreadable"] == []


def test_probabilities_add_up_and_the_most_probable_comes_first(command: Command, work: Path) -> None:
    (found,) = command("predict", "p", "images/dark/03.png", "--json").json["predictions"]
    probabilities = [one["probability"] for one in found["top"]]
    assert sorted(one["class"] for one in found["top"]) == ["bright", "dark"]
    assert sum(probabilities) == pytest.approx(1.0, abs=1e-5)
    assert probabilities == sorted(probabilities, reverse=True)


def test_names_are_text(command: Command, work: Path) -> None:
    Image.new("RGB", (8, 8)).save("[red]x<b>.png")
    assert "[red]x<b>.png" in command("predict", "p", "[red]x<b>.png").out


def test_what_cannot_be_read_is_listed_and_the_rest_is_classified(command: Command, work: Path) -> None:
    Path("images/dark/text.jpg").write_text("hello\n" * 20, "utf-8")
    said = command("predict", "p", "images/dark", "--json")
    assert (len(said.json["predictions"]), len(said.json["unreadable"])) == (20, 1)
    assert "text.jpg" in said.err


def test_nothing_that_can_be_read_is_refused(command: Command, work: Path) -> None:
    Path("text.jpg").write_text("hello\n" * 20, "utf-8")
    Path("empty").mkdir()
    assert "it is a text file" in command("predict", "p", "text.jpg").refused()[0]
    assert "nope.png does not exist" in command("predict", "p", "nope.png").refused()[0]
    command("predict", "p", "empty").refused()
