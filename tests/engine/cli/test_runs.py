"""The list of runs."""

from __future__ import annotations

from pathlib import Path

from tests.engine.cli.conftest import Command


def test_runs_have_the_fields_of_the_table(command: Command, work: Path) -> None:
    (found,) = command("runs", "p", "--json").json["runs"]
    assert (found["run"], found["state"], found["reason"], found["epochs"]) == ("run-001", "ended", "completed", 2)
    assert found["parameters"] > 0
    assert 0 <= found["validation_accuracy"] <= 1
    text = command("runs", "p").out
    assert "run-001" in text
    assert "2 of 2" in text


def test_a_project_without_runs_says_how_to_make_one(command: Command, images: Path, tmp_path: Path) -> None:
    command("new", tmp_path / "p", "--data", images)
    assert "main.py train p" in command("runs", tmp_path / "p").out
    assert command("runs", tmp_path / "p", "--json").json == {"runs": []}
    assert "Train first" in command("evaluate", tmp_path / "p").refused()[2]


def test_what_is_no_project_is_refused(command: Command, tmp_path: Path) -> None:
    assert "is not a project" in command("runs", tmp_path / "nothing").refused()[0]
